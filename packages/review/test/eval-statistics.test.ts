/** The statistics of comparing models, against values that are known. */
// Each letter is an outcome. cspell:disable
import { distanceRatio, summarise, type EvalRun } from "@review/review/eval";
import { expect, it } from "vitest";

function runOf(model: string, repeat: number, outcomes: string): EvalRun {
  const names: Readonly<Record<string, string>> = {
    v: "verified",
    r: "rejected",
    a: "advice",
    n: "abstained",
    t: "timeout",
  };
  return {
    model,
    repeat,
    cases: outcomes.split("").map((letter, index) => ({
      fingerprint: `f${index}`,
      ruleId: index % 2 === 0 ? "even" : "odd",
      file: "a.ts",
      kind: "bug",
      restored: letter === "v" ? index === 0 : null,
      distance: letter === "v" ? (index === 0 ? 0 : 0.5) : null,
      tests: null,
      reproduced: null,
      outcome: names[letter]!,
      rejectedBy: letter === "r" ? "types" : null,
      unknownNames: letter === "a" ? 1 : 0,
      ms: 100 * (index + 1),
    })),
    usage: { requests: 4, inputTokens: 800, outputTokens: 200, costUsd: 0.5, unreported: 0 },
    spent: { requests: 6, inputTokens: 1_000, outputTokens: 300, costUsd: 0.75, unreported: 0 },
  };
}

it("counts what came of every question, and what a repaired finding costs", () => {
  const { scores, comparisons } = summarise([
    runOf("one", 1, "vvrn"),
    runOf("one", 2, "vrvt"),
    runOf("two", 1, "raaa"),
  ]);
  expect(scores[0]).toMatchObject({
    model: "one",
    findings: 4,
    verifiedAt1: 0.5,
    verifiedAtK: 0.75,
    outcomes: { abstained: 1, rejected: 2, timeout: 1, verified: 4 },
    rejections: { types: 2 },
    tokensPerVerified: 500,
    usdPerVerified: 0.25,
    spent: { requests: 12, inputTokens: 2_000, outputTokens: 600, costUsd: 1.5 },
    // Two of "vvrn" and two of "vrvt" stood, and one of each was stopped by types.
    proposed: 6,
    ladder: { S0: 6, S1: 6, S2: 6, S3: 4, S4: 4, S5: 4, S6: 4, S7: 4, S8: null, S9: 2 },
    distance: 0.25,
    byRule: [
      { ruleId: "even", findings: 2, verified: 1 },
      { ruleId: "odd", findings: 2, verified: 1 },
    ],
  });
  expect(scores[1]).toMatchObject({ verifiedAt1: 0, tokensPerVerified: null, answersWithUnknownNames: 3 });
  expect(comparisons).toEqual([{ models: ["one", "two"], onlyFirst: 2, onlySecond: 0, p: 0.5 }]);
});

it("measures how near to the right code a fix ends, by its tokens", () => {
  const bug = "function f() { save(); return 1; }";
  const right = "function f() { await save(); return 1; }";
  expect(distanceRatio(right, right, bug)).toBe(0);
  expect(distanceRatio(right.replace("await ", "await  "), right, bug)).toBe(0);
  expect(distanceRatio(bug, right, bug)).toBe(1);
  expect(distanceRatio(right.replace("return 1", "return await 1"), right, bug)).toBe(1);
  expect(distanceRatio("function f() { void 0; await save(); return 1; }", right, bug)).toBe(3);
  expect(distanceRatio(right, right, right)).toBeUndefined();
  expect(distanceRatio("a ".repeat(9_000), right, bug)).toBeUndefined();
});

it("gives intervals by Wilson's formula", () => {
  // 8 of 10: 0.4902 to 0.9433, as tables have it.
  const { scores } = summarise([runOf("one", 1, "vvvvvvvvrr")]);
  expect(scores[0]!.interval[0]).toBeCloseTo(0.4902, 3);
  expect(scores[0]!.interval[1]).toBeCloseTo(0.9433, 3);
});

it("tells chance from difference by the exact test", () => {
  const p = (first: string, second: string): number =>
    summarise([runOf("one", 1, first), runOf("two", 1, second)]).comparisons[0]!.p;
  expect(p("vvvv", "vvvv")).toBe(1);
  // 9 against 1: 2 · (1 + 10) / 1024.
  expect(p("vvvvvvvvvr", "rrrrrrrrrv")).toBeCloseTo(0.0215, 4);
  expect(p("v".repeat(2_000), "r".repeat(2_000))).toBeLessThan(1e-6);
});
