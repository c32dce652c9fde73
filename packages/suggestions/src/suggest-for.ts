/** From one finding to its suggestion: ask, have the fix verified, let the model mend it, and always end with words. */
import type { Fix, Suggestion } from "@review/findings";
import { converse, type Said, type Tools } from "./converse.ts";
import type { Failure } from "./model/failures.ts";
import { endOf, type Run } from "./model/run.ts";
import { buildPrompt, continued, repairTurn, type Conversation } from "./prompt.ts";
import { plainText } from "./prose.ts";
import type { FixVerdict, SuggestionRequest, SuggestionResult, VerifyFix } from "./request.ts";

export interface FindingTools extends Tools {
  readonly model: string;
  readonly language: string | undefined;
  /** Without it a fix stays `unverified`. */
  readonly verify: VerifyFix | undefined;
}

/** How often a model may mend a fix that verification turned down. */
const repairRounds = 2;

/** Makes the suggestion for one finding. Whatever fails, the answer has text: then the rule's own. */
export async function suggestFor(request: SuggestionRequest, tools: FindingTools, run: Run): Promise<SuggestionResult> {
  const over = endOf(run);
  if (over) return failed(request, over);
  const opened = await openConversation(request, tools, run);
  if (!opened.said.ok) return failed(request, opened.said.failure);
  let { conversation, said } = { conversation: opened.conversation, said: opened.said };
  for (let round = 0; ; round++) {
    if (said.answer.decision !== "fix") return withoutFix(request, said, tools.model);
    const fix = fixOf(said);
    if (!tools.verify) return modelText(said, "unverified", "nothing verified the fix", tools.model, fix);
    const verdict = await verdictOf(tools.verify, request, fix);
    const end = endOf(run);
    if (end) return failed(request, end);
    if (verdict.ok) return modelText(said, "verified", null, tools.model, { ...fix, verified: verdict.verified });
    if (round === repairRounds) return notVerified(said, verdict, tools.model);
    conversation = continued(conversation, said.raw, repairTurn(verdict.diagnostics));
    const next = await converse(conversation, request.context, tools, run);
    if (!next.ok) return notVerified(said, verdict, tools.model, next.failure);
    said = next;
  }
}

/** The first answer; a prompt that is too long for the model is sent again in its shorter form. */
async function openConversation(
  request: SuggestionRequest,
  { language, ...tools }: FindingTools,
  run: Run,
): Promise<{ readonly conversation: Conversation; readonly said: Awaited<ReturnType<typeof converse>> }> {
  const full = buildPrompt(request, { language });
  const said = await converse(full, request.context, tools, run);
  if (said.ok || said.failure.status !== "too_large") return { conversation: full, said };
  const lean = buildPrompt(request, { language, detail: "lean" });
  return { conversation: lean, said: await converse(lean, request.context, tools, run) };
}

/** A verification that throws has verified nothing. */
async function verdictOf(verify: VerifyFix, request: SuggestionRequest, fix: Fix): Promise<FixVerdict> {
  try {
    return await verify(request, fix);
  } catch (error) {
    return { ok: false, verified: fix.verified, diagnostics: `Verification failed: ${(error as Error).message}` };
  }
}

function fixOf({ answer, edits }: Said): Fix {
  return {
    title: plainText(answer.title, 80).replace(/\s+/g, " ") || "Apply the model's fix",
    safety: "suggested",
    origin: "model",
    edits,
    verified: { types: null, rules: null, tests: null },
  };
}

function withoutFix(request: SuggestionRequest, said: Said, model: string): SuggestionResult {
  if (said.answer.decision === "advice") return modelText(said, "advice", null, model, null);
  const why = plainText(said.answer.explanation, 200);
  return pageText(request, "advice", `the model has no suggestion${why ? `: ${why}` : ""}`, model);
}

function notVerified(said: Said, verdict: FixVerdict, model: string, failed?: Failure): SuggestionResult {
  const first = plainText(verdict.diagnostics, 200).split("\n", 1).join("");
  const after = failed ? `; mending it failed: ${failed.reason}` : "";
  return modelText(said, "advice", `the proposed fix did not pass verification: ${first}${after}`, model, null);
}

function modelText(
  { answer }: Said,
  status: Suggestion["status"],
  reason: string | null,
  model: string,
  fix: Fix | null,
): SuggestionResult {
  const text = plainText(answer.explanation, 600);
  return { suggestion: { status, reason, origin: "model", text, model }, fix };
}

function failed(request: SuggestionRequest, { status, reason }: Failure): SuggestionResult {
  return pageText(request, status, reason, null);
}

function pageText(
  { finding, context }: SuggestionRequest,
  status: Suggestion["status"],
  reason: string,
  model: string | null,
): SuggestionResult {
  const text = finding.repair || context.rulePage.repair;
  return { suggestion: { status, reason, origin: "page", text, model }, fix: null };
}
