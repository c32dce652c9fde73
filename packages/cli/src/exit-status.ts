/** What a script may read from the exit status. */
import type { Severity } from "@review/findings";
import type { Report } from "@review/reporters";

export const FOUND = 1;
export const USAGE = 2;
export const INCOMPLETE = 3;
export const NO_SUGGESTION = 4;
export const INTERRUPTED = 130;

export interface Thresholds {
  readonly failOn: Severity | "never";
  /** More warnings than this fail as errors do. */
  readonly maxWarnings?: number | undefined;
  readonly requireSuggestions: boolean;
}

const RANKS: readonly Severity[] = ["error", "warning", "info"];

/**
 * An incomplete analysis outranks findings: that nothing else was found means little then. So does a missing suggestion:
 * whoever requires them knows that there are findings, and has to learn which of the two it is.
 */
export function exitStatus(report: Report, thresholds: Thresholds): number {
  if (report.summary.incomplete.length > 0) return INCOMPLETE;
  const { failOn, maxWarnings = Infinity, requireSuggestions } = thresholds;
  const lacks = report.findings.some(({ suggestion }) => suggestion.origin !== "model");
  if (requireSuggestions && lacks) return NO_SUGGESTION;
  const warnings = report.findings.filter(finding => finding.severity === "warning").length;
  const fails = report.findings.some(
    finding => failOn !== "never" && RANKS.indexOf(finding.severity) <= RANKS.indexOf(failOn),
  );
  return fails || warnings > maxWarnings ? FOUND : 0;
}
