import { chmodSync, existsSync, rmSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { collectSources } from "@review/source";
import { folderWith, writeFiles } from "@review/testkit/folders";
import { afterEach, describe, expect, it, vi } from "vitest";
import { collected, git, repositoryWith } from "./folders.ts";

afterEach(() => void vi.unstubAllEnvs());

const PROJECT = {
  ".gitignore": "ignored/\n*.local.ts\nout/*\n!out/kept.ts\n",
  "a.ts": "",
  "b.local.ts": "",
  "ignored/c.ts": "",
  "out/d.ts": "",
  "out/kept.ts": "",
  "packages/p/.gitignore": "*.js\n!main.js\n",
  "packages/p/lib.js": "",
  "packages/p/main.js": "",
  "packages/p/src/ñandú file.tsx": "",
  "node_modules/x/index.js": "",
  "types.d.ts": "",
};
const SEEN = ["a.ts", "out/kept.ts", "packages/p/main.js", "packages/p/src/ñandú file.tsx"];

describe("in a repository", () => {
  it("finds what git does not ignore, nested rules and exceptions included", async () => {
    const cwd = repositoryWith(PROJECT);
    expect(await collected(cwd, ["."])).toEqual({ files: SEEN, skipped: [] });
    expect(await collected(cwd, [])).toEqual({ files: SEEN, skipped: [] });
  });

  it("finds untracked files, and tracked ones that an ignore rule names", async () => {
    const cwd = repositoryWith(PROJECT);
    writeFiles(cwd, { "new.mts": "" });
    git(cwd, "add", "--force", "b.local.ts");
    expect((await collected(cwd, ["."])).files).toEqual([...SEEN, "b.local.ts", "new.mts"].sort());
  });

  it("never enters node_modules, tracked or not, and leaves out declaration files", async () => {
    const cwd = repositoryWith({ "a.ts": "", "b.d.mts": "", "style.d.css.ts": "", "p/node_modules/x/i.js": "" });
    expect((await collected(cwd, ["."])).files).toEqual(["a.ts"]);
  });

  it("passes over a tracked file that was deleted", async () => {
    const cwd = repositoryWith({ "a.ts": "", "gone.ts": "" });
    rmSync(join(cwd, "gone.ts"));
    expect(await collected(cwd, ["."])).toEqual({ files: ["a.ts"], skipped: [] });
  });

  it("names a file in conflict once", async () => {
    const cwd = repositoryWith({ "a.ts": "one\n" });
    git(cwd, "commit", "--quiet", "--message", "one");
    git(cwd, "checkout", "--quiet", "-b", "other");
    writeFiles(cwd, { "a.ts": "two\n" });
    git(cwd, "commit", "--quiet", "--all", "--message", "two");
    git(cwd, "checkout", "--quiet", "-");
    writeFiles(cwd, { "a.ts": "three\n" });
    git(cwd, "commit", "--quiet", "--all", "--message", "three");
    expect(() => git(cwd, "merge", "other")).toThrow();
    expect((await collected(cwd, ["."])).files).toEqual(["a.ts"]);
  });

  it("tells files relative to the working directory and the repository as the root", async () => {
    const top = repositoryWith(PROJECT);
    const cwd = join(top, "packages", "p");
    const sources = await collectSources({ kind: "paths", paths: [".", "../../a.ts"], cwd });
    expect(sources.files.map(({ file }) => file)).toEqual(["../../a.ts", "main.js", "src/ñandú file.tsx"]);
    expect(sources.root).toBe(top.replaceAll("\\", "/"));
    expect(sources.files[1]?.path).toBe(`${sources.root}/packages/p/main.js`);
  });

  it("names submodules and nested repositories instead of entering them, and enters one that is named", async () => {
    const library = repositoryWith({ "lib.ts": "" });
    git(library, "commit", "--quiet", "--message", "lib");
    const cwd = repositoryWith({ "a.ts": "" });
    git(cwd, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library, "sub");
    git(cwd, "clone", "--quiet", library, "nested");
    expect(await collected(cwd, ["."])).toEqual({
      files: ["a.ts"],
      skipped: ["nested: nested repository", "sub: submodule"],
    });
    expect((await collected(cwd, ["sub", "nested"])).files).toEqual(["nested/lib.ts", "sub/lib.ts"]);
  });

  it("reads the .gitignore files itself when git is not installed", async () => {
    const cwd = repositoryWith(PROJECT);
    vi.stubEnv("PATH", "");
    expect(await collected(cwd, ["."])).toEqual({ files: SEEN, skipped: [] });
    expect((await collected(join(cwd, "packages"), ["p"])).files).toEqual(["p/main.js", "p/src/ñandú file.tsx"]);
  });

  it("reads the .gitignore files itself when git does not take the folder for a repository", async () => {
    const cwd = folderWith({ ...PROJECT, ".git": "nonsense" });
    expect(await collected(cwd, ["."])).toEqual({ files: SEEN, skipped: [] });
  });

  it("is not led astray by the variables that git sets for a hook", async () => {
    const cwd = repositoryWith(PROJECT);
    git(cwd, "add", "--force", "b.local.ts");
    const other = repositoryWith({ "other.ts": "" });
    vi.stubEnv("GIT_DIR", join(other, ".git"));
    vi.stubEnv("GIT_INDEX_FILE", join(other, ".git", "index"));
    expect((await collected(cwd, ["."])).files).toContain("b.local.ts");
  });

  it.skipIf(process.platform === "win32")("runs no program that the repository names", async () => {
    const cwd = repositoryWith(PROJECT);
    writeFiles(cwd, { "run.sh": `#!/bin/sh\ntouch "${cwd}/ran"\n`, "bin/git": `#!/bin/sh\ntouch "${cwd}/ran"\n` });
    chmodSync(join(cwd, "run.sh"), 0o755);
    chmodSync(join(cwd, "bin", "git"), 0o755);
    git(cwd, "config", "core.fsmonitor", `"${cwd}/run.sh"`);
    vi.stubEnv("PATH", `${relative(process.cwd(), join(cwd, "bin"))}${delimiter}${process.env["PATH"] ?? ""}`);
    expect((await collected(cwd, ["."])).files).toEqual(SEEN);
    expect(existsSync(join(cwd, "ran"))).toBe(false);
  });
});
