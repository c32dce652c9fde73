import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, cacheFolders, fixesFor, keepFix, type VerifiedEdit } from "@review/cache";
import type { DraftFinding } from "@review/findings";
import { folderWith } from "@review/testkit/folders";
import { afterEach, expect, test, vi } from "vitest";

const imports = `import { save } from "./save";`;
const declaration = `function run() {\n  save();\n  save();\n}`;
const text = `${imports}\n\n${declaration}\n`;

/** The finding about the call of `save` at an offset. */
function findingAt(start: number, more: Partial<DraftFinding> = {}): DraftFinding {
  return {
    ruleId: "floating-promise",
    severity: "warning",
    category: "promises",
    message: "Nobody waits for `save`.",
    file: "src/a.ts",
    span: { start, end: start + "save()".length },
    evidence: [],
    fixes: [],
    repair: "Wait for it.",
    anchor: { scope: "run", code: "save()" },
    ...more,
  };
}

/** An edit in front of the finding, and one in the imports if there is a text for them. */
function editOf(finding: DraftFinding, put: string, imported = ""): VerifiedEdit {
  const at = (start: number, edit: string): VerifiedEdit["fix"]["edits"][number] => {
    return { file: finding.file, span: { start, end: start }, text: edit };
  };
  const edits = [...(imported ? [at(0, imported)] : []), at(finding.span.start, put)];
  return {
    finding,
    fix: {
      title: "Wait",
      safety: "suggested",
      origin: "model",
      edits,
      verified: { types: true, rules: true, tests: null },
    },
    declaration: { text: declaration, start: text.indexOf(declaration) },
    imports: { text: imports, start: 0 },
    explanation: "It may fail.",
    model: "m",
  };
}

const first = text.indexOf("save();");
const second = text.lastIndexOf("save();");
const insertions = (cache: string, finding: DraftFinding, now: string): readonly unknown[] =>
  fixesFor([cache], finding, now).map(({ fix }) => fix.edits.map(({ span, text: put }) => [span.start, put]));

afterEach(() => vi.unstubAllEnvs());

test("an edit is found again wherever its code stands, for that very finding", () => {
  const cache = join(folderWith(), "cache");
  keepFix(cache, editOf(findingAt(first), "await "));
  keepFix(cache, editOf(findingAt(second), "void "));
  expect(insertions(cache, findingAt(first), text)).toEqual([[[first, "await "]]]);
  expect(insertions(cache, findingAt(second, { file: "b.ts" }), text)).toEqual([[[second, "void "]]]);
  expect(insertions(cache, findingAt(first + 5), `// hi${text}`)).toEqual([[[first + 5, "await "]]]);
  expect(insertions(cache, findingAt(first, { message: "Another one." }), text)).toEqual([]);
});

test("an edit is not found where a letter of its declaration has changed, nor without the imports that it edits", () => {
  const cache = folderWith();
  keepFix(cache, editOf(findingAt(first), "await ", "// first\n"));
  expect(insertions(cache, findingAt(first), text)).toEqual([
    [
      [0, "// first\n"],
      [first, "await "],
    ],
  ]);
  expect(insertions(cache, findingAt(first), text.replace("save();\n}", "done();\n}"))).toEqual([]);
  expect(insertions(cache, findingAt(first), text.replace("./save", "./sale"))).toEqual([]);
});

test("the edit that was verified last takes the place of the one before", () => {
  const cache = folderWith();
  keepFix(cache, editOf(findingAt(first), "void "));
  keepFix(cache, editOf(findingAt(first), "await "));
  expect(insertions(cache, findingAt(first), text)).toEqual([[[first, "await "]]]);
});

test("an edit beyond what the model saw is not kept", () => {
  const cache = folderWith();
  const edit = editOf(findingAt(first), "await ");
  keepFix(cache, { ...edit, declaration: { text: declaration.slice(0, 4), start: first } });
  keepFix(cache, { ...edit, fix: { ...edit.fix, edits: edit.fix.edits.map(one => ({ ...one, file: "other.ts" })) } });
  expect(readdirSync(cache)).toEqual([]);
});

test.each([
  "",
  "{}",
  "[1]",
  '[{"title":1}]',
  JSON.stringify([
    {
      title: "t",
      explanation: "",
      model: "",
      declaration: "",
      imports: "",
      at: 0,
      edits: [{ of: "declaration", start: 0, end: 9, text: "" }],
    },
  ]),
])("whatever else stands in the cache is no edit: %s", stored => {
  const cache = folderWith();
  keepFix(cache, editOf(findingAt(first), "await "));
  const [name] = readdirSync(join(cache, "fixes"));
  writeFileSync(join(cache, "fixes", name!), stored);
  expect(insertions(cache, findingAt(first), text)).toEqual([]);
});

test("a cache that cannot be written costs nothing but the edit", () => {
  const folder = folderWith({ file: "" });
  keepFix(join(folder, "file"), editOf(findingAt(first), "await "));
  expect(insertions(join(folder, "file"), findingAt(first), text)).toEqual([]);
});

test("the shelf is bounded: the oldest go first", () => {
  const cache = folderWith();
  mkdirSync(join(cache, "fixes"));
  for (let index = 0; index < 5_000; index++) writeFileSync(join(cache, "fixes", `${index}.json`), "");
  utimesSync(join(cache, "fixes", "7.json"), 1, 1);
  keepFix(cache, editOf(findingAt(first), "await "));
  const names = readdirSync(join(cache, "fixes"));
  expect([names.length, names.includes("7.json")]).toEqual([4_001, false]);
  expect(insertions(cache, findingAt(first), text)).toHaveLength(1);
});

test("a reader knows the caches of everyone who may have written, the nearest first", () => {
  vi.stubEnv("REVIEW_CACHE_DIR", "");
  const folder = folderWith({ ".git/HEAD": "", "node_modules/a/b.js": "", "packages/one/node_modules/a/b.js": "" });
  const [nearest, outer, ...rest] = cacheFolders(join(folder, "packages/one/src"));
  expect([nearest, outer]).toEqual([
    join(folder, "packages/one/node_modules/.cache/review"),
    join(folder, "node_modules/.cache/review"),
  ]);
  expect(rest).toHaveLength(1);
  expect(cacheFolder(folder)).toBe(outer);
  vi.stubEnv("REVIEW_CACHE_DIR", "here");
  expect(cacheFolders(folder)).toEqual([join(folder, "here")]);
});
