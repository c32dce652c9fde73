/**
 * How much is left to chance: `REVIEW_TEST_RUNS=10` makes random tests ten times as long as usual, and `REVIEW_TEST_SEED` names the
 * seed that a failure told of.
 */
const factor = Number(process.env["REVIEW_TEST_RUNS"] ?? 1);
const seed = process.env["REVIEW_TEST_SEED"];

/** For `fc.assert`. */
export function runs(usual: number): { readonly numRuns: number; readonly seed?: number } {
  return { numRuns: Math.ceil(usual * factor), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}

/** The seed of a test that has one of its own. */
export function seedOr(usual: number): number {
  return Number(seed ?? usual);
}

/** For as long as the runs take. */
export function timeFor(usualMs: number): { readonly timeout: number } {
  return { timeout: usualMs * Math.max(1, factor) };
}
