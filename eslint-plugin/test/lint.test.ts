import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Linter } from "eslint";
import review from "eslint-plugin-review";
import { describe, expect, test, vi } from "vitest";
import { eslintIn, floating, FLOATING, folderOf, patient, places, recommended } from "./folder.ts";

const typed = `export declare function work(): Promise<number>;\n`;
const caller = `import { work } from "./work";\nexport function start() {\n  work();\n}\n`;
const CALLED = "3:3 review/floating-promise";

describe("a file has typed findings", () => {
  test("in JavaScript under ESLint's own parser, without any configuration of types", async () => {
    const cwd = folderOf({ "a.js": floating, "b.cjs": `const fs = require("node:fs");\nfs.promises.readFile("x");\n` });
    const [a] = await eslintIn(cwd).lintFiles("a.js");
    expect(a?.messages[0]).toMatchObject({
      ruleId: "review/floating-promise",
      message: expect.stringContaining("`work`") as string,
      line: 5,
      column: 3,
      endLine: 5,
      endColumn: 7,
      severity: 1,
    });
  });

  test("in TypeScript under the parser of typescript-eslint, without parser options", async () => {
    const cwd = folderOf({ "tsconfig.json": "{}", "work.ts": typed, "a.ts": caller });
    expect(places(await eslintIn(cwd).lintFiles("a.ts"))).toEqual([CALLED]);
  });

  test("behind a byte-order mark and between Windows' line ends", async () => {
    const cwd = folderOf({ "a.js": `\uFEFF${floating.replaceAll("\n", "\r\n")}` });
    const [result] = await eslintIn(cwd).lintFiles("a.js");
    expect(places(result ? [result] : [])).toEqual([FLOATING]);
  });

  test("in the text that an editor holds, of a file that is saved otherwise or not at all", async () => {
    const cwd = folderOf({ "tsconfig.json": "{}", "work.ts": typed, "a.ts": "" });
    const linter = eslintIn(cwd);
    for (const filePath of ["a.ts", "new.ts", "a.ts"])
      expect(places(await linter.lintText(caller, { filePath: join(cwd, filePath) }))).toEqual([CALLED]);
    expect(places(await linter.lintText(`\n${caller}`, { filePath: join(cwd, "a.ts") }))).toEqual([
      "4:3 review/floating-promise",
    ]);
  });

  test("as far as its rules are enabled, however often the rules change", async () => {
    const cwd = folderOf({ "a.js": `${floating}// review-ignore floating-promise -- none here\nconst x = 1;\n` });
    const only = (rules: Linter.RulesRecord): Linter.Config[] => [patient, { plugins: { review }, rules }];
    const found = async (rules: Linter.RulesRecord): Promise<string[]> =>
      places(await eslintIn(cwd, only(rules)).lintFiles("a.js"));
    expect(await found({ "review/unused-ignore": "warn" })).toEqual([]);
    expect(await found({ "review/floating-promise": "error" })).toEqual([FLOATING]);
    expect(await found({ "review/floating-promise": "error", "review/unused-ignore": "warn" })).toEqual([
      FLOATING,
      "7:18 review/unused-ignore",
    ]);
  });
});

describe("nothing is said", () => {
  test("of texts without a name, of parts of other files, and of files that only contain scripts", async () => {
    const cwd = folderOf({ "a.md": "", "a.vue": "", "types.d.ts": "export declare function f(): Promise<void>;" });
    const blocks: Linter.Processor = {
      meta: { name: "blocks" },
      preprocess: text => [{ text, filename: "0.js" }],
      postprocess: messages => messages.flat(),
      supportsAutofix: true,
    };
    const linter = eslintIn(cwd, [...recommended, { files: ["**/*.md"], processor: blocks }, { files: ["**/*.vue"] }]);
    expect(places(await linter.lintText(floating))).toEqual([]);
    expect(places(await linter.lintText(floating, { filePath: "a.md" }))).toEqual([]);
    expect(places(await linter.lintText(floating, { filePath: "a.vue" }))).toEqual([]);
    expect(places(await linter.lintFiles("types.d.ts"))).toEqual([]);
  });

  test("of a text that cannot be parsed, beyond ESLint's own words", async () => {
    const cwd = folderOf({ "a.js": "const = ;" });
    expect(places(await eslintIn(cwd).lintFiles("a.js"))).toEqual(["1:7 Parsing error: Unexpected token ="]);
  });
});

describe("comments hide findings", () => {
  test("by our own word with a reason, and tell when they hide nothing", async () => {
    const cwd = folderOf({
      "a.js": [
        `import { work } from "./work.js"; export function start() {`,
        "// review-ignore floating-promise -- fire and forget",
        "work();",
        "// review-ignore floating-promise",
        "work();",
        "// review-ignore floating-promise -- nothing here",
        "void work(); }",
      ].join("\n"),
      "work.js": floating,
    });
    expect(places(await eslintIn(cwd).lintFiles("a.js"))).toEqual([
      "4:1 review/ignore-without-reason",
      "5:1 review/floating-promise",
      "6:18 review/unused-ignore",
    ]);
  });

  test("by ESLint's own word, which ESLint itself never calls unused then", async () => {
    const cwd = folderOf({
      "a.js": [
        `import { work } from "./work.js"; export function start() {`,
        "work(); // eslint-disable-line review/floating-promise",
        "void work(); // eslint-disable-line review/floating-promise",
        "}",
      ].join("\n"),
      "work.js": floating,
    });
    const [result] = await eslintIn(cwd).lintFiles("a.js");
    expect(result?.suppressedMessages.map(message => message.ruleId)).toEqual(["review/floating-promise"]);
    expect(result?.messages.map(({ line, message }) => `${String(line)} ${message.slice(0, 32)}`)).toEqual([
      "3 Unused eslint-disable directive ",
    ]);
  });
});

