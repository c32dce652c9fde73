import { sortFindings, uniqueFindings } from "@review/findings";
import fc from "fast-check";
import { expect, test } from "vitest";
import { draft } from "./drafts.ts";

const drafts = fc.array(
  fc
    .record({
      file: fc.constantFrom("a.ts", "B.ts", "é.ts"),
      start: fc.nat(3),
      length: fc.nat(2),
      ruleId: fc.constantFrom("array-delete", "default-sort"),
      message: fc.constantFrom("One.", "Two."),
    })
    .map(({ start, length, ...part }) => draft({ ...part, span: { start, end: start + length } })),
);

test("findings stand by file, start, end, rule and message", () => {
  const sorted = [
    draft({ file: "B.ts", span: { start: 9, end: 10 } }),
    draft({ file: "a.ts", span: { start: 2, end: 3 } }),
    draft({ file: "a.ts", span: { start: 10, end: 11 }, ruleId: "default-sort" }),
    draft({ file: "a.ts", span: { start: 10, end: 12 }, ruleId: "array-delete", message: "One." }),
    draft({ file: "a.ts", span: { start: 10, end: 12 }, ruleId: "array-delete", message: "Two." }),
    draft({ file: "a.ts", span: { start: 10, end: 12 }, ruleId: "default-sort" }),
  ];
  expect(sortFindings(sorted.toReversed())).toEqual(sorted);
});

test("the order they arrive in changes nothing", () => {
  fc.assert(
    fc.property(
      drafts.chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(sortFindings(shuffled)).toEqual(sortFindings(list));
        expect(uniqueFindings(shuffled)).toEqual(uniqueFindings(list));
      },
    ),
  );
});

test("of findings alike in rule, place and message one remains, and none is lost", () => {
  fc.assert(
    fc.property(drafts, list => {
      const keys = (findings: typeof list): string[] =>
        findings.map(({ file, span, ruleId, message }) => JSON.stringify([file, span, ruleId, message]));
      const unique = keys(uniqueFindings(list));
      expect(new Set(unique)).toEqual(new Set(keys(list)));
      expect(unique).toHaveLength(new Set(unique).size);
    }),
  );
});
