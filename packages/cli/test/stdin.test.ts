import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { error, found, run, sound, warning } from "./command.ts";

const stdin = (name: string): readonly string[] => ["-f", "json", "--stdin", "--stdin-filename", name];

it("reviews standard input in place of a file on disk, with the types of its project", async () => {
  const cwd = folderWith({
    "src/a.ts": sound,
    "src/save.ts": "export declare function save(): Promise<void>;\n",
  });
  const input = 'import { save } from "./save.ts";\nexport function run(): void {\n  save();\n}\n';
  const result = await run(cwd, stdin("src/a.ts"), { input });
  expect(found(result)).toEqual(["src/a.ts:3 floating-promise"]);
});

it("reviews standard input under the name of a file that is not on disk", async () => {
  const cwd = folderWith({});
  expect(found(await run(cwd, stdin("new/b.ts"), { input: warning }))).toEqual(["new/b.ts:3 floating-promise"]);
});

it("takes a byte-order mark and Windows line ends as they come", async () => {
  const cwd = folderWith({});
  const input = `\uFEFF${error.replaceAll("\n", "\r\n")}`;
  const result = await run(cwd, stdin("a.ts"), { input });
  expect(result.status).toBe(1);
  expect(JSON.parse(result.stdout).findings).toMatchObject([
    { ruleId: "fresh-object-lookup", range: { start: { line: 2 }, end: { line: 2 } } },
  ]);
  const first = await run(cwd, stdin("a.ts"), { input: "\uFEFFexport default new Set<object>().has({});\n" });
  expect(JSON.parse(first.stdout).findings).toMatchObject([{ range: { start: { line: 1, column: 38 } } }]);
});

it("finds nothing in an empty text", async () => {
  const result = await run(folderWith({}), stdin("a.ts"));
  expect(result).toMatchObject({ status: 0, stderr: "" });
  expect(found(result)).toEqual([]);
});

it("refuses bytes that are no text, and says how to mend it", async () => {
  const result = await run(folderWith({}), stdin("a.ts"), { input: Buffer.from([0x61, 0xff, 0xfe]) });
  expect(result).toEqual({
    status: 2,
    stdout: "",
    stderr: "review: Standard input is not UTF-8: convert it, for example with iconv.\n",
  });
});
