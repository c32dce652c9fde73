/** Gives each finding the model's suggestion, where a model is asked; none is lost when the model fails. */
import type { Finding } from "@review/findings";
import type { FixVerdict, SuggestionContext, VerifyFix } from "@review/suggestions";
import type { Verdict } from "@review/verification";
import { afterAnalysis } from "./after-analysis.ts";
import type { Ports } from "./request.ts";
import type { SessionThread } from "./session-thread.ts";

/** For how long one proposed edit may be tried. */
const TRIAL_MS = 10_000;

/** The findings, each with what came of asking; without a session there is nothing to ask with, and none is asked about. */
export async function suggestTo(
  findings: readonly Finding[],
  thread: SessionThread | undefined,
  ports: Ports,
): Promise<readonly Finding[]> {
  const { suggester } = ports;
  if (!suggester || !thread || findings.length === 0) return findings;
  const contexts = await afterAnalysis("The model was not asked", ports, () => thread.ask("contexts", findings));
  if (!contexts) return findings;
  const requests = findings.map((finding, index) => ({ finding, context: contexts[index] as SuggestionContext }));
  const results = await suggester.suggest(requests, {
    signal: ports.signal,
    verify: verifierOf(thread),
    knows: ({ finding }, names) => thread.ask("names", { file: finding.file, names }),
    onProgress: (done, total) => ports.onProgress?.({ phase: "suggestions", done, total }),
  });
  return findings.map((finding, index) => {
    const result = results[index];
    if (!result) return finding;
    const fixes = result.fix ? [result.fix, ...finding.fixes] : finding.fixes;
    return { ...finding, suggestion: result.suggestion, fixes };
  });
}

function verifierOf(thread: SessionThread): VerifyFix {
  return async ({ finding }, fix) => {
    const [verdict] = await thread.ask("verify", { candidates: [{ finding, fix }], budgetMs: TRIAL_MS });
    return asFixVerdict(verdict);
  };
}

function asFixVerdict(verdict: Verdict | undefined): FixVerdict {
  if (verdict?.status === "verified") return verdict;
  if (verdict?.status === "rejected") return { status: "rejected", because: verdict.because };
  return { status: "unverified", because: `it took longer than ${TRIAL_MS / 1_000} s` };
}
