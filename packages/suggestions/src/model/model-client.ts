/** Asks a model until there is an answer or no point in going on: attempts of our own, bounded in number and at a time. */
import pLimit from "p-limit";
import type { Clock } from "../clock.ts";
import { attempt, type Outcome, type Question, type Server } from "./attempt.ts";
import { weakerFormat } from "./capabilities.ts";
import type { ContextWindow } from "./context-window.ts";
import type { Reply } from "./replies.ts";
import { endOf, type Run } from "./run.ts";
import { backOffMs } from "./waits.ts";

export interface ModelClient {
  /** Answers with text or with the failure that remained after all attempts; never rejects. */
  ask(question: Question, run: Run): Promise<Reply>;
  /** Tells that a question asked `loosely` worked where the strict one did not: from now on all are. */
  preferLoose(): void;
  /** What is known of the model's window. */
  readonly window: Pick<ContextWindow, "isKnown" | "roomAfter">;
}

/** Makes a client that has at most so many requests under way at a time. */
export function openModelClient(server: Server, concurrency: number): ModelClient {
  const { clock, memo } = server;
  const limit = pLimit(concurrency);
  const adjust = adjusting(limit, concurrency);
  return {
    window: server.window,
    ask: async (question, run) => {
      for (let failures = 0; ;) {
        // What an answer means for all is said before its slot is free: the next request must not slip past a closed gate.
        const step = await limit(async () => {
          const outcome = await attempt(question, server, run);
          if (outcome.kind === "failed") failures++;
          adjust(outcome);
          return stepAfter(outcome, failures, run, clock);
        });
        if ("reply" in step) return step.reply;
        // Outside the slot: another question may be asked meanwhile.
        if (step.waitMs > 0) await clock.sleep(step.waitMs, run.signal);
      }
    },
    preferLoose: () => {
      const { format } = memo.current();
      const weaker = weakerFormat(memo.current());
      if (weaker) memo.learn(weaker, `answers in prose when asked for ${format}; asking for ${weaker.format}`);
    },
  };
}

/** So many answers in a row let one request more be under way. */
const answersInARow = 20;

/** A server that limits the rate gets half as many requests at a time, and slowly more again as it answers. */
function adjusting(limit: { concurrency: number }, most: number): (outcome: Outcome) => void {
  let inARow = 0;
  return outcome => {
    if (outcome.kind === "text") inARow++;
    else if (outcome.kind === "failed" && outcome.failure.status === "rate_limited") {
      limit.concurrency = Math.max(1, Math.floor(limit.concurrency / 2));
      inARow = 0;
    }
    if (inARow < answersInARow || limit.concurrency >= most) return;
    limit.concurrency++;
    inARow = 0;
  };
}

type Step = { readonly reply: Reply } | { readonly waitMs: number };

function stepAfter(outcome: Outcome, failures: number, run: Run, clock: Clock): Step {
  if (outcome.kind === "adapted") return { waitMs: 0 };
  if (outcome.kind === "text") {
    run.gate.answered();
    return { reply: outcome };
  }
  const { failure } = outcome;
  if (endOf(run)) return { reply: outcome };
  if (failures >= failure.attempts) {
    run.gate.gaveUp(failure);
    return { reply: outcome };
  }
  const waitMs = failure.waitMs ?? backOffMs(failures, clock.random());
  if (failure.status !== "rate_limited") return { waitMs };
  run.gate.pause(waitMs);
  return { waitMs: 0 };
}
