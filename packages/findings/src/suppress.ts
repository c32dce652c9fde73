/** Hides the findings that a person has answered in a comment, and reports the comments that hide nothing. */
import { sortFindings } from "./compare.ts";
import type { DraftFinding } from "./finding.ts";
import { faultyIgnores, unusedIgnores } from "./ignore-findings.ts";
import { eslintDirectiveFor } from "./parse-eslint-directive.ts";
import type { IgnoredRule } from "./parse-ignore.ts";
import type { Suppressions } from "./parse-suppressions.ts";
import { suppressionRules } from "./suppression-rules.ts";

export interface Suppressed<F> {
  readonly finding: F;
  /** Null: an ESLint comment without description. */
  readonly reason: string | null;
}

export interface SuppressionResult<F> {
  readonly kept: readonly F[];
  readonly suppressed: readonly Suppressed<F>[];
  /** Findings of `unused-ignore` and `ignore-without-reason`, sorted, as if both rules were on. */
  readonly extra: readonly DraftFinding[];
}

/**
 * Splits the findings of one file by its suppressions.
 *
 * Give all findings, before a severity or a change hides any, and leave out of `rulesThatRan` what did not run to its end on this
 * file: an ignore of a rule that did not run is never called unused. ESLint's comments never are: ESLint does that itself.
 * An ignore without a reason hides nothing. An ignore may name the two rules about ignores as well.
 */
export function suppress<F extends DraftFinding>(
  findings: readonly F[],
  suppressions: Suppressions,
  rulesThatRan: ReadonlySet<string>,
  allRuleIds: ReadonlySet<string>,
): SuppressionResult<F> {
  const used = new Set<IgnoredRule>();
  const { kept, suppressed } = split(findings, suppressions, used);
  const isUnused = (rule: IgnoredRule): boolean => !used.has(rule) && rulesThatRan.has(rule.id);
  const about = [
    ...faultyIgnores(suppressions, new Set([...allRuleIds, ...ownIds])),
    ...unusedIgnores(suppressions, rule => isUnused(rule) && !ownIds.has(rule.id)),
  ];
  // Only now is it known whether an ignore of the two rules themselves hides anything.
  const shown = split(about, suppressions, used).kept;
  const ofOwn = unusedIgnores(suppressions, rule => isUnused(rule) && ownIds.has(rule.id));
  return { kept, suppressed, extra: sortFindings([...shown, ...ofOwn]) };
}

const ownIds: ReadonlySet<string> = new Set(suppressionRules.map(rule => rule.id));

/** Notes in `used` every name that hides something, so that of two ignores of one finding neither is called unused. */
function split<F extends DraftFinding>(
  findings: readonly F[],
  suppressions: Suppressions,
  used: Set<IgnoredRule>,
): { kept: F[]; suppressed: Suppressed<F>[] } {
  const kept: F[] = [];
  const suppressed: Suppressed<F>[] = [];
  for (const finding of findings) {
    const reasons = reasonsToHide(finding, suppressions, used);
    if (reasons.length === 0) kept.push(finding);
    else suppressed.push({ finding, reason: reasons.find(reason => reason !== null) ?? null });
  }
  return { kept, suppressed };
}

function reasonsToHide(finding: DraftFinding, suppressions: Suppressions, used: Set<IgnoredRule>): (string | null)[] {
  const reasons: (string | null)[] = [];
  const { start } = finding.span;
  for (const { reason, covers, rules } of suppressions.ignores) {
    if (reason === null || start < covers.start || start >= covers.end) continue;
    const named = rules.filter(rule => rule.id === finding.ruleId);
    for (const rule of named) used.add(rule);
    if (named.length > 0) reasons.push(reason);
  }
  const directive = eslintDirectiveFor(suppressions.eslint, finding.ruleId, start);
  return directive ? [...reasons, directive.reason] : reasons;
}
