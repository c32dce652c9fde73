/** One call for suggestions, as everything below it sees it. */
import type { Failure } from "./failures.ts";
import type { Gate } from "./gate.ts";

export interface Run {
  /** Aborts when the run is over before its time, with a `Failure` as its reason: what every open question then gets. */
  readonly signal: AbortSignal;
  readonly gate: Gate;
}

/** Why a run is over, or undefined while it goes on. */
export function endOf({ signal }: Run): Failure | undefined {
  return signal.aborted ? (signal.reason as Failure) : undefined;
}
