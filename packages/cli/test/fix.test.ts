import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "@review/testkit/folders";
import { expect, it } from "vitest";
import { fixable, found, run, warning, withRules } from "./command.ts";

it("applies safe fixes and reports what is left", async () => {
  const cwd = folderWith({ "a.ts": fixable, "b.ts": warning });
  const result = await run(cwd, ["--fix", "-f", "json"]);
  expect(result.stderr).toBe("review: Applied 2 fixes.\n");
  expect(found(result)).toEqual(["b.ts:3 floating-promise"]);
  expect(readFileSync(join(cwd, "a.ts"), "utf8")).toBe("export const one = 1;\nexport const two = 2;\n");
  expect(readFileSync(join(cwd, "b.ts"), "utf8")).toBe(warning);
});

it("has nothing to do the second time", async () => {
  const cwd = folderWith({ "a.ts": fixable });
  await run(cwd, ["--fix"]);
  const before = statSync(join(cwd, "a.ts")).mtimeMs;
  expect((await run(cwd, ["--fix"])).stderr).toBe("review: Applied 0 fixes.\n");
  expect(statSync(join(cwd, "a.ts")).mtimeMs).toBe(before);
});

it.skipIf(process.platform === "win32")("keeps byte-order mark, line ends, mode and links", async () => {
  const cwd = folderWith({ "src/a.ts": "" });
  const path = join(cwd, "src/a.ts");
  writeFileSync(path, `\uFEFF${fixable.replaceAll("\n", "\r\n")}`);
  chmodSync(path, 0o775);
  symlinkSync(path, join(cwd, "link.ts"));
  await run(cwd, ["--fix", "link.ts"]);
  expect(readFileSync(path, "utf8")).toBe("\uFEFFexport const one = 1;\r\nexport const two = 2;\r\n");
  expect(lstatSync(join(cwd, "link.ts")).isSymbolicLink()).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o775);
});

/** A rule that finds a text and replaces it, safely or not. */
const replacing = (text: string, replacement: string, safety = "safe"): string => `pass => {
  const start = pass.file.text.indexOf(${JSON.stringify(text)});
  const at = { start, end: start + ${text.length} };
  const edits = [{ at, text: ${JSON.stringify(replacement)} }];
  if (start >= 0) pass.report(at, { message: "A test.", fixes: [{ title: "Replace", safety: "${safety}", edits }] });
  return {};
}`;

it("applies later what is in conflict with another fix at first", async () => {
  const cwd = folderWith({ "a.ts": "export const n = +0;\n" });
  const node = withRules(cwd, { "plus-sign": replacing("+0", "0"), "zero-literal": replacing("0", "7") });
  const result = await run(cwd, ["a.ts", "--fix", "-f", "json"], { node });
  expect(result).toMatchObject({ status: 0, stderr: "review: Applied 2 fixes.\n" });
  expect(readFileSync(join(cwd, "a.ts"), "utf8")).toBe("export const n = 7;\n");
});

it("leaves alone what is only suggested, and what would not compile", async () => {
  const cwd = folderWith({ "a.ts": "export const n: number = 0;\n", "b.ts": "export const m: number = 1;\n" });
  const node = withRules(cwd, {
    "suggested-only": replacing("= 0", "= 5", "suggested"),
    "breaks-types": replacing("= 1", '= "one"'),
  });
  const result = await run(cwd, ["a.ts", "b.ts", "--fix", "-f", "json"], { node });
  expect(result.stderr).toBe("review: Applied 0 fixes.\n");
  expect(found(result)).toEqual(["a.ts:1 suggested-only", "b.ts:1 breaks-types"]);
  expect(readFileSync(join(cwd, "a.ts"), "utf8")).toBe("export const n: number = 0;\n");
});

// Whoever runs as root may write everywhere.
it.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
  "says which file it could not write, and fixes the others",
  async () => {
    const cwd = folderWith({ "a.ts": fixable, "b.ts": fixable });
    chmodSync(join(cwd, "a.ts"), 0o444);
    const result = await run(cwd, ["--fix", "-f", "json"]);
    expect(result.stderr).toMatch(/^review: Applied 2 fixes\.\nreview: Left a\.ts as it is: EACCES[^\n]*\n$/);
    expect(found(result)).toEqual(["a.ts:1 unused-ignore", "a.ts:3 unused-ignore"]);
  },
);
