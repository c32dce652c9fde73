/** Comparisons that another comparison of the same value settles: after `score >= 80` was false, `score >= 95` is. */
import type { Expression, Node } from "@review/program/syntax";
import { keyOf } from "./condition-facts.ts";
import { FALSY, NULLISH, TRUTHY } from "./condition-values.ts";
import { constantTestsOf, excludesTest, negatedTest, type ConstantTest } from "./constant-tests.ts";
import type { Edge } from "./graph.ts";

/** What an expression can still be, and the tests that say so. */
export interface Settled {
  readonly node: Node;
  readonly values: number;
  readonly because: readonly Node[];
}

/** Keys for what a condition compares with a constant. */
export function comparedIn(condition: Node): readonly string[] {
  return constantTestsOf(condition as Expression).map(({ subject }) => `compared: ${keyOf(subject)}`);
}

/** The tests by which an edge cannot be taken. */
export function contradictionTo({ kind, node }: Edge, settled: readonly Settled[]): readonly Node[] | undefined {
  for (const written of node ? constantTestsOf(node as Expression) : []) {
    const test = kind === "true" ? written : negatedTest(written);
    for (const known of settled) {
      if (holdingIn(known, kind === "true").some(other => isContradiction(other, test))) return known.because;
    }
  }
  return undefined;
}

/**
 * What a known outcome says of its value. Of `x > 5` that is false, `x` may be NaN and be neither: that excludes what is
 * true, and says nothing of what is false.
 */
function holdingIn({ node, values }: Settled, isTrue: boolean): readonly ConstantTest[] {
  // What is known of `a !== b` is remembered as what is known of `a === b`.
  const tests = constantTestsOf(node as Expression).map(test => (test.relation === "≠" ? negatedTest(test) : test));
  if (values === TRUTHY) return tests;
  return isTrue && (values & (FALSY | NULLISH)) === values ? tests.map(negatedTest) : [];
}

function isContradiction(known: ConstantTest, test: ConstantTest): boolean {
  return keyOf(known.subject) === keyOf(test.subject) && excludesTest(known, test);
}
