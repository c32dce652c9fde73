import { join } from "node:path";
import { collectSources, type SourceOptions, type Sources } from "@review/source";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { repositoryWith } from "./folders.ts";

function fromStdin(cwd: string, fileName: string, text: string, options?: SourceOptions): Promise<Sources> {
  return collectSources({ kind: "stdin", fileName, text, cwd }, options);
}

it("takes the given text under the given name, whatever is on disk", async () => {
  const top = repositoryWith({ "src/a.ts": "saved", ".gitignore": "new.ts\n" });
  const cwd = join(top, "src");
  const root = top.replaceAll("\\", "/");
  const unsaved = { file: "a.ts", path: `${root}/src/a.ts`, text: "unsaved\r\n", bom: true };
  expect(await fromStdin(cwd, "a.ts", "\uFEFFunsaved\r\n")).toEqual({ root, files: [unsaved], skipped: [] });
  expect((await fromStdin(cwd, "new.ts", "// @generated\n")).files[0]?.text).toBe("// @generated\n");
  expect((await fromStdin(cwd, join(top, "b.ts"), "")).files[0]?.file).toBe("../b.ts");
});

it("skips a text that is no source", async () => {
  const cwd = folderWith({});
  const skipped = async (name: string, text: string, options?: SourceOptions): Promise<unknown> =>
    (await fromStdin(cwd, name, text, options)).skipped;
  expect(await skipped("a.md", "")).toEqual([{ file: "a.md", reason: "not TypeScript or JavaScript" }]);
  expect(await skipped("a.d.ts", "")).toEqual([{ file: "a.d.ts", reason: "declaration file" }]);
  expect(await skipped("a.ts", "ä".repeat(600_000))).toEqual([{ file: "a.ts", reason: "over 1 MB" }]);
  expect(await skipped("a.ts", "", { ignore: ["a.ts"] })).toEqual([
    { file: "a.ts", reason: "ignored by the configuration" },
  ]);
});
