/**
 * The door of `review eval`: bugs that are put into code, and scores of the models that mend them. It reads code itself, and so
 * loads the compiler's client, which a review leaves to its thread.
 */
export {
  evaluateOnce,
  summarise,
  type Asking,
  type Comparison,
  type EvalCase,
  type EvalRun,
  type Evaluation,
  type FalseFixes,
  type ModelScore,
} from "./evaluate.ts";
export { distanceRatio, RUNGS, type Climb, type Rung } from "./ladder.ts";
export type { EditTable } from "./inverse-edits/edit.ts";
export {
  mutated,
  mutationsBy,
  mutationsOf,
  rulesWithInverse,
  rulesWithoutInverse,
  type Mutation,
} from "./inverse-edits/mutations.ts";
export { wilson } from "./statistics.ts";
export { falseFinding, mutationPairs, spread, twinsAmong, type Pair } from "./pairs.ts";
