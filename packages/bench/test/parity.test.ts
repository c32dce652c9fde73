import { describe, expect, it } from "vitest";
import {
  classify,
  goText,
  hashOf,
  markdownTable,
  readBiome,
  readGoTests,
  readRuleTester,
  runCases,
  type Case,
} from "@review/bench";
import { folderWith } from "@review/testkit/folders";

const TSCONFIG = JSON.stringify({ compilerOptions: { strict: true, target: "es2022", types: [] } });

const RULE_TESTER = `
const tester = createRuleTesterWithTypes();
const loop = (name: string) => \`for (const place in \${name}) show(place);\`;
tester.run("no-for-in-array", rule, {
  valid: [{ code: loop("{ a: 1 }"), options: [{ strict: true }] }, computed()],
  invalid: [{ code: noFormat\`for (const place in [1, 2]) show(place);\`, errors: [{ messageId: "forIn" }] }],
});
`;

const GO = `
rule_tester.RunRuleTester(fixtures.GetRootDir(), "tsconfig.json", t, &Rule, []rule_tester.ValidTestCase{
  {Code: "for (const key in {}) show(key);"}, // an object, no array
}, []rule_tester.InvalidTestCase{
  {
    Code: \`for (const place in [1]) show(\` + "\`" + \`\${place}\` + "\`" + \`);\`,
    Errors: []rule_tester.InvalidTestCaseError{{MessageId: "forIn", Line: 1}},
  },
})
`;

// cspell:ignore analyze
const SPEC = "crates/biome_js_analyze/tests/specs/correctness/useIsNan";

function forInCheckout(): string {
  return folderWith({
    "packages/eslint-plugin/tests/fixtures/tsconfig.json": TSCONFIG,
    "packages/eslint-plugin/tests/rules/no-for-in-array.test.ts": RULE_TESTER,
  });
}

function biomeCheckout(): string {
  const frame = "  × Use isNaN.\n\n  > 2 │ export const odd = size === NaN;\n      │ ^^^\n";
  return folderWith({
    [`${SPEC}/invalid.js`]: "const size = 1;\nexport const odd = size === NaN;\n",
    [`${SPEC}/invalid.js.snap`]: `# Input\n\`\`\`js\n\`\`\`\n# Diagnostics\n\`\`\`\ninvalid.js:2:20 lint/correctness/useIsNan ━━\n\n${frame}\`\`\`\n`,
    [`${SPEC}/valid.js`]: "export const none = 1;\nexport const other = Number.isNaN(none);\n",
    [`${SPEC}/valid.js.snap`]: "# Input\n```js\n```\n",
    [`${SPEC}/invalid.jsonc`]: '[\n  "NaN === 2", // on the left\n]\n',
  });
}

describe("readRuleTester", () => {
  it("reads what is written down, and counts what is computed in other ways", () => {
    const { cases, unread } = readRuleTester(forInCheckout(), ["no-for-in-array"]);
    expect(cases.map(({ kind, code, options, messages }) => [kind, code, options, messages])).toEqual([
      ["valid", "for (const place in { a: 1 }) show(place);", '[{"strict":true}]', []],
      ["invalid", "for (const place in [1, 2]) show(place);", "", ["forIn"]],
    ]);
    expect(unread).toBe(1);
  });
});

describe("readGoTests", () => {
  it("reads the lists of a test file in Go", () => {
    const root = folderWith({ "internal/rules/no_for_in_array/no_for_in_array_test.go": GO });
    const { cases } = readGoTests(root, ["no-for-in-array"]);
    expect(cases.map(({ kind, code, messages }) => [kind, code, messages])).toEqual([
      ["valid", "for (const key in {}) show(key);", []],
      ["invalid", "for (const place in [1]) show(`${place}`);", ["forIn"]],
    ]);
  });

  it("reads a text only where nothing but text is in it", () => {
    expect(goText('`a` + "\\n" + `b`')).toBe("a\nb");
    expect(goText("`a` + name")).toBeUndefined();
  });
});

describe("readBiome", () => {
  it("takes diagnostics for invalid cases and quiet statements for valid ones", () => {
    const { cases } = readBiome(biomeCheckout(), ["correctness/useIsNan"]);
    expect(cases.map(({ kind, code, lines }) => [kind, code, lines])).toEqual([
      ["invalid", "export const odd = size === NaN;", [2, 2]],
      ["invalid", "NaN === 2", undefined],
      ["valid", "export const none = 1;", [1, 1]],
      ["valid", "export const other = Number.isNaN(none);", [2, 2]],
    ]);
  });
});

describe("a run", () => {
  it("finds the invalid cases with our rules and leaves the valid ones alone", async () => {
    const suites = [
      readRuleTester(forInCheckout(), ["no-for-in-array"]),
      readBiome(biomeCheckout(), ["correctness/useIsNan"]),
    ];
    const { hits } = await runCases(
      suites.flatMap(({ projects }) => projects),
      ["for-in-array", "nan-comparison"],
    );
    const verdicts = classify(
      suites.flatMap(({ cases }) => cases),
      hits,
      [],
    );
    expect(verdicts.map(verdict => verdict.class)).toEqual(verdicts.map(() => "agreed"));
    expect(markdownTable(verdicts)).toContain(
      "| `nan-comparison` | `useIsNan` | biome | 2 | 2 | 0 | 0 | 0 | 100.0 | 2 | 0 |",
    );
  });
});

describe("classify", () => {
  const missed: Case = {
    suite: "tsgolint",
    rule: "no-for-in-array",
    kind: "invalid",
    project: "p",
    path: "a.ts",
    code: "for (const at in  list) show(at);",
    options: "",
    messages: ["forIn"],
    origin: "a_test.go:1",
  };
  const policy = { rule: "no-for-in-array", kind: "invalid", class: "policy", reason: "A reason." } as const;

  it("takes a difference without a reason for a gap", () => {
    expect(classify([missed], new Map(), []).map(verdict => verdict.class)).toEqual(["our gap"]);
  });

  it("knows a case by its text, however it is indented", () => {
    const cases = [hashOf("for (const at in list)   show(at);")];
    const [verdict] = classify([missed], new Map(), [{ ...policy, cases }]);
    expect(verdict).toMatchObject({ class: "policy", reason: "A reason." });
  });

  it("needs all that a reason names to hold", () => {
    const [verdict] = classify([missed], new Map(), [{ ...policy, message: "forIn", code: "^while" }]);
    expect(verdict?.class).toBe("our gap");
  });
});
