/** Counts as people read them. */
import type { Severity } from "@review/findings";

/** "1 file", "2 files". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** "1 error, 2 warnings"; nothing of what there is none of. */
export function bySeverityInWords(findings: readonly { readonly severity: Severity }[]): string {
  return SEVERITIES.flatMap(severity => {
    const number = findings.filter(finding => finding.severity === severity).length;
    if (number === 0) return [];
    return [severity === "info" ? `${number} info` : count(number, severity)];
  }).join(", ");
}
