import { join } from "node:path";
import { collectSources } from "@review/source";
import { folderWith } from "@review/testkit/folders";
import { describe, expect, it } from "vitest";
import { collected, repositoryWith } from "./folders.ts";

describe("outside any repository", () => {
  it("finds files of every source extension and no others", async () => {
    const names = ["a.cjs", "a.cts", "a.js", "a.jsx", "a.mjs", "a.mts", "a.ts", "a.tsx"];
    const others = ["a.mtsx", "a.json", "a.d.ts", "a.vue", "README.md"];
    const cwd = folderWith(Object.fromEntries([...names, ...others].map(name => [name, ""])));
    const sources = await collectSources({ kind: "paths", paths: ["."], cwd });
    expect(sources.files.map(({ file }) => file)).toEqual(names);
    expect(sources.root).toBe(cwd.replaceAll("\\", "/"));
  });

  it("obeys .gitignore files, deeper ones over outer ones, from the working directory down", async () => {
    const cwd = folderWith({
      ".gitignore": "\uFEFFbuild/\r\n*.gen.js\r\n/top.ts\r\nsrc/[[]id]/x.ts\r\n# a comment\r\n\\#odd.ts\r\n",
      "top.ts": "",
      "#odd.ts": "",
      "build/a.ts": "",
      "src/top.ts": "",
      "src/.gitignore": "!build/\n/only-here.ts\ndeep/*.ts\n\\!odd.ts\n",
      "src/!odd.ts": "",
      "src/build/kept.ts": "",
      "src/only-here.ts": "",
      "src/a/only-here.ts": "",
      "src/deep/x.ts": "",
      "src/a/deep/x.ts": "",
      "src/[id]/.gitignore": "y.ts\n",
      "src/[id]/x.ts": "",
      "src/[id]/y.ts": "",
      "src/[id]/z.ts": "",
    });
    const below = ["[id]/z.ts", "a/deep/x.ts", "a/only-here.ts", "build/kept.ts", "top.ts"];
    expect((await collected(cwd, ["."])).files).toEqual(below.map(file => `src/${file}`));
    expect((await collected(cwd, ["src"])).files).toEqual(below.map(file => `src/${file}`));
  });

  it("leaves out output folders where no .gitignore tells what is generated, and says so", async () => {
    const cwd = folderWith({
      "a.ts": "",
      "dist/a.js": "",
      "src/build/b.ts": "",
      "packages/p/package.json": "{}",
      "packages/p/build/c.js": "",
      "packages/p/node_modules/x/i.js": "",
    });
    expect(await collected(cwd, ["."])).toEqual({
      files: ["a.ts", "src/build/b.ts"],
      skipped: ["dist: output folder", "packages/p/build: output folder"],
    });
    expect((await collected(cwd, ["dist"])).files).toEqual(["dist/a.js"]);
    const governed = folderWith({ ".gitignore": "out\n", "dist/a.js": "", "out/b.js": "" });
    expect(await collected(governed, ["."])).toEqual({ files: ["dist/a.js"], skipped: [] });
  });
});

