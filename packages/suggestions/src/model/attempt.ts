/** One request: through the gate, within the budget, in the words that the server understands, and what came of it. */
import { DeadlineError, within, type Clock } from "../clock.ts";
import type { Ledger, Settlement } from "../ledger.ts";
import type { Conversation } from "../prompt.ts";
import { requestBody, type RequestBody } from "./bodies.ts";
import { outputLimitOf, weakerFormat, withoutRefused, type Capabilities, type CapabilityMemo } from "./capabilities.ts";
import type { ContextWindow } from "./context-window.ts";
import { failureOfException } from "./exceptions.ts";
import { failure, type Failure } from "./failures.ts";
import { readReply, type Reply } from "./replies.ts";
import { endOf, type Run } from "./run.ts";
import { failureOfStatus, isMissingModel, isTooLarge, serverErrorOf, type ServerError } from "./server-errors.ts";
import type { Wire } from "./wire.ts";

export interface Question {
  readonly conversation: Conversation;
  /** Bound of the answer in tokens, reasoning included. */
  readonly outputTokens: number;
  /** Ask for the answer's shape one step less strictly than known to work, because the stricter way just gave prose. */
  readonly loosely: boolean;
}

/** A model and the way to it. */
export interface Server {
  readonly model: string;
  readonly host: string;
  /** Milliseconds for one request, from sending to the last byte of the answer. */
  readonly attemptMs: number;
  readonly wire: Wire;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly memo: CapabilityMemo;
  readonly window: ContextWindow;
}

/** `adapted`: the server refused a part of the request that the next attempt leaves out. */
export type Outcome = Reply | { readonly kind: "adapted" };

/** Asks once; never rejects. */
export async function attempt(question: Question, server: Server, run: Run): Promise<Outcome> {
  const closed = await run.gate.pass(run.signal);
  const stop = endOf(run) ?? (closed && { ...closed, attempts: 1 });
  if (stop) return failed(stop);
  const known = server.memo.current();
  const used = question.loosely ? (weakerFormat(known) ?? known) : known;
  const objection = server.window.objectionTo(question);
  if (objection !== undefined) return failed(failure("too_large", objection, { isForeseen: true }));
  const request = requestBody(question.conversation, server.model, question.outputTokens, used);
  const reservation = await server.ledger.reserve({
    inputTokens: mostTokensOf(request),
    outputTokens: outputLimitOf(used) ? question.outputTokens : null,
  });
  if (!reservation.ok) return failed(failure("budget", reservation.reason));
  const end = endOf(run);
  const outcome = end ? failed(end) : await send(question, request, used, server, run);
  reservation.settle(end ? "unsent" : settlementOf(outcome));
  return outcome;
}

async function send(
  question: Question,
  request: RequestBody,
  used: Capabilities,
  server: Server,
  run: Run,
): Promise<Outcome> {
  const { attemptMs, host, wire } = server;
  try {
    const { contentType, body } = await within(attemptMs, run.signal, signal => wire(request, signal));
    const reply = readReply(used.api, host, contentType, body);
    if (reply.usage) server.window.counted(question, reply.usage.inputTokens);
    return reply;
  } catch (error) {
    const end = endOf(run);
    if (end) return failed({ ...end, charge: "unknown" });
    const said = error instanceof DeadlineError ? undefined : serverErrorOf(error);
    if (said && isTooLarge(said)) server.window.refused(question, said);
    return said ? afterError(said, used, server) : failed(failureOfException(error, host));
  }
}

function afterError(error: ServerError, used: Capabilities, server: Server): Outcome {
  const { memo, host, model, clock } = server;
  const isMissing = [404, 405, 501].includes(error.status) && !isMissingModel(error);
  if (used.api === "responses" && isMissing) {
    memo.learn({ ...used, api: "chat" }, "no Responses API; using Chat Completions");
    return { kind: "adapted" };
  }
  const complains = (error.status === 400 || error.status === 422) && !isTooLarge(error);
  const weaker = complains ? withoutRefused(used, error) : undefined;
  if (!weaker) return failed(failureOfStatus(error, host, model, clock.now()));
  memo.learn(weaker, `refused ${error.param || "a part of the request"}; left out from now on`);
  return { kind: "adapted" };
}

function failed(failure: Failure): Reply {
  return { kind: "failed", failure, usage: undefined };
}

function settlementOf(outcome: Outcome): Settlement {
  if (outcome.kind === "adapted") return "nothing";
  if (outcome.usage) return outcome.usage;
  return outcome.kind === "text" ? "unknown" : outcome.failure.charge;
}

/** A token is at least one byte; what a server adds around messages fits in the surplus. */
export function mostTokensOf({ body }: RequestBody): number {
  return Buffer.byteLength(JSON.stringify(body)) + 256;
}
