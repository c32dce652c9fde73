/** From one finding to its suggestion: ask, have the fix verified, let the model mend it, and always end with words. */
import type { Fix, Suggestion } from "@review/findings";
import { converse, recall, type Said, type Tools, type Unsaid } from "./converse.ts";
import type { Failure } from "./model/failures.ts";
import { endOf, type Run } from "./model/run.ts";
import { buildPrompt, continued, repairTurn, type Conversation } from "./prompt.ts";
import { plainText } from "./prose.ts";
import { withoutUnknownNames } from "./entities.ts";
import { proofFor } from "./proof.ts";
import { formsOf } from "./shorter.ts";
import type {
  Allowance,
  FixVerdict,
  KnowNames,
  ProofBench,
  SuggestionRequest,
  SuggestionResult,
  VerifyFix,
} from "./request.ts";

export interface FindingTools extends Tools {
  readonly model: string;
  readonly language: string | undefined;
  /** Without it a fix stays `unverified`. */
  readonly verify: VerifyFix | undefined;
  readonly allowApiChange: boolean;
  /** Without it only the code that was sent, and the language, tell which names exist. */
  readonly knows: KnowNames | undefined;
  /** Without it nothing is reproduced. */
  readonly prove: ProofBench | undefined;
}

/** How often a model may mend a fix that verification turned down. */
const repairRounds = 2;

/** Makes the suggestion for one finding. Whatever fails, the answer has text: then the rule's own. */
export async function suggestFor(whole: SuggestionRequest, tools: FindingTools, run: Run): Promise<SuggestionResult> {
  const over = endOf(run);
  if (over) return failed(whole, over);
  const { request, ...opened } = await openConversation(whole, tools, run);
  if (!opened.said.ok) return failed(request, opened.said.failure);
  let { conversation, said } = { conversation: opened.conversation, said: opened.said };
  for (let round = 0; ; round++) {
    if (said.answer.decision !== "fix") return withoutFix(request, said, tools);
    const fix = fixOf(said);
    const mayChangeApi = said.answer.risk === "api_change";
    if (isTooBold(said, tools)) return inWords(request, said, tools, ["advice", apiChange], null);
    if (!tools.verify) return inWords(request, said, tools, ["unverified", "nothing verified the fix"], fix);
    const verdict = await verdictOf(tools.verify, request, fix, { mayChangeApi });
    const end = endOf(run);
    if (end) return failed(request, end);
    if (verdict.status === "verified") return proven({ ...fix, verified: verdict.verified }, request, said, tools, run);
    if (verdict.status === "unverified" || round === repairRounds) return notVerified(request, said, tools, verdict);
    conversation = continued(conversation, said.raw, repairTurn(verdict.because));
    const next = await converse(conversation, request.context, tools, run);
    if (!next.ok) return notVerified(request, said, tools, verdict, next.failure);
    said = next;
  }
}

function isTooBold({ answer }: Said, { allowApiChange }: FindingTools): boolean {
  return answer.risk === "api_change" && !allowApiChange;
}

/** A conversation and what it is about, which may be less than all that is known of the finding. */
interface Opened {
  readonly request: SuggestionRequest;
  readonly conversation: Conversation;
  readonly said: Said | Unsaid;
}

/** The first answer; where a prompt is too long for the model, that to the longest of the shorter ones that it takes. */
async function openConversation(request: SuggestionRequest, tools: FindingTools, run: Run): Promise<Opened> {
  const forms = formsOf(request).map(form => ({
    ...form,
    conversation: buildPrompt(form.request, { language: tools.language }),
  }));
  // As long as the window is unknown, nobody knows which form an earlier run got its answer to.
  const known = tools.client.window.isKnown() ? undefined : await recalled(forms, tools);
  if (known) return known;
  for (let [form, ...shorter] = forms; form;) {
    const said = await converse(form.conversation, form.request.context, tools, run);
    const isLast = said.ok || said.failure.status !== "too_large";
    const next = isLast ? undefined : shorter.find(each => each.isMuchShorter || said.failure.isForeseen);
    if (!next) return { ...form, said };
    shorter = shorter.slice(shorter.indexOf(next) + 1);
    form = next;
  }
  throw new Error("unreachable: a request has a form");
}

