/** Pairs of code with a bug and without it. */
import type { Finding } from "@review/review";
import { falseFinding, mutationPairs, rulesWithInverse, spread, twinsAmong } from "@review/review/eval";
import { expect, it } from "vitest";

const all = new Set(rulesWithInverse());

it.each([
  ["floating-promise", "  await save(name);\n", "  save(name);\n"],
  ["return-without-await-in-try", "try {\n  return await load();\n", "try {\n  return load();\n"],
  ["index-as-boolean", "if (tags.includes(tag)) go();", "if (tags.indexOf(tag)) go();"],
  ["nan-comparison", "const bad = Number.isNaN(size);", "const bad = size === NaN;"],
  ["off-by-one-index", "for (let i = 0; i < all.length; i++)", "for (let i = 0; i <= all.length; i++)"],
  ["negated-left-operand", "if (!(key in table)) go();", "if (!key in table) go();"],
  ["error-not-thrown", '  throw new RangeError("limit");\n', '  new RangeError("limit");\n'],
  ["value-object-equality", "a.getTime() === b.getTime()", "a === b"],
  ["lost-cause", 'new Error("x", { cause: error })', 'new Error("x")'],
  ["loop-direction", "for (let i = 0; i < 9; i++) go();", "for (let i = 0; i < 9; i--) go();"],
])("breaks code as %s has it", (ruleId, clean, bug) => {
  expect(mutationPairs(new Map([["a.ts", clean]]), new Set([ruleId]))).toEqual([{ file: "a.ts", clean, bug, ruleId }]);
});

it("breaks each file once, and takes turns", () => {
  const text = "  await save(name);\n  if (tags.includes(tag)) go();\n";
  const some = new Set(["floating-promise", "index-as-boolean", "in-on-array"]);
  const pairs = mutationPairs(new Map(["a", "b", "c", "d"].map(name => [name, text])), some);
  expect(pairs.map(({ ruleId }) => ruleId)).toEqual([
    ...["in-on-array", "index-as-boolean", "floating-promise", "in-on-array"],
  ]);
});

it("leaves comments and tests alone", () => {
  expect(mutationPairs(new Map([["a.ts", "// if (tags.includes(tag)) go();\n"]]), all)).toEqual([]);
  expect(mutationPairs(new Map([["a.test.ts", "if (tags.includes(tag)) go();\n"]]), all)).toEqual([]);
});

it("breaks JavaScript alone where the compiler would say it of TypeScript", () => {
  const texts = new Map(["a.ts", "a.js"].map(file => [file, 'export const kind = Symbol("kind");\n']));
  expect(mutationPairs(texts, new Set(["not-constructable"])).map(({ file }) => file)).toEqual(["a.js"]);
});

it("is not lost in long blocks", { timeout: 30_000 }, () => {
  const lines = "      const part = (await one.next(first, second)) + part;\n".repeat(200);
  const heads = ["for (const one of all) {", "try {", "if (!one) {", "switch (one) {", "const of = one.indexOf('=');"];
  const text = heads.map(head => `  ${head}\n${lines}  }\n`).join("");
  expect(mutationPairs(new Map(["a.ts", "a.js"].map(file => [file, text])), all)).toHaveLength(2);
  const minified = "const a=/\\d\\.\\d/;if(!b)return;".repeat(500);
  expect(mutationPairs(new Map([["a.js", minified]]), all)).toEqual([]);
});

it("finds twins, and keeps to itself what they expect", () => {
  const texts = new Map([
    ["a.ts", 'save(); // want floating-promise "lost"\n'],
    ["a.repaired.ts", "await save();\n"],
    ["a.fixed.ts", "void save();\n"],
    ["b.tsx", "one();\n"],
    ["b.fixed.tsx", "two();\n"],
    ["quiet.ts", "three();\n"],
  ]);
  expect(twinsAmong(texts)).toEqual([
    { file: "a.ts", bug: "save();\n", clean: "await save();\n" },
    { file: "b.tsx", bug: "one();\n", clean: "two();\n" },
  ]);
});

it("finds the place of a finding in the right code", () => {
  const pair = { file: "a.ts", bug: "first; save(); last;", clean: "first; await save(); last;" };
  const finding = { fingerprint: "0".repeat(64), span: { start: 7, end: 13 }, file: "a.ts" } as Finding;
  const { span, fingerprint } = falseFinding(finding, pair);
  expect(pair.clean.slice(span.start, span.end)).toContain("save()");
  expect(fingerprint).not.toBe(finding.fingerprint);
  const last = falseFinding({ ...finding, span: { start: 15, end: 19 } }, pair).span;
  expect(pair.clean.slice(last.start, last.end)).toBe("last");
});

it("takes so many of all rules alike", () => {
  const findings = ["a", "a", "a", "a", "b", "b", "c"].map(
    (ruleId, index) => ({ ruleId, fingerprint: String(index) }) as Finding,
  );
  expect(spread(findings, 4).map(({ ruleId }) => ruleId)).toEqual(["a", "a", "b", "c"]);
  expect(spread(findings, undefined)).toBe(findings);
});
