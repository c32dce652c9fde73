/** What asking a model cost, where one was asked, and what came of it. */
import type { Report } from "@review/review";
import type { SuggestionStatus } from "@review/findings";
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

const UNHEARD = "the model's server did not answer as it should";

/** Why there is no answer, for readers who cannot see the log; an edit that did not stand its trial is an answer. */
const REASONS: Readonly<Partial<Record<SuggestionStatus, string>>> = {
  no_key: "no key is set",
  auth_failed: "the key was rejected",
  model_not_found: "there is no model of this name",
  quota_exhausted: "the account's quota is used up",
  budget: "the budget of one review is used up",
  skipped_secret: "the code holds a secret",
  refused: "declined by the model",
  truncated: "the answer was cut off",
  bad_output: "the answer made no sense",
  too_large: "too large for the model",
  rate_limited: "rate limit",
  cancelled: "interrupted",
  ...{ server_error: UNHEARD, timeout: UNHEARD, network: UNHEARD, offline: UNHEARD, bad_gateway: UNHEARD },
};
const PASSING: ReadonlySet<SuggestionStatus> = new Set(
  "rate_limited server_error timeout network offline bad_gateway cancelled".split(" ") as SuggestionStatus[],
);

/** "Findings without an answer of the model: 2 (rate limit), 1 (declined by the model)."; undefined where all were answered. */
export function unansweredInWords(findings: readonly ReportedFinding[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { suggestion } of findings) {
    const reason = suggestion.origin === "page" ? REASONS[suggestion.status] : undefined;
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  if (counts.size === 0) return undefined;
  const parts = [...counts].map(([reason, number]) => `${number} (${reason})`);
  const again = findings.some(({ suggestion }) => PASSING.has(suggestion.status)) ? " `/review` asks again." : "";
  return `Findings without an answer of the model: ${parts.join(", ")}.${again}`;
}
