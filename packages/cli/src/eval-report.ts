/** The scores of models as a table for the terminal, as JSON, and as a page. */
import { RUNGS, type Comparison, type Evaluation, type ModelScore } from "@review/review/eval";

const HEADS = [
  "model",
  "findings",
  "verified",
  "95 % interval",
  "ever",
  "rejected",
  "advice",
  "abstained",
  "failed",
  "restored",
  "distance",
  "false fixes",
  "tokens/fix",
  "$/fix",
  "median",
  "p95",
];

/** A table for people, and below it who is better. */
export function evalText({ scores, comparisons }: Evaluation): string {
  const rows = [HEADS, ...scores.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map(row => (row[column] ?? "").length)));
  const lines = rows.map(row =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  const checks = scores.flatMap(({ model, rejections, answersWithUnknownNames }) => {
    const counts = Object.entries(rejections).map(([check, count]) => `${check} ${count}`);
    const names = answersWithUnknownNames > 0 ? [`${answersWithUnknownNames} answers name what does not exist`] : [];
    return counts.length + names.length > 0 ? [`${model}: turned down by ${[...counts, ...names].join(", ")}`] : [];
  });
  const ladders = scores.flatMap(score => (score.proposed > 0 ? [ladderText(score)] : []));
  const spent = scores.map(spentText);
  return [...lines, ...checks, ...ladders, ...comparisons.map(comparisonText), ...spent, ""].join("\n");
}

/** Everything, to be compared later or by others. */
export function evalJson(evaluation: Evaluation): string {
  return `${JSON.stringify({ version: 1, ...evaluation }, null, 2)}\n`;
}

/** A page without anything to load. */
export function evalHtml({ scores, comparisons }: Evaluation): string {
  const row = (cells: readonly string[], kind: "td" | "th"): string =>
    `<tr>${cells.map(cell => `<${kind}>${escaped(cell)}</${kind}>`).join("")}</tr>`;
  const rules = [...new Set(scores.flatMap(({ byRule }) => byRule.map(({ ruleId }) => ruleId)))].sort();
  const perRule = rules.map(ruleId => [ruleId, ...scores.map(score => ruleCell(score, ruleId))]);
  const rungs = Object.entries(RUNGS).map(([rung, words]) => [
    `${rung}: ${words}`,
    ...scores.map(({ ladder, proposed }) => rungText(ladder[rung as keyof typeof RUNGS], proposed)),
  ]);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>review eval</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse;margin:1rem 0}th,td{border:1px solid #8888;padding:.3rem .6rem;text-align:right}th:first-child,td:first-child{text-align:left}</style>
<h1>Models on known bugs</h1>
<table>${row(HEADS, "th")}${scores.map(score => row(cellsOf(score), "td")).join("")}</table>
${comparisons.map(one => `<p>${escaped(comparisonText(one))}</p>`).join("\n")}
<h2>How far proposed fixes come</h2>
<table>${row(["", ...scores.map(({ model }) => model)], "th")}${rungs.map(cells => row(cells, "td")).join("")}</table>
${scores.map(score => `<p>${escaped(spentText(score))}</p>`).join("\n")}
<h2>By rule</h2>
<table>${row(["rule", ...scores.map(({ model }) => model)], "th")}${perRule.map(cells => row(cells, "td")).join("")}</table>
</html>
`;
}

function cellsOf(score: ModelScore): readonly string[] {
  const { outcomes } = score;
  const known = ["verified", "rejected", "advice", "abstained"];
  const failed = Object.entries(outcomes).reduce((sum, [name, count]) => sum + (known.includes(name) ? 0 : count), 0);
  return [
    score.model,
    String(score.findings),
    percent(score.verifiedAt1),
    score.interval.map(percent).join(" to "),
    percent(score.verifiedAtK),
    ...["rejected", "advice", "abstained"].map(name => String(outcomes[name] ?? 0)),
    String(failed),
    score.restored === null ? "-" : percent(score.restored),
    score.distance === null ? "-" : score.distance.toFixed(2),
    score.falseFixes === null ? "-" : `${percent(score.falseFixes.share)} of ${score.falseFixes.asked}`,
    score.tokensPerVerified === null ? "-" : score.tokensPerVerified.toFixed(0),
    score.usdPerVerified === null ? "-" : score.usdPerVerified.toFixed(4),
    seconds(score.medianMs),
    seconds(score.p95Ms),
  ];
}

function ladderText({ model, ladder, proposed }: ModelScore): string {
  const rungs = Object.entries(ladder).flatMap(([rung, count]) => (count === null ? [] : [`${rung} ${count}`]));
  return `${model}: of ${proposed} proposed fixes stand on ${rungs.join(", ")}`;
}

function rungText(count: number | null, proposed: number): string {
  return count === null ? "-" : `${count} of ${proposed}`;
}

function spentText({ model, spent: { requests, inputTokens, outputTokens, costUsd } }: ModelScore): string {
  const cost = costUsd === null ? "cost unknown" : `$${costUsd.toFixed(4)}`;
  return `${model}: took ${requests} requests, ${inputTokens} tokens in, ${outputTokens} out, ${cost}`;
}

function ruleCell({ byRule }: ModelScore, ruleId: string): string {
  const found = byRule.find(one => one.ruleId === ruleId);
  return found ? `${found.verified} of ${found.findings}` : "-";
}

function comparisonText({ models: [first, second], onlyFirst, onlySecond, p }: Comparison): string {
  const verdict = p < 0.05 ? "more than chance explains" : "which may be chance";
  return `${first} alone repaired ${onlyFirst}, ${second} alone ${onlySecond}: ${verdict} (p = ${p.toFixed(3)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function seconds(ms: number | null): string {
  return ms === null ? "-" : `${(ms / 1_000).toFixed(1)} s`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
