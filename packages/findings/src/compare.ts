/** The one order of findings: the same inputs give the same report, whatever order the workers answer in. */
import type { DraftFinding } from "./finding.ts";

/** Orders by file, start, end, rule and message; strings by UTF-16 unit, so that no locale changes a report. */
export function compareFindings(a: DraftFinding, b: DraftFinding): number {
  return (
    compareStrings(a.file, b.file) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareStrings(a.ruleId, b.ruleId) ||
    compareStrings(a.message, b.message)
  );
}

/** A sorted copy. */
export function sortFindings<F extends DraftFinding>(findings: readonly F[]): F[] {
  return findings.toSorted(compareFindings);
}

/** A sorted copy that holds one of each set of findings alike in file, span, rule and message. */
export function uniqueFindings<F extends DraftFinding>(findings: readonly F[]): F[] {
  return sortFindings(findings).filter((finding, index, sorted) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareFindings(previous, finding) !== 0;
  });
}

function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
