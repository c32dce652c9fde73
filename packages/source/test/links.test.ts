import { execFileSync } from "node:child_process";
import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { folderWith, writeFiles } from "@review/testkit/folders";
import { collected, git, repositoryWith } from "./folders.ts";

/** Creating links takes a privilege on Windows. */
const posix = process.platform !== "win32";

describe.skipIf(!posix).each([
  ["in a repository", repositoryWith],
  ["outside", folderWith],
])("symbolic links %s", (_where, make) => {
  it("that form a cycle end", async () => {
    const cwd = make({ "a/x.ts": "", "b/y.ts": "" });
    symlinkSync("../b", join(cwd, "a", "b"));
    symlinkSync("../a", join(cwd, "b", "a"));
    symlinkSync(".", join(cwd, "self.ts"));
    symlinkSync("loop.ts", join(cwd, "loop.ts"));
    expect(await collected(cwd, ["."])).toEqual({
      files: ["a/x.ts", "b/y.ts"],
      skipped: ["loop.ts: broken symbolic link"],
    });
    expect((await collected(cwd, ["a/b"])).files).toEqual(["a/b/y.ts"]);
  });

  it("to a file give that file once, under its own name", async () => {
    const cwd = make({ "z.ts": "", "kept.txt": "" });
    symlinkSync("z.ts", join(cwd, "a.ts"));
    symlinkSync("kept.txt", join(cwd, "link.ts"));
    expect((await collected(cwd, ["."])).files).toEqual(["link.ts", "z.ts"]);
    expect((await collected(cwd, ["a.ts"])).files).toEqual(["a.ts"]);
    expect((await collected(cwd, ["a.ts", "z.ts"])).files).toEqual(["z.ts"]);
  });

  it("out of the root are followed only when they are named", async () => {
    const outside = folderWith({ "secret.ts": "", "lib/l.ts": "" });
    const cwd = make({ "a.ts": "", "node_modules/x/i.js": "" });
    symlinkSync(join(outside, "secret.ts"), join(cwd, "out.ts"));
    symlinkSync(join(outside, "lib"), join(cwd, "lib"));
    symlinkSync("node_modules/x/i.js", join(cwd, "dependency.js"));
    expect(await collected(cwd, ["."])).toEqual({
      files: ["a.ts"],
      skipped: ["out.ts: symbolic link out of the root"],
    });
    expect((await collected(cwd, ["out.ts", "lib", "dependency.js"])).files).toEqual([
      "dependency.js",
      "lib/l.ts",
      "out.ts",
    ]);
  });

  it("to a folder do not double what the folder itself gives", async () => {
    const cwd = make({ "real/a.ts": "" });
    symlinkSync("real", join(cwd, "alias"));
    expect((await collected(cwd, ["real", "alias"])).files).toHaveLength(1);
  });
});

describe.skipIf(!posix)("what cannot be read", () => {
  it("is skipped: pipes, and links to nowhere", async () => {
    const cwd = folderWith({ "a.ts": "" });
    execFileSync("mkfifo", [join(cwd, "pipe.ts")]);
    symlinkSync("nowhere.ts", join(cwd, "broken.ts"));
    expect(await collected(cwd, [".", "pipe.ts"])).toEqual({
      files: ["a.ts"],
      skipped: ["broken.ts: broken symbolic link", "pipe.ts: not a regular file"],
    });
  });

  it.skipIf(process.getuid?.() === 0)("is skipped with the system's code: files and folders", async () => {
    const cwd = repositoryWith({ "a.ts": "", "locked.ts": "" });
    git(cwd, "rm", "--quiet", "--cached", "a.ts");
    writeFiles(cwd, { "ignored/x.ts": "", "ignored/locked/y.ts": "", ".gitignore": "ignored\n" });
    chmodSync(join(cwd, "locked.ts"), 0);
    chmodSync(join(cwd, "ignored", "locked"), 0);
    onTestFinished(() => chmodSync(join(cwd, "ignored", "locked"), 0o755));
    expect(await collected(cwd, [".", "ignored"])).toEqual({
      files: ["a.ts", "ignored/x.ts"],
      skipped: ["ignored/locked: unreadable (EACCES)", "locked.ts: unreadable (EACCES)"],
    });
  });
});
