/** Names that a person can type for a finding of one report. */
import type { Finding } from "./finding.ts";

/** Maps each fingerprint to its first digits: at least six, and as many as no other finding of the report begins with. */
export function shortIds(findings: readonly Pick<Finding, "fingerprint">[]): Map<string, string> {
  const sorted = [...new Set(findings.map(finding => finding.fingerprint))].sort();
  return new Map(
    sorted.map((fingerprint, index) => {
      // Among sorted strings the longest shared beginning is always shared with a neighbour.
      const shared = Math.max(
        sharedLength(fingerprint, sorted[index - 1] ?? ""),
        sharedLength(fingerprint, sorted[index + 1] ?? ""),
      );
      return [fingerprint, fingerprint.slice(0, Math.max(SHORTEST, shared + 1))];
    }),
  );
}

const SHORTEST = 6;

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
