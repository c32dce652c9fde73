/** What every rule says of itself, including the two that are about suppressions. */
import type { RuleMeta } from "@review/analysis";
import { suppressionRules } from "@review/findings";
import { metadata } from "@review/rules/metadata";

/** A rule's metadata and the address of its page. */
export interface RuleCard extends Pick<RuleMeta, "id" | "summary" | "category" | "severity" | "preset"> {
  readonly url: string;
}

const PAGES = "https://github.com/review-dev/review/blob/main/packages/rules/src";

/** All rules, sorted by id; none of them is loaded for it, since ESLint's thread runs none. */
export function catalogue(): readonly RuleCard[] {
  const aboutComments = suppressionRules.map(rule => ({ ...rule, preset: "recommended" as const }));
  return [...metadata, ...aboutComments]
    .map(({ id, summary, category, severity, preset }) => ({
      id,
      summary,
      category,
      severity,
      preset,
      url: `${PAGES}/${id}/README.md`,
    }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}
