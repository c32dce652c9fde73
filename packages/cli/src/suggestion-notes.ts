/** What came of asking the model, for standard error: what it cost, and why findings are without its word. */
import type { Finding, SuggestionStatus } from "@review/findings";
import type { Report } from "@review/reporters";

/** One line for the costs where there were any, one for the findings that the model said nothing on. */
export function suggestionNotes({ findings, usage }: Report, isProved = false): readonly string[] {
  const without = findings.filter(({ suggestion }) => suggestion.origin !== "model");
  const spent = `The model took ${counted(usage.requests, "request")}: ${usage.inputTokens} tokens in, ${usage.outputTokens} out, ${costOf(usage)}.`;
  return [
    ...(usage.requests > 0 ? [spent] : []),
    ...(isProved ? [proofNote(findings)] : []),
    ...(without.length > 0
      ? [
          `The model has no suggestion for ${without.length} of ${counted(findings.length, "finding")}: ${reasons(without)}.`,
        ]
      : []),
  ];
}

/** What nobody has reported counts at its worst in the cost, and not in the tokens. */
function costOf({ costUsd, unreported = 0 }: Report["usage"]): string {
  const cost = costUsd === null ? "cost unknown" : `$${costUsd.toFixed(4)}`;
  if (unreported === 0) return cost;
  return `${costUsd === null ? cost : `${cost} at most`}; ${unreported} came back without their tokens`;
}

function proofNote(findings: readonly Finding[]): string {
  const errors = findings.filter(
    ({ severity, suggestion }) => severity === "error" && suggestion.status === "verified",
  );
  const proved = errors.filter(({ suggestion }) => suggestion.proof !== undefined);
  return `Reproduced ${proved.length} of ${counted(errors.length, "error")} with a verified fix.`;
}

function reasons(findings: readonly Finding[]): string {
  const statuses = [...new Set(findings.map(finding => finding.suggestion.status))];
  return statuses
    .map(status => {
      const all = findings.filter(finding => finding.suggestion.status === status);
      return `${all.length} ${status}${detail(status, all)}`;
    })
    .join("; ");
}

function detail(status: SuggestionStatus, [first]: readonly Finding[]): string {
  const parts = [first?.suggestion.reason, HINTS[status]].filter(part => part !== null && part !== undefined);
  return parts.length === 0 ? "" : ` (${parts.join("; ")})`;
}

const HINTS: Partial<Readonly<Record<SuggestionStatus, string>>> = {
  no_key: "set OPENAI_API_KEY, or OPENAI_BASE_URL for another server",
  auth_failed: "check OPENAI_API_KEY",
  model_not_found: "name another with --model",
  budget: "allow more with --budget",
  network: "check OPENAI_BASE_URL and the connection",
};

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
