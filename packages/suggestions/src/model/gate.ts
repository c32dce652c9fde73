/** What all requests of one run share: the pause that a rate limit imposes, and the circuit that opens when asking on is pointless. */
import type { Clock } from "../clock.ts";
import type { Failure } from "./failures.ts";

export interface Gate {
  /** Passes when no pause is on; answers with the failure that every further question gets, if there is one. */
  pass(signal: AbortSignal): Promise<Failure | undefined>;
  /** Holds every request for so many milliseconds from now; a longer pause that is on stays. */
  pause(ms: number): void;
  /** Lets no question through any more. */
  close(failure: Failure): void;
  /** A question was given up for good. */
  gaveUp(failure: Failure): void;
  /** A question was answered. */
  answered(): void;
}

/** So many questions in a row, each given up after all its attempts, mean that the server is down. */
const questionsInARow = 3;

/** Opens a gate for one run. */
export function openGate(clock: Clock): Gate {
  let until = 0;
  let inARow = 0;
  let closed: Failure | undefined;
  return {
    pass: async signal => {
      while (!closed && !signal.aborted && clock.now() < until) await clock.sleep(until - clock.now(), signal);
      return closed;
    },
    pause: ms => {
      until = Math.max(until, clock.now() + ms);
    },
    close: failure => {
      closed ??= failure;
    },
    gaveUp: failure => {
      inARow = failure.attempts > 1 ? inARow + 1 : 0;
      if (failure.final || inARow >= questionsInARow) closed ??= failure;
    },
    answered: () => {
      inARow = 0;
    },
  };
}
