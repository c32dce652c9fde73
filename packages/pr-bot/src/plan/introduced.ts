/** Which findings a change is answerable for: those of its head that its base does not have. */
import type { ReportedFinding } from "./reported.ts";

export interface Introduced {
  readonly fresh: readonly ReportedFinding[];
  /** How many were there before. */
  readonly standing: number;
}

/**
 * A fingerprint has neither lines nor words of the message, so code that only moved is nothing new; files that were renamed have to
 * be told to the analysis under their former name.
 */
export function introduced(head: readonly ReportedFinding[], base: readonly ReportedFinding[]): Introduced {
  const known = new Set(base.map(finding => finding.fingerprint));
  const fresh = head.filter(finding => !known.has(finding.fingerprint));
  return { fresh, standing: head.length - fresh.length };
}