async function recalled(
  forms: readonly Omit<Opened, "said">[],
  tools: Pick<FindingTools, "cache">,
): Promise<Opened | undefined> {
  for (const form of forms) {
    const said = await recall(form.conversation, form.request.context, tools);
    if (said) return { ...form, said };
  }
  return undefined;
}

/** A verification that throws has verified nothing. */
async function verdictOf(
  verify: VerifyFix,
  request: SuggestionRequest,
  fix: Fix,
  allowance: Allowance,
): Promise<FixVerdict> {
  try {
    return await verify(request, fix, allowance);
  } catch (error) {
    return { status: "unverified", because: `verification failed: ${(error as Error).message}` };
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

const apiChange = "the fix would change what others rely on";

function withoutFix(request: SuggestionRequest, said: Said, tools: FindingTools): Promise<SuggestionResult> {
  if (said.answer.decision === "advice") return inWords(request, said, tools, ["advice", null], null);
  const why = plainText(said.answer.explanation, 200);
  const reason = `the model has no suggestion${why ? `: ${why}` : ""}`;
  return Promise.resolve(pageText(request, "advice", reason, tools.model));
}

/** What is told of a fix that stood every check, and that nobody should apply unseen all the same. */
const warnings = {
  none: null,
  behaviour_change: "the model says that more than the finding's behaviour changes",
  api_change: "the model says that what others rely on changes; what imports the file compiles",
} as const;

function verifiedFix(request: SuggestionRequest, said: Said, tools: FindingTools, fix: Fix): Promise<SuggestionResult> {
  return inWords(request, said, tools, ["verified", warnings[said.answer.risk]], fix);
}

/** A bug that can be shown to be one, and to be gone, is worth a second question; an answer that is no use costs nothing. */
async function proven(
  fix: Fix,
  request: SuggestionRequest,
  said: Said,
  tools: FindingTools,
  run: Run,
): Promise<SuggestionResult> {
  const result = await verifiedFix(request, said, tools, fix);
  if (!tools.prove || request.finding.severity !== "error" || endOf(run)) return result;
  const proof = await proofFor(request, fix, tools.prove, tools, run);
  if ("proof" in proof) return { ...result, suggestion: { ...result.suggestion, proof: proof.proof } };
  return { ...result, unproven: proof.because };
}

function notVerified(
  request: SuggestionRequest,
  said: Said,
  tools: FindingTools,
  verdict: Exclude<FixVerdict, { readonly status: "verified" }>,
  failed?: Failure,
): Promise<SuggestionResult> {
  const first = plainText(verdict.because, 200).split("\n", 1).join("");
  const after = failed ? `; mending it failed: ${failed.reason}` : "";
  const what = verdict.status === "rejected" ? "did not pass verification" : "could not be verified";
  const rejectedBy = verdict.status === "rejected" ? verdict.check : undefined;
  const reason = `the proposed fix ${what}: ${first}${after}`;
  return inWords(request, said, tools, ["unverified", reason], null).then(result => ({ ...result, rejectedBy }));
}

/** The model's own words, as far as what they name exists; the rule's where nothing is left of them. */
async function inWords(
  request: SuggestionRequest,
  said: Said,
  { model, knows }: FindingTools,
  [status, reason]: readonly [Suggestion["status"], string | null],
  fix: Fix | null,
): Promise<SuggestionResult> {
  const { text, unknown } = await withoutUnknownNames(plainText(said.answer.explanation, 600), request, fix, knows);
  const names = unknown.length > 0 ? { unknownNames: unknown } : {};
  if (text !== "") return { suggestion: { status, reason, origin: "model", text, model }, fix, ...names };
  const why = reason ?? `the model's words name \`${unknown.join("`, `")}\`, which does not exist`;
  const { suggestion } = pageText(request, status, why, model);
  return { suggestion: fix ? { ...suggestion, reason, origin: "model" } : suggestion, fix, ...names };
}

function failed(request: SuggestionRequest, { status, reason, rejectedBy }: Failure): SuggestionResult {
  return { ...pageText(request, status, reason, null), ...(rejectedBy && { rejectedBy }) };
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
