/** How many findings there are of each severity. */
import type { Finding, Severity } from "@review/findings";

/** Counts findings by severity, gravest first. */
export function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}
