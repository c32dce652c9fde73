/** What saving a file has changed, for people at a terminal. */
import type { Finding } from "@review/findings";
import { prettyFindings } from "../pretty.ts";
import type { Report, ReporterOptions } from "../report.ts";
import { printable } from "./cells.ts";
import { paint, type Row } from "./row.ts";

/** The findings of a file before and after it was saved. */
export interface Change {
  readonly file: string;
  /** What was found in it now. */
  readonly report: Report;
  readonly before: readonly Finding[];
  /** How many findings there are now in all files. */
  readonly left: number;
}

/** Draws the findings that are new, names those that are gone, and says in one line how many are left. */
export function prettyChange({ file, report, before, left }: Change, options: ReporterOptions): string {
  const fresh = missingFrom(before, report.findings);
  const gone = missingFrom(report.findings, before);
  const rows: readonly Row[] = [
    ...gone.map(({ ruleId, message }): Row => [
      { text: "gone", tone: "added", bold: true },
      { text: `: ${ruleId}: ${printable(message)}`, tone: "plain" },
    ]),
    ...report.summary.incomplete.map(({ reason }): Row => [
      { text: "incomplete", tone: "warning", bold: true },
      { text: `: ${printable(reason)}`, tone: "plain" },
    ]),
    [{ text: `${printable(file)}: ${fresh.length} new, ${gone.length} gone, ${left} left.`, tone: "dim" }],
  ];
  return prettyFindings({ ...report, findings: fresh }, options) + paint(rows, options);
}

function missingFrom(some: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const known = new Set(some.map(finding => finding.fingerprint));
  return others.filter(finding => !known.has(finding.fingerprint));
}
