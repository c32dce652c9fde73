/**
 * Answers a question about a function by searching the records of all that it leads to, nearest first, for a place that
 * proves it. Functions that call each other in circles need no care: each is visited once, and what no visit proves is
 * not so. The answer depends on the code alone, not on what was asked before.
 */
import type { Ask } from "../ask.ts";
import {
  OTHERS,
  OWN,
  type AnyUse,
  type Cause,
  type Fact,
  type FunctionKey,
  type FunctionRecord,
  type Passed,
} from "./record.ts";

export type Verdict = "no" | "yes" | "unknown";

export interface Answer {
  readonly verdict: Verdict;
  /** Whether an unknown answer leads to a promise of code that cannot be looked into. */
  readonly isUnseen?: boolean;
  /** The way from the function to the place that proves it, or keeps it open; empty for "no". */
  readonly steps: readonly AnswerStep[];
}

/** Whether an answer about a promise says that it may be rejected, or leads to code of which nobody says that it cannot. */
export function mayBeRejected({ verdict, isUnseen }: Answer): boolean {
  return verdict === "yes" || isUnseen === true;
}

export interface AnswerStep {
  /** The function that the step stands in. */
  readonly fn: FunctionKey;
  readonly file: string;
  /** Offsets of a node, with the blanks before it. */
  readonly pos: number;
  readonly end: number;
  /** What is said of the code there: "may throw". */
  readonly because: string;
}

export interface SearchPort {
  /** What concerns a fact in the record of a function. */
  recordOf(key: FunctionKey, fact: Fact): Ask<FunctionRecord>;
  /** Whether some class extends one of this name. */
  hasHeirs(className: string): boolean;
  onGivenUp(): void;
}

/** Functions that one question looks into. */
const MOST_VISITS = 300;
/** Calls between the function and the place that decides. */
const DEEPEST = 24;

interface Visit {
  readonly record: FunctionRecord;
  readonly fact: Fact;
  /** What the function is called on and given; undefined for the one that is asked about. */
  readonly given: readonly Passed[] | undefined;
  readonly from: { readonly visit: Visit; readonly cause: Cause } | undefined;
  readonly depth: number;
}

/** A place that keeps the question open, if nothing else decides it. */
interface Doubt {
  readonly visit: Visit;
  readonly cause: Cause;
  /** Doubtful only if this class has heirs. */
  readonly overridden: string | undefined;
  readonly isUnseen?: boolean;
}

interface Search {
  readonly port: SearchPort;
  readonly queue: Visit[];
  readonly seen: Set<string>;
  readonly doubts: Doubt[];
}

export function* search(port: SearchPort, record: FunctionRecord, fact: Fact): Ask<Answer> {
  const at: Search = { port, queue: [], seen: new Set(), doubts: [] };
  at.queue.push({ record, fact, given: undefined, from: undefined, depth: 0 });
  for (let next = 0; next < at.queue.length; next++) {
    const visit = at.queue[next] as Visit;
    if (next >= MOST_VISITS) {
      port.onGivenUp();
      return { verdict: "unknown", steps: stepsTo(visit, undefined) };
    }
    for (const cause of causesOf(visit)) {
      if (yield* decides(at, visit, cause)) return { verdict: "yes", steps: stepsTo(visit, cause) };
    }
  }
  return conclude(at);
}

function causesOf({ record, fact }: Visit): readonly Cause[] {
  const own = record.causes[fact] ?? [];
  const [use, position] = fact.split(":");
  const any: readonly Cause[] = use && position ? (record.causes[`*:${Number(position)}`] ?? []) : [];
  return any.length === 0 ? own : [...own, ...any];
}