describe("repairs", () => {
  const ignored = `async function work() {}
// review-ignore floating-promise -- nothing here
void work();
`;

  test("that are safe are fixes", async () => {
    const cwd = folderOf({ "a.js": ignored });
    const [result] = await eslintIn(cwd, recommended, { fix: true }).lintFiles("a.js");
    expect(result?.output).toBe("async function work() {}\nvoid work();\n");
  });

  test("that are not are suggestions", async () => {
    const text = `export async function outer() {\n  inner();\n}\nasync function inner() {\n  throw new Error("no");\n}\n`;
    const [result] = await eslintIn(folderOf({ "a.js": text })).lintFiles("a.js");
    const [message] = result?.messages ?? [];
    expect(message?.fix).toBeUndefined();
    expect(message?.suggestions?.map(({ desc, fix }) => [desc, fix])).toEqual([
      ["Add `await`", { range: [34, 34], text: "await " }],
      ["Mark with `void`", { range: [34, 34], text: "void " }],
    ]);
  });
});

test("evidence follows the message where the settings ask for it", async () => {
  const cwd = folderOf({ "a.js": floating });
  const linter = eslintIn(cwd, [...recommended, { settings: { review: { evidence: true } } }]);
  const [result] = await linter.lintFiles("a.js");
  expect(result?.messages[0]?.message.split("\n")[1]).toBe("5:3: This is a `Promise<void>`.");
});

test("what the settings say of a function holds, as what the command's configuration says of it", async () => {
  const cwd = folderOf({
    "tsconfig.json": "{}",
    "a.ts": `import { label } from "wire";\nexport function start() {\n  label();\n}\n`,
    "node_modules/wire/package.json": `{ "name": "wire", "version": "1.0.0", "types": "index.d.ts" }`,
    "node_modules/wire/index.d.ts": "export declare function label(): string;",
  });
  const found = async (models: unknown): Promise<string[]> => {
    const settings = { review: { deadlineMs: 60_000, models } };
    return places(await eslintIn(cwd, [...recommended, { settings }]).lintFiles("a.ts"));
  };
  expect(await found(undefined)).toEqual([]);
  expect(await found([{ module: "wire", members: ["label"], facts: { pure: true, throws: "no" } }])).toEqual([
    "3:3 review/discarded-pure-result",
  ]);
  expect(await found([{ module: "wire" }, "label"])).toEqual([]);
});

test("a promise that a model lets go floats, and one whose model says nothing of it does not", async () => {
  const cwd = folderOf({
    "tsconfig.json": "{}",
    "a.ts": `import { send } from "wire";\nexport function start() {\n  send();\n}\n`,
    "node_modules/wire/package.json": `{ "name": "wire", "version": "1.0.0", "types": "index.d.ts" }`,
    "node_modules/wire/index.d.ts": "export declare function send(): Promise<void>;",
  });
  const found = async (facts: unknown): Promise<string[]> => {
    const settings = { review: { deadlineMs: 60_000, models: [{ module: "wire", members: ["send"], facts }] } };
    return places(await eslintIn(cwd, [...recommended, { settings }]).lintFiles("a.ts"));
  };
  expect(await found({ pure: false })).toEqual(["3:3 review/floating-promise"]);
  expect(await found({ mayFloat: true })).toEqual([]);
});

test("a file that was saved by somebody else changes the findings of those that import it", async () => {
  const cwd = folderOf({ "tsconfig.json": "{}", "work.ts": "export const work = () => 1;\n", "a.ts": caller });
  const linter = eslintIn(cwd);
  expect(places(await linter.lintFiles("a.ts"))).toEqual([]);
  writeFileSync(join(cwd, "work.ts"), typed);
  await vi.waitFor(async () => expect(places(await linter.lintFiles("a.ts"))).toEqual([CALLED]), {
    timeout: 10_000,
    interval: 100,
  });
});

test("ESLint's cache gives back what was found, also after a run that fixes", async () => {
  const cwd = folderOf({ "a.js": floating, "b.js": floating });
  const results = await eslintIn(cwd, recommended, {
    fix: true,
    cache: true,
    cacheLocation: join(cwd, ".cache"),
  }).lintFiles(".");
  expect(places(results)).toEqual([FLOATING, FLOATING]);
  expect(readFileSync(join(cwd, ".cache"), "utf8")).toContain("floating-promise");
  const again = await eslintIn(cwd, recommended, { cache: true, cacheLocation: join(cwd, ".cache") }).lintFiles(".");
  expect(places(again)).toEqual(places(results));
});
