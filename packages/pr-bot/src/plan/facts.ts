/** What a review has found and done, for those who put it into words. */
import type { Plan } from "./plan.ts";
import type { ReportedFinding } from "./reported.ts";

export interface ReviewFacts {
  readonly head: string;
  /** Findings of the head that its base does not have, of the lowest severity asked for and up, worst first, less the dismissed ones. */
  readonly fresh: readonly ReportedFinding[];
  /** Findings that the base has too. */
  readonly standing: number;
  /** Files that the change touches and that could be analysed; `analysed` of them were. */
  readonly changed: number;
  readonly analysed: number;
  readonly incomplete: readonly { readonly file: string; readonly reason: string }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Facts that a reader has to know, such as a configuration that the bot does not read. */
  readonly notes: readonly string[];
  /** What the model cost, in words; empty where none was asked. */
  readonly usage: string;
  readonly cost: { readonly inputTokens: number; readonly outputTokens: number; readonly costUsd: number | null };
  readonly plan: Plan;
}
