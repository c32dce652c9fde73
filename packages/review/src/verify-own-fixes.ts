/** Tries the fixes that rules propose, so that none is offered that breaks the build or changes nothing. */
import type { Finding, Fix } from "@review/findings";
import type { Verdict } from "@review/verification";
import { afterAnalysis } from "./after-analysis.ts";
import type { Ports } from "./request.ts";
import type { AnalysisSession } from "./session-thread.ts";

/** For how long a review tries fixes; what is not tried by then is shown as not verified. */
const BUDGET_MS = 10_000;

/** The findings with the fixes that stood the trial, or could not be tried. A rejected fix is not shown. */
export async function verifyOwnFixes(
  findings: readonly Finding[],
  thread: AnalysisSession | undefined,
  ports: Ports,
): Promise<readonly Finding[]> {
  const candidates = findings.flatMap(finding => finding.fixes.slice(0, 1).map(fix => ({ finding, fix })));
  if (!thread || candidates.length === 0) return findings;
  const job = { candidates, budgetMs: BUDGET_MS };
  const verdicts = await afterAnalysis("No fix was tried", ports, () => thread.ask("verify", job));
  if (!verdicts) return findings;
  const byFix = new Map(candidates.map(({ fix }, index) => [fix, verdicts[index] as Verdict]));
  return findings.map(finding => ({
    ...finding,
    fixes: finding.fixes.flatMap(fix => judged(fix, byFix.get(fix))),
  }));
}

/** For how long a review tries fixes as one change. */
const TOGETHER_MS = 60_000;

/** Tells whoever asks which of the fixes that he has chosen stand as one change; none where nobody could try. */
export async function proveTogether(
  findings: readonly Finding[],
  thread: AnalysisSession | undefined,
  { together, ...ports }: Ports,
): Promise<void> {
  const candidates = together?.choose(findings) ?? [];
  if (!together || candidates.length === 0) return;
  const job = { candidates, budgetMs: TOGETHER_MS };
  const proven =
    thread && (await afterAnalysis("No fixes were tried together", ports, () => thread.ask("verifyTogether", job)));
  together.onProven((proven ?? []).flatMap(index => candidates[index] ?? []));
}

function judged(fix: Fix, verdict: Verdict | undefined): readonly Fix[] {
  if (verdict?.status === "verified") return [{ ...fix, verified: verdict.verified }];
  return verdict?.status === "rejected" ? [] : [fix];
}
