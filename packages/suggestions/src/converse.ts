/** One question until its answer can be used: cache, secrets, truncation, and one chance to mend an answer that breaks the contract. */
import type { TextEdit } from "@review/findings";
import { decodeAnswer, type Answer } from "./answer.ts";
import type { AnswerCache } from "./answer-cache.ts";
import { resolveEdits } from "./edits.ts";
import { failure, type Failure } from "./model/failures.ts";
import type { ModelClient } from "./model/model-client.ts";
import type { Reply } from "./model/replies.ts";
import type { Run } from "./model/run.ts";
import { continued, type Conversation } from "./prompt.ts";
import type { SuggestionContext } from "./request.ts";
import { secretIn } from "./secrets.ts";

export interface Tools {
  readonly client: ModelClient;
  readonly cache: AnswerCache;
  /** Bound of an answer in tokens; doubled once when an answer reaches it, as far as the window allows. */
  readonly outputTokens: number;
}

/** An answer that keeps the contract, its edits placed in the file; `raw` is the answer as JSON, the same from cache and model. */
export interface Said {
  readonly ok: true;
  readonly answer: Answer;
  readonly edits: readonly TextEdit[];
  readonly raw: string;
}

export interface Unsaid {
  readonly ok: false;
  readonly failure: Failure;
}

type Checked =
  Said | { readonly ok: false; readonly problem: string; readonly json: boolean; readonly by: "schema" | "apply" };
type Heard = { readonly ok: true; readonly text: string } | Unsaid;

/** Gets a usable answer from the cache or the model. */
export async function converse(
  conversation: Conversation,
  context: SuggestionContext,
  tools: Tools,
  run: Run,
): Promise<Said | Unsaid> {
  const secret = secretSent(conversation, context);
  if (secret)
    return { ok: false, failure: failure("skipped_secret", `the code seems to hold ${secret}; nothing was sent`) };
  const known = await recall(conversation, context, tools);
  if (known) return known;
  const said = await askTwice(conversation, context, tools, run);
  if (said.ok) await tools.cache.write(conversation, said.raw);
  return said;
}

/** Names a credential in what an edit would have to quote; everything else that is sent has been through `hidden`. */
export function secretSent({ turns }: Conversation, { declaration }: SuggestionContext): string | undefined {
  return secretIn([declaration.text, ...turns.map(turn => turn.text)].join("\n"));
}

/** A usable answer that the cache has; asks nobody. */
export async function recall(
  conversation: Conversation,
  context: SuggestionContext,
  { cache }: Pick<Tools, "cache">,
): Promise<Said | undefined> {
  const stored = await cache.read(conversation);
  const known = stored === undefined ? undefined : check(stored, context);
  return known?.ok === true ? known : undefined;
}

async function askTwice(
  conversation: Conversation,
  context: SuggestionContext,
  tools: Tools,
  run: Run,
): Promise<Said | Unsaid> {
  const first = await hear(conversation, tools, run, false);
  if (!first.ok) return first;
  const checked = check(first.text, context);
  if (checked.ok) return checked;
  // A server that ignores the schema answers in prose with status 200; asking for less may get more.
  const again = continued(conversation, first.text, `This answer cannot be used. ${checked.problem}`);
  const second = await hear(again, tools, run, !checked.json);
  if (!second.ok) return second;
  const mended = check(second.text, context);
  if (!mended.ok) return { ok: false, failure: failure("bad_output", mended.problem, { rejectedBy: mended.by }) };
  if (!checked.json) tools.client.preferLoose();
  return mended;
}

/** The model's text; an answer that was cut off is asked for once more with twice the room, or what the window has. */
export async function hear(conversation: Conversation, tools: Tools, run: Run, loosely: boolean): Promise<Heard> {
  const { client, outputTokens } = tools;
  const first = heardIn(await client.ask({ conversation, outputTokens, loosely }, run));
  if (first.ok || first.failure.status !== "truncated") return first;
  const more = Math.min(2 * outputTokens, client.window.roomAfter(conversation));
  return more > outputTokens ? heardIn(await client.ask({ conversation, outputTokens: more, loosely }, run)) : first;
}

function heardIn(reply: Reply): Heard {
  return reply.kind === "text" ? { ok: true, text: reply.text } : { ok: false, failure: reply.failure };
}

function check(text: string, context: SuggestionContext): Checked {
  const decoded = decodeAnswer(text);
  if (!decoded.ok) return { ...decoded, by: "schema" };
  const { answer } = decoded;
  const placed = answer.decision === "fix" ? resolveEdits(answer.edits, context) : { ok: true as const, edits: [] };
  return placed.ok
    ? { ok: true, answer, edits: placed.edits, raw: JSON.stringify(answer) }
    : { ok: false, problem: placed.problem, json: true, by: "apply" };
}
