/** The ladder that a proposed fix goes up: where it stopped, and how near to the right code it came. */
import { tokensOf } from "@review/analysis";

/** Each rung and what it takes to stand on it, in order. */
export const RUNGS = {
  S0: "keeps the shape of an answer",
  S1: "its edits fit one place each, where they may be",
  S2: "parses",
  S3: "compiles, with names that exist",
  S4: "the finding is gone",
  S5: "no other finding has come",
  S6: "silences nothing and takes nothing away",
  S7: "exports and signatures are as they were",
  S8: "the tests pass",
  S9: "is the right code to the letter",
} as const;

export type Rung = keyof typeof RUNGS;

/** The rung that each check guards. */
const GUARDED: Readonly<Record<string, Rung>> = {
  ...{ schema: "S0", apply: "S1", reach: "S1", parse: "S2", types: "S3", names: "S3", finding: "S4", rules: "S5" },
  ...{ hatches: "S6", losses: "S6", surface: "S7", tests: "S8" },
};

/** The rung that a fix did not reach, by the check that turned it down; null where none did. */
export function missedRung(rejectedBy: string | null): Rung | null {
  return rejectedBy === null ? null : (GUARDED[rejectedBy] ?? null);
}

/** As far as a fix's end is known. */
export interface Climb {
  readonly outcome: string;
  readonly rejectedBy: string | null;
  /** Whether the user's tests passed with it; null where none were run. */
  readonly tests: boolean | null;
  /** Whether it gives the code that is known to be right; null where none is. */
  readonly restored: boolean | null;
}

/**
 * How many of the proposed fixes stand on each rung or above it. Null: nobody could know, since no tests were run or the
 * right code is not known. A fix is turned down by the first check that fails, and the cheap ones come first.
 */
export function reached(climbs: readonly Climb[]): Readonly<Record<Rung, number | null>> {
  const rungs = Object.keys(RUNGS) as Rung[];
  const proposed = climbs.filter(isFix);
  const known = { S8: proposed.some(({ tests }) => tests !== null), S9: proposed.some(one => one.restored !== null) };
  const count = (rung: Rung): number | null => {
    if ((rung === "S8" || rung === "S9") && !known[rung]) return null;
    return proposed.filter(climb => standsOn(climb, rung, rungs)).length;
  };
  return Object.fromEntries(rungs.map(rung => [rung, count(rung)])) as Record<Rung, number | null>;
}

/** A fix that was neither verified nor turned down ran out of time, which says nothing of it. */
export function isFix({ outcome, rejectedBy }: Pick<Climb, "outcome" | "rejectedBy">): boolean {
  return outcome === "verified" || missedRung(rejectedBy) !== null;
}

function standsOn({ rejectedBy, tests, restored }: Climb, rung: Rung, rungs: readonly Rung[]): boolean {
  const missed = missedRung(rejectedBy);
  if (missed !== null) return rungs.indexOf(rung) < rungs.indexOf(missed);
  if (rung === "S8") return tests === true;
  return rung === "S9" ? restored === true : true;
}

/** Code of which more differs is not compared. */
const MOST_TOKENS = 1_500;

/**
 * How far a text is from the right one, in tokens to be put in, taken out or replaced: as a share of how far the bug was. 0 is
 * the right code, 1 no nearer than the bug; undefined where there is too much to compare.
 */
export function distanceRatio(text: string, right: string, bug: string): number | undefined {
  const [own, wanted, given] = [text, right, bug].map(each => tokensOf(each, 0, each.length));
  const whole = distance(given ?? [], wanted ?? []);
  const left = distance(own ?? [], wanted ?? []);
  return whole === undefined || left === undefined || whole === 0 ? undefined : left / whole;
}

function distance(one: readonly string[], other: readonly string[]): number | undefined {
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < most - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  const a = one.slice(head, one.length - tail);
  const b = other.slice(head, other.length - tail);
  if (Math.max(a.length, b.length) > MOST_TOKENS) return undefined;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, token] of a.entries()) {
    const next = [index + 1];
    for (const [at, wanted] of b.entries()) {
      const replaced = (row[at] ?? 0) + (token === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1);
}
