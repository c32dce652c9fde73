/** Measures what rules take between two questions, with one look at the clock a turn: a large review has millions. */
import { performance } from "node:perf_hooks";

export interface Turns<Owner> {
  /** What has passed since the last turn was nobody's. */
  readonly begin: () => void;
  /** All that has passed since the last turn was this owner's. */
  readonly end: (owner: Owner) => void;
}

/** `onTurn` hears of each turn, in milliseconds. */
export function timed<Owner>(onTurn: (owner: Owner, ms: number) => void): Turns<Owner> {
  let last = performance.now();
  return {
    begin: () => {
      last = performance.now();
    },
    end: owner => {
      const now = performance.now();
      onTurn(owner, now - last);
      last = now;
    },
  };
}
