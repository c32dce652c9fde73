/** What asking a model cost, where one was asked. */
import type { Report } from "@review/review";
import type { ReportedFinding } from "../plan/reported.ts";

/** "suggestions 3/5 · 11214 tokens · $0.03"; empty where nothing was asked. */
export function usageInWords(
  { requests, inputTokens, outputTokens, costUsd }: Report["usage"],
  findings: readonly ReportedFinding[],
): string {
  const asked = findings.filter(({ suggestion }) => suggestion.origin === "model" || suggestion.reason !== null);
  if (requests === 0 && asked.length === 0) return "";
  const verified = asked.filter(({ suggestion }) => suggestion.status === "verified").length;
  const cost = costUsd === null ? [] : [`$${costUsd.toFixed(3)}`];
  return [`suggestions ${verified}/${asked.length}`, `${inputTokens + outputTokens} tokens`, ...cost].join(" · ");
}
