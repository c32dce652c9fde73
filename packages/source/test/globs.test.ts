import { join } from "node:path";
import { globMatcher, SourceError } from "@review/source";
import { describe, expect, it } from "vitest";
import { collected, repositoryWith } from "./folders.ts";

const PROJECT = {
  ".gitignore": "out\n",
  ".hidden/h.ts": "",
  "a.ts": "",
  "a.test.ts": "",
  "out/o.ts": "",
  "app/[id]/page.tsx": "",
  "app/i/page.tsx": "",
  "packages/p/src/p.ts": "",
  "packages/q/src/q.js": "",
  "packages/q/other.ts": "",
  "docs/readme.md": "",
};

describe("a quoted glob", () => {
  it.each([
    ["*.ts", ["a.test.ts", "a.ts"]],
    ["**/*.js", ["packages/q/src/q.js"]],
    ["./packages/*/src", ["packages/p/src/p.ts", "packages/q/src/q.js"]],
    ["packages/{p,q}/**/*.ts", ["packages/p/src/p.ts", "packages/q/other.ts"]],
    ["out/*.ts", ["out/o.ts"]],
    [".hid*/*", [".hidden/h.ts"]],
    ["app/[id]/*.tsx", ["app/[id]/page.tsx"]],
    ["app/[hij]/*.tsx", ["app/i/page.tsx"]],
  ])("%s is expanded", async (glob, files) => {
    expect((await collected(repositoryWith(PROJECT), [glob])).files).toEqual(files);
  });

  it("may be absolute or lead upwards", async () => {
    const top = repositoryWith(PROJECT);
    const cwd = join(top, "packages", "p");
    expect((await collected(cwd, ["../q/*.ts"])).files).toEqual(["../q/other.ts"]);
    expect((await collected(cwd, [`${top}/packages/q/*.ts`])).files).toEqual(["../q/other.ts"]);
  });

  it("takes files away behind an exclamation mark", async () => {
    const cwd = repositoryWith(PROJECT);
    expect((await collected(cwd, ["*.ts", "!*.test.ts"])).files).toEqual(["a.ts"]);
    expect((await collected(cwd, ["!packages", "!app/**"])).files).toEqual([".hidden/h.ts", "a.test.ts", "a.ts"]);
  });

  it.each(["nothing/**/*.ts", "*.tsx", "docs/*", "docs", "missing.ts", "mis\nsing.ts", "**/node_modules/**"])(
    "or path that leads nowhere is an error of one line: %j",
    async argument => {
      const cwd = repositoryWith(PROJECT);
      const error: unknown = await collected(cwd, ["a.ts", argument]).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(SourceError);
      const { message } = error as SourceError;
      expect(message).toContain(argument.replace("\n", "?"));
      expect(message).toContain(cwd);
      expect(message).not.toContain("\n");
    },
  );
});

describe("the configuration's ignore globs", () => {
  it("leave files out silently, and named ones with a reason", async () => {
    const cwd = repositoryWith(PROJECT);
    const ignore = ["packages/q", "*.test.ts", ".hidden/", "./app/**"];
    expect(await collected(cwd, ["."], { ignore })).toEqual({ files: ["a.ts", "packages/p/src/p.ts"], skipped: [] });
    expect(await collected(cwd, ["a.test.ts"], { ignore })).toEqual({
      files: [],
      skipped: ["a.test.ts: ignored by the configuration"],
    });
  });

  it("are relative to the folder of the configuration", async () => {
    const top = repositoryWith(PROJECT);
    const cwd = join(top, "packages");
    const options = { ignore: ["packages/q/src"], ignoreBase: top };
    expect((await collected(cwd, ["."], options)).files).toEqual(["p/src/p.ts", "q/other.ts"]);
  });

  it("are named in the error when they leave nothing over", async () => {
    const failure = collected(repositoryWith(PROJECT), ["packages"], { ignore: ["packages"] });
    await expect(failure).rejects.toThrow(/configuration ignores/);
  });

  it("take files back, and the last match decides", () => {
    const matches = globMatcher(["src/**", "!src/keep/**", "src/keep/not.ts", "!(a|b).js"]);
    const paths = ["src/a.ts", "src/keep/a.ts", "src/keep/not.ts", "c.js", "a.js"];
    expect(paths.filter(matches)).toEqual(["src/a.ts", "src/keep/not.ts", "c.js"]);
  });
});
