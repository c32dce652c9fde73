/** A finding as the JSON report tells it: what the bot plans with, whether it has analysed itself or reads a report. */
import type { Category, Position, Severity, Suggestion, Verified } from "@review/findings";
import { reporters, type Report } from "@review/reporters";

export interface Range {
  readonly start: Position;
  /** Exclusive. */
  readonly end: Position;
}

export interface Place {
  /** Relative to the repository, '/' separated. */
  readonly file: string;
  readonly range: Range;
}

export interface ReportedFact extends Place {
  readonly message: string;
}

export interface ReportedFix {
  readonly title: string;
  readonly safety: "safe" | "suggested";
  readonly origin: "rule" | "model";
  readonly edits: readonly (Place & { readonly text: string })[];
  readonly verified: Verified;
}

export interface ReportedFinding extends ReportedFact {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly evidence: readonly ReportedFact[];
  readonly fixes: readonly ReportedFix[];
  readonly suggestion: Suggestion;
}

const RANKS: readonly Severity[] = ["error", "warning", "info"];

/** The findings of a report in lines and columns. */
export function reportedFindings(report: Report): readonly ReportedFinding[] {
  const text = reporters.json(report, { cwd: "/", colour: false, width: 100, hyperlinks: false });
  return (JSON.parse(text) as { readonly findings: readonly ReportedFinding[] }).findings;
}

/** The worst first; among equals the order of the report. */
export function bySeverity<F extends { readonly severity: Severity }>(findings: readonly F[]): readonly F[] {
  return findings.toSorted((a, b) => RANKS.indexOf(a.severity) - RANKS.indexOf(b.severity));
}

/** Whether a severity is the given one or worse. */
export function isAtLeast(severity: Severity, lowest: Severity): boolean {
  return RANKS.indexOf(severity) <= RANKS.indexOf(lowest);
}

/** The last line that a range touches. */
export function lastLine({ start, end }: Range): number {
  return end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
}
