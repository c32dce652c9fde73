/** The end of the report: how much was found and looked at, and what could not be. */
import { countSeverities } from "../severities.ts";
import type { Incomplete, Report } from "../report.ts";
import { printable } from "./cells.ts";
import type { Piece, Row, Tone } from "./row.ts";

/** Draws the line of totals, then what was skipped, not analysed in full, fixable or asked of a model. */
export function drawSummary(report: Report): Row[] {
  const { skipped, incomplete } = report.summary;
  return [
    drawTotals(report),
    ...(skipped.length === 0 ? [] : [[dim(`${plural(skipped.length, "file")} skipped: ${reasonsOf(skipped)}.`)]]),
    ...incomplete.map(({ file, reason }): Row => [
      { text: "incomplete", tone: "warning", bold: true },
      { text: `: ${printable(file)}: ${printable(reason)}`, tone: "plain" },
    ]),
    ...drawFixable(report),
    ...drawUsage(report),
  ];
}

/** Writes a count with its noun in the right number. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function drawTotals({ findings, summary }: Report): Row {
  const time = ` (${durationText(summary.durationMs)})`;
  if (findings.length === 0) {
    const { files, analysed } = summary;
    const looked = analysed === files ? plural(files, "file") : `${analysed} of ${plural(files, "file")}`;
    return [
      { text: "No findings", tone: "added", bold: true },
      { text: ` in ${looked}${time}.`, tone: "plain" },
    ];
  }
  const counts = countSeverities(findings);
  const severities = (["error", "warning", "info"] as const).filter(severity => counts[severity] > 0);
  const parts = severities.flatMap((severity, index): Piece[] => [
    { text: index === 0 ? "" : ", ", tone: "plain" },
    { text: plural(counts[severity], severity), tone: severity, bold: true },
  ]);
  const files = new Set(findings.map(finding => finding.file)).size;
  const where = ` in ${files} of ${plural(summary.files, "file")}`;
  return [...parts, { text: where, tone: "plain" }, dim(time)];
}

function durationText(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function reasonsOf(skipped: readonly Incomplete[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const commonestFirst = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return commonestFirst.map(([reason, count]) => `${count} ${printable(reason)}`).join(", ");
}

function drawFixable({ findings }: Report): Row[] {
  const count = findings.filter(finding =>
    finding.fixes.some(fix => fix.safety === "safe" && fix.origin === "rule"),
  ).length;
  return count === 0 ? [] : [[dim(`${plural(count, "finding")} can be fixed with --fix.`)]];
}

function drawUsage({ usage }: Report): Row[] {
  if (usage.requests === 0) return [];
  const tokens = `${plural(usage.inputTokens, "token")} in, ${usage.outputTokens} out`;
  const cost = usage.costUsd === null ? "" : `, ${usage.costUsd.toFixed(usage.costUsd < 0.01 ? 4 : 2)} USD`;
  return [[dim(`Model: ${plural(usage.requests, "request")}, ${tokens}${cost}.`)]];
}

function dim(text: string): Piece {
  const tone: Tone = "dim";
  return { text, tone };
}
