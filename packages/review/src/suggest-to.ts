/** Gives each finding the model's suggestion, where a model is asked; none is lost when the model fails. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { applyFixes, type Finding, type Fix } from "@review/findings";
import type { Target } from "@review/source";
import type {
  FixVerdict,
  SuggestionContext,
  SuggestionRequest,
  SuggestionResult,
  VerifyFix,
} from "@review/suggestions";
import type { Verdict } from "@review/verification";
import { afterAnalysis } from "./after-analysis.ts";
import { proofBenchOf } from "./proof-bench.ts";
import type { Ports, RunTests } from "./request.ts";
import type { AnalysisSession } from "./session-thread.ts";

/** For how long one proposed edit may be tried. */
const TRIAL_MS = 10_000;

/** The findings, each with what came of asking; without a session there is nothing to ask with, and none is asked about. */
export async function suggestTo(
  findings: readonly Finding[],
  thread: AnalysisSession | undefined,
  ports: Ports,
  { cwd }: Pick<Target, "cwd">,
): Promise<readonly Finding[]> {
  const { suggester } = ports;
  if (!suggester || !thread || findings.length === 0) return findings;
  const contexts = await afterAnalysis("The model was not asked", ports, () => thread.ask("contexts", findings));
  if (!contexts) return findings;
  const requests = findings.map((finding, index) => ({ finding, context: contexts[index] as SuggestionContext }));
  const results = await suggester.suggest(requests, {
    signal: ports.signal,
    verify: verifierOf(thread, cwd, ports.tests),
    knows: ({ finding }, names) => thread.ask("names", { file: finding.file, names }),
    prove: ports.prover && proofBenchOf(ports.prover, thread, cwd),
    onProgress: (done, total) => ports.onProgress?.({ phase: "suggestions", done, total }),
  });
  return findings.map((finding, index) => {
    const result = results[index];
    if (!result) return finding;
    const context = contexts[index] as SuggestionContext;
    tellOfVerified({ finding, context }, result, ports);
    if (result.unproven !== undefined)
      ports.onDetail?.(`No proof for ${finding.ruleId} in ${finding.file}: ${result.unproven}`);
    const fixes = result.fix ? [result.fix, ...finding.fixes] : finding.fixes;
    return { ...finding, suggestion: result.suggestion, fixes };
  });
}

function tellOfVerified(
  { finding, context: { declaration, imports } }: SuggestionRequest,
  { suggestion, fix }: SuggestionResult,
  { onVerifiedEdit }: Ports,
): void {
  if (!fix || suggestion.status !== "verified") return;
  // What the model itself says against its edit belongs to its words.
  const explanation = suggestion.reason === null ? suggestion.text : `${suggestion.text} (${suggestion.reason})`;
  onVerifiedEdit?.({ finding, fix, declaration, imports, explanation, model: suggestion.model ?? "" });
}

function verifierOf(thread: AnalysisSession, cwd: string, tests: RunTests | undefined): VerifyFix {
  return async ({ finding }, fix, { mayChangeApi }) => {
    const candidates = [{ finding, fix, mayChangeApi }];
    const [verdict] = await thread.ask("verify", { candidates, budgetMs: TRIAL_MS });
    const judged = asFixVerdict(verdict);
    return tests && judged.status === "verified" ? tested(judged, fix, cwd, tests) : judged;
  };
}

/** The last check, since it is the user's own and takes the longest. */
async function tested(
  judged: Extract<FixVerdict, { readonly status: "verified" }>,
  fix: Fix,
  cwd: string,
  tests: RunTests,
): Promise<FixVerdict> {
  const verdict = await tests(changedBy(fix, cwd));
  if (verdict.kind === "failed")
    return { status: "rejected", because: `The tests fail with it:\n${verdict.output}`, check: "tests" };
  return { ...judged, verified: { ...judged.verified, tests: verdict.kind === "passed" ? true : null } };
}

/** The files as they would be, by absolute path. */
export function changedBy(fix: Fix, cwd: string): ReadonlyMap<string, string> {
  const files = [...new Set(fix.edits.map(edit => edit.file))];
  const before = new Map(files.map(file => [file, readFileSync(resolve(cwd, file), "utf8")]));
  const bare = new Map([...before].map(([file, text]) => [file, text.replace(/^\uFEFF/, "")]));
  const { changed } = applyFixes(bare, [fix]);
  return new Map(
    [...changed].map(([file, text]) => {
      const mark = before.get(file)?.startsWith("\uFEFF") ? "\uFEFF" : "";
      return [resolve(cwd, file), mark + text];
    }),
  );
}

function asFixVerdict(verdict: Verdict | undefined): FixVerdict {
  if (verdict?.status === "verified") return verdict;
  if (verdict?.status === "rejected") return { status: "rejected", because: verdict.because, check: verdict.check };
  return { status: "unverified", because: `it took longer than ${TRIAL_MS / 1_000} s` };
}
