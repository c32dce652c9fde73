/** Asks a model: bounded concurrency, attempts of our own, a budget, and what the server was found to understand. */
import pLimit from "p-limit";
import { DeadlineError, within, type Clock } from "../clock.ts";
import type { Ledger, Settlement } from "../ledger.ts";
import type { Conversation } from "../prompt.ts";
import { requestBody, type RequestBody } from "./bodies.ts";
import {
  both,
  isSame,
  firstCapabilities,
  outputLimitOf,
  weakerFormat,
  withoutRefused,
  type Capabilities,
} from "./capabilities.ts";
import {
  failure,
  failureOfException,
  failureOfStatus,
  isMissingModel,
  isTooLarge,
  serverErrorOf,
  type Failure,
  type ServerError,
} from "./failures.ts";
import type { Gate } from "./gate.ts";
import { readReply, type Reply } from "./replies.ts";
import { backOffMs } from "./waits.ts";
import type { Wire } from "./wire.ts";

export interface ModelSettings {
  readonly model: string;
  /** Absolute; ends in the API's version, such as `/v1`. */
  readonly baseUrl: string;
  readonly api: "auto" | "responses" | "chat";
  readonly concurrency: number;
  /** Milliseconds for one request, from sending to the last byte of the answer. */
  readonly attemptMs: number;
}

export interface ModelPorts {
  readonly wire: Wire;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly note: (text: string) => void;
}

/** One run's end: when the signal aborts, its reason is the failure that every open question gets. */
export interface Run {
  readonly signal: AbortSignal;
  readonly gate: Gate;
}

export interface Question {
  readonly conversation: Conversation;
  /** Bound of the answer in tokens, reasoning included. */
  readonly outputTokens: number;
  /** Ask for the answer's shape one step less strictly than known to work, because the stricter way just gave prose. */
  readonly loosely: boolean;
}

export interface ModelClient {
  /** Answers with text or with the failure that remained after all attempts; never rejects. */
  ask(question: Question, run: Run): Promise<Reply>;
  /** Tells that a question asked `loosely` worked where the strict one did not: from now on all are. */
  preferLoose(): void;
}

type Outcome = Reply | { readonly kind: "adapted" };

/** Makes a client for one model of one server. */
export function openModelClient(settings: ModelSettings, ports: ModelPorts): ModelClient {
  const { wire, ledger, clock, note } = ports;
  const host = new URL(settings.baseUrl).host;
  const limit = pLimit(settings.concurrency);
  let known = firstCapabilities(settings.baseUrl, settings.api);

  const learn = (learnt: Capabilities, what: string): Outcome => {
    const before = known;
    known = both(known, learnt);
    if (!isSame(before, known)) note(`${host}: ${what}`);
    return { kind: "adapted" };
  };

  const afterStatus = (error: ServerError, used: Capabilities): Outcome => {
    const missing = [404, 405, 501].includes(error.status) && !isMissingModel(error);
    if (used.api === "responses" && missing)
      return learn({ ...used, api: "chat" }, "no Responses API; using Chat Completions.");
    const complains = (error.status === 400 || error.status === 422) && !isTooLarge(error);
    const weaker = complains ? withoutRefused(used, error) : undefined;
    if (weaker)
      return learn(weaker, `refused a part of the request (${error.param || "unnamed"}); left out from now on.`);
    return failed(failureOfStatus(error, host, settings.model, clock.now()));
  };

  const send = async (request: RequestBody, used: Capabilities, run: Run): Promise<Outcome> => {
    try {
      const { contentType, body } = await within(settings.attemptMs, run.signal, signal => wire(request, signal));
      return readReply(used.api, host, contentType, body);
    } catch (error) {
      if (run.signal.aborted) return failed({ ...endOf(run), charge: "unknown" });
      const serverError = error instanceof DeadlineError ? undefined : serverErrorOf(error);
      return serverError ? afterStatus(serverError, used) : failed(failureOfException(error, host));
    }
  };

  const attempt = async (question: Question, run: Run): Promise<Outcome> => {
    const closed = await run.gate.pass(run.signal);
    if (run.signal.aborted) return failed(endOf(run));
    if (closed) return failed({ ...closed, attempts: 1 });
    const used = question.loosely ? (weakerFormat(known) ?? known) : known;
    const request = requestBody(question.conversation, settings.model, question.outputTokens, used);
    const reservation = await ledger.reserve({
      inputTokens: mostTokensOf(request),
      outputTokens: outputLimitOf(used) ? question.outputTokens : null,
    });
    if (!reservation.ok) return failed(failure("budget", reservation.reason));
    const outcome = run.signal.aborted ? failed(endOf(run)) : await send(request, used, run);
    reservation.settle(settlementOf(outcome));
    return outcome;
  };

  return {
    ask: (question, run) => withAttempts(limit, () => attempt(question, run), run, clock),
    preferLoose: () => {
      const weaker = weakerFormat(known);
      if (weaker) learn(weaker, `answers in prose when asked for ${known.format}; asking for ${weaker.format}.`);
    },
  };
}

type Step = { readonly reply: Reply } | { readonly waitMs: number };

/** Tries until an answer or a failure that another attempt would not mend. The pauses are outside the slots of `p-limit`. */
async function withAttempts(
  inSlot: (work: () => Promise<Step>) => Promise<Step>,
  attempt: () => Promise<Outcome>,
  run: Run,
  clock: Clock,
): Promise<Reply> {
  let failures = 0;
  for (;;) {
    // What an answer means for all is said before its slot is free: the next request must not slip past a closed gate.
    const step = await inSlot(async () => {
      const outcome = await attempt();
      if (outcome.kind === "failed") failures++;
      return stepAfter(outcome, failures, run, clock);
    });
    if ("reply" in step) return step.reply;
    if (step.waitMs > 0) await clock.sleep(step.waitMs, run.signal);
  }
}

function stepAfter(outcome: Outcome, failures: number, { signal, gate }: Run, clock: Clock): Step {
  if (outcome.kind === "adapted") return { waitMs: 0 };
  if (outcome.kind === "text") {
    gate.answered();
    return { reply: outcome };
  }
  const { failure: failed } = outcome;
  if (signal.aborted) return { reply: outcome };
  if (failures >= failed.attempts) {
    gate.gaveUp(failed);
    return { reply: outcome };
  }
  const wait = failed.waitMs ?? backOffMs(failures, clock.random());
  if (failed.status !== "rate_limited") return { waitMs: wait };
  gate.pause(wait);
  return { waitMs: 0 };
}

function failed(failure: Failure): Reply {
  return { kind: "failed", failure, usage: undefined };
}

function endOf(run: Run): Failure {
  return run.signal.reason as Failure;
}

function settlementOf(outcome: Outcome): Settlement {
  if (outcome.kind === "adapted") return "nothing";
  if (outcome.usage) return outcome.usage;
  return outcome.kind === "text" ? "unknown" : outcome.failure.charge;
}

/** A token is at least one byte; what a server adds around messages fits in the surplus. */
function mostTokensOf({ body }: RequestBody): number {
  return Buffer.byteLength(JSON.stringify(body)) + 256;
}
