/** One question until its answer can be used: cache, secrets, truncation, and one chance to mend an answer that breaks the contract. */
import type { TextEdit } from "@review/findings";
import { decodeAnswer, type Answer } from "./answer.ts";
import type { AnswerCache } from "./answer-cache.ts";
import { resolveEdits } from "./edits.ts";
import { failure, type Failure } from "./model/failures.ts";
import type { ModelClient } from "./model/model-client.ts";
import type { Run } from "./model/run.ts";
import { continued, type Conversation } from "./prompt.ts";
import type { SuggestionContext } from "./request.ts";
import { secretIn } from "./secrets.ts";

export interface Tools {
  readonly client: ModelClient;
  readonly cache: AnswerCache;
  /** Bound of an answer in tokens; doubled once when an answer reaches it. */
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

type Checked = Said | { readonly ok: false; readonly problem: string; readonly json: boolean };
type Heard = { readonly ok: true; readonly text: string } | Unsaid;

/** Gets a usable answer from the cache or the model. */
export async function converse(
  conversation: Conversation,
  context: SuggestionContext,
  tools: Tools,
  run: Run,
): Promise<Said | Unsaid> {
  // Everything else that is sent has been through `hidden`; this is what an edit would have to quote.
  const secret = secretIn([context.declaration.text, ...conversation.turns.map(turn => turn.text)].join("\n"));
  if (secret)
    return { ok: false, failure: failure("skipped_secret", `the code seems to hold ${secret}; nothing was sent`) };
  const stored = await tools.cache.read(conversation);
  const known = stored === undefined ? undefined : check(stored, context);
  if (known?.ok) return known;
  const said = await askTwice(conversation, context, tools, run);
  if (said.ok) await tools.cache.write(conversation, said.raw);
  return said;
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
  if (!mended.ok) return { ok: false, failure: failure("bad_output", mended.problem) };
  if (!checked.json) tools.client.preferLoose();
  return mended;
}

/** The model's text; an answer that was cut off is asked for once more with twice the room. */
export async function hear(conversation: Conversation, tools: Tools, run: Run, loosely: boolean): Promise<Heard> {
  for (const outputTokens of [tools.outputTokens, 2 * tools.outputTokens]) {
    const reply = await tools.client.ask({ conversation, outputTokens, loosely }, run);
    if (reply.kind === "text") return { ok: true, text: reply.text };
    const isLast = outputTokens > tools.outputTokens;
    if (isLast || reply.failure.status !== "truncated") return { ok: false, failure: reply.failure };
  }
  throw new Error("unreachable: the last attempt returns");
}

function check(text: string, context: SuggestionContext): Checked {
  const decoded = decodeAnswer(text);
  if (!decoded.ok) return decoded;
  const { answer } = decoded;
  const placed = answer.decision === "fix" ? resolveEdits(answer.edits, context) : { ok: true as const, edits: [] };
  return placed.ok
    ? { ok: true, answer, edits: placed.edits, raw: JSON.stringify(answer) }
    : { ok: false, problem: placed.problem, json: true };
}