describe("what nobody maintains as code", () => {
  const INPUTS = {
    "src/fixtures/seed.ts": "",
    "src/__fixtures__/broken.js": "",
    "tools/fixtures_babel/broken.js": "",
    "test/a.test.js": "",
    "test/form/samples/a/main.js": "",
    "test/fixtures/nested/broken.js": "",
    "test/fixtures/nested/own.test.js": "",
    "e2e/fixtures/login.ts": "",
    "test/types/user.ts": "",
    "test/types/column.js": "",
    "test/types/column.test.ts": "",
    "src/query.test-d.ts": "",
    "tests/fixtures/page.ts": 'import { test } from "@playwright/test";\n',
  };

  it("is left out where tests keep what they work on, unless tests run it", async () => {
    const cwd = folderWith(INPUTS);
    expect(await collected(cwd, ["."])).toEqual({
      files: [
        "e2e/fixtures/login.ts",
        "src/fixtures/seed.ts",
        "test/a.test.js",
        "test/types/column.js",
        "test/types/column.test.ts",
        "tests/fixtures/page.ts",
      ],
      skipped: [
        "src/__fixtures__/broken.js: input of tests",
        "src/query.test-d.ts: test of types",
        "test/fixtures/nested/broken.js: input of tests",
        "test/fixtures/nested/own.test.js: input of tests",
        "test/form/samples/a/main.js: input of tests",
        "test/types/user.ts: test of types",
        "tools/fixtures_babel/broken.js: input of tests",
      ],
    });
    expect((await collected(cwd, ["test"])).files).toEqual([
      "test/a.test.js",
      "test/types/column.js",
      "test/types/column.test.ts",
    ]);
  });

  it("is analysed where a person names it, or the folder", async () => {
    const cwd = folderWith(INPUTS);
    const named = ["src/__fixtures__", "test/fixtures/nested/broken.js", "test/form/samples"];
    expect(await collected(cwd, named)).toEqual({
      files: ["src/__fixtures__/broken.js", "test/fixtures/nested/broken.js", "test/form/samples/a/main.js"],
      skipped: [],
    });
  });

  it("is left out where its name is that of a library with a version", async () => {
    const cwd = folderWith({
      "lib/jquery-1.11.0.js": "",
      "lib/d3-v5.9.js": "",
      "lib/step-2.js": "",
      "lib/es-2015.js": "",
    });
    expect(await collected(cwd, ["."])).toEqual({
      files: ["lib/es-2015.js", "lib/step-2.js"],
      skipped: ["lib/d3-v5.9.js: copy of a library", "lib/jquery-1.11.0.js: copy of a library"],
    });
  });
});

describe("what a person names", () => {
  const PROJECT = {
    ".gitignore": "ignored\n*.local.ts\n",
    "a.ts": "",
    "b.local.ts": "",
    "ignored/pkg/src/c.ts": "",
    "ignored/pkg/node_modules/y/i.js": "",
    "node_modules/x/index.js": "",
    "node_modules/x/lib/deep.js": "",
  };

  it("is analysed although git ignores it", async () => {
    const cwd = repositoryWith(PROJECT);
    expect((await collected(cwd, ["b.local.ts", "node_modules/x/index.js"])).files).toEqual([
      "b.local.ts",
      "node_modules/x/index.js",
    ]);
    expect((await collected(cwd, ["ignored/pkg"])).files).toEqual(["ignored/pkg/src/c.ts"]);
    expect((await collected(cwd, ["ignored"])).files).toEqual(["ignored/pkg/src/c.ts"]);
    expect((await collected(cwd, ["node_modules/x"])).files).toEqual([
      "node_modules/x/index.js",
      "node_modules/x/lib/deep.js",
    ]);
    expect((await collected(cwd, ["node_modules/x/lib/*.js"])).files).toEqual(["node_modules/x/lib/deep.js"]);
    expect((await collected(join(cwd, "ignored", "pkg"), ["."])).files).toEqual(["src/c.ts"]);
  });

  it("is analysed once where paths overlap, in code-unit order", async () => {
    const cwd = repositoryWith({ "b.ts": "", "Z.ts": "", "src/a.ts": "", "src/ä.ts": "", "src/z.ts": "" });
    const files = ["Z.ts", "b.ts", "src/a.ts", "src/z.ts", "src/ä.ts"];
    expect((await collected(cwd, ["src/z.ts", "src", ".", "./src/../b.ts", "**/*.ts"])).files).toEqual(files);
  });

  it("is skipped with a reason if it is no source", async () => {
    const cwd = repositoryWith({ "a.ts": "", "a.d.ts": "", "a.md": "" });
    expect(await collected(cwd, ["a.ts", "a.d.ts", "a.md"])).toEqual({
      files: ["a.ts"],
      skipped: ["a.d.ts: declaration file", "a.md: not TypeScript or JavaScript"],
    });
  });
});
