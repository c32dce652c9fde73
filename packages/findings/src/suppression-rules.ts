/** The rules about suppressions themselves: they need no types and no tree, so they live here and not among the rules. */
import type { Category, Severity } from "./finding.ts";

export interface SuppressionRule {
  readonly id: string;
  /** One sentence that names the bad pattern. */
  readonly summary: string;
  readonly category: Category;
  readonly severity: Severity;
  /** How to repair what the rule finds. */
  readonly repair: string;
}

export const unusedIgnore: SuppressionRule = {
  id: "unused-ignore",
  summary: "A review-ignore comment hides nothing.",
  category: "refactoring",
  severity: "warning",
  repair:
    "Remove the name from the comment, or the comment if it names no other rule; mend the name if it is mistyped.",
};

export const ignoreWithoutReason: SuppressionRule = {
  id: "ignore-without-reason",
  summary: "A review-ignore comment gives no reason, and hides nothing until it does.",
  category: "refactoring",
  severity: "warning",
  repair: "Write after `--` why the finding does no harm here, or repair what it reports and remove the comment.",
};

/** Both, by id. */
export const suppressionRules: readonly SuppressionRule[] = [ignoreWithoutReason, unusedIgnore];