/** Whether a cause proves the fact; else it is followed, or kept as a doubt. */
function* decides(at: Search, visit: Visit, cause: Cause): Ask<boolean> {
  const { lead } = cause;
  switch (lead.kind) {
    case "yes":
      return true;
    case "unknown":
    case "unseen":
      at.doubts.push({ visit, cause, overridden: undefined, isUnseen: lead.kind === "unseen" });
      return false;
    case "local":
      return !isInside(visit, lead.of);
    case "changes":
      return changesForeign(at, visit, cause, lead.parameter);
    case "argument": {
      const passed = visit.given?.[lead.parameter + 1];
      if (typeof passed !== "string" || passed === OWN || passed === OTHERS)
        at.doubts.push({ visit, cause, overridden: undefined, isUnseen: lead.otherwise === "unseen" });
      else yield* follow(at, visit, cause, passed, lead.fact, undefined);
      return false;
    }
    case "callee": {
      if (lead.overridden !== undefined) at.doubts.push({ visit, cause, overridden: lead.overridden });
      const given = (lead.passed ?? []).map(each => resolved(each, visit.given));
      yield* follow(at, visit, cause, lead.to, factOf(lead.fact, visit.fact), given);
      return false;
    }
  }
}

/** What is asked about every use is asked about the same use as before. */
function factOf(fact: Fact | AnyUse, asked: Fact): Fact {
  if (!fact.startsWith("*:")) return fact as Fact;
  return `${asked.split(":")[0] ?? ""}${fact.slice(1)}` as Fact;
}

/** A parameter that is passed on is what was given for it. */
function resolved(passed: Passed, given: readonly Passed[] | undefined): Passed {
  if (typeof passed !== "number") return passed;
  return given === undefined ? passed : (given[passed + 1] ?? null);
}

/** What only the caller has may be changed; of anything but the parameters of the function itself, little is known. */
function changesForeign(at: Search, visit: Visit, cause: Cause, parameter: number): boolean {
  if (visit.given === undefined) return true;
  const passed = visit.given[parameter + 1] ?? null;
  if (passed === OWN) return false;
  if (typeof passed === "number" || passed === OTHERS) return true;
  at.doubts.push({ visit, cause, overridden: undefined });
  return false;
}

function isInside(visit: Visit, key: FunctionKey): boolean {
  for (let at: Visit | undefined = visit; at; at = at.from?.visit) if (at.record.key === key) return true;
  return false;
}

function* follow(
  at: Search,
  visit: Visit,
  cause: Cause,
  to: FunctionKey,
  fact: Fact,
  given: readonly Passed[] | undefined,
): Ask<void> {
  const name = `${to} ${fact} ${given?.join() ?? ""}`;
  if (at.seen.has(name)) return;
  at.seen.add(name);
  if (visit.depth >= DEEPEST) {
    at.port.onGivenUp();
    at.doubts.push({ visit, cause, overridden: undefined });
    return;
  }
  const record = yield* at.port.recordOf(to, fact);
  // Behind the position of a rest parameter, several arguments share one.
  at.queue.push({ record, fact, given: given ?? [], from: { visit, cause }, depth: visit.depth + 1 });
}

function conclude({ port, doubts }: Search): Answer {
  const unseen = doubts.find(({ isUnseen }) => isUnseen);
  if (unseen) return { verdict: "unknown", isUnseen: true, steps: stepsTo(unseen.visit, unseen.cause) };
  for (const { visit, cause, overridden } of doubts) {
    const isOpen = overridden === undefined || overridden === "" || port.hasHeirs(overridden);
    if (isOpen) return { verdict: "unknown", steps: stepsTo(visit, cause) };
  }
  return { verdict: "no", steps: [] };
}

function stepsTo(visit: Visit, last: Cause | undefined): readonly AnswerStep[] {
  const steps: AnswerStep[] = last ? [stepOf(visit, last)] : [];
  for (let { from } = visit; from; { from } = from.visit) steps.unshift(stepOf(from.visit, from.cause));
  return steps;
}

function stepOf({ record }: Visit, { pos, end, because }: Cause): AnswerStep {
  return { fn: record.key, file: record.file, pos, end, because };
}
