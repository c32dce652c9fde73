/**
 * What is read off one function alone, as plain data: for each fact the places that make it true, and where the answer
 * depends on another function, which one. The answers themselves are searched for over these records (`search.ts`).
 */
import type { ArgumentUse } from "../models/facts.ts";

/** A function of the project: its file and the range of its text, which no two functions share. */
export type FunctionKey = string;

/**
 * What may be true of a function. All of them are about what may happen on some path, so that a place is proof:
 * - `throws`: a call may throw. Never an async function, whose errors reject; a generator's come while it is iterated.
 * - `rejects`: the promise that a call returns may be rejected.
 * - `impure`: a call does something besides making its result; throwing apart.
 * - `absent`: null or undefined is returned, or what an async function's promise gives, where others get a value.
 * - `shared`: something is returned that was there before, or that is no object.
 * - `this`: `this` or `super` is used, so that the function needs its receiver.
 * - `called:0`: the first parameter is called; see `ArgumentUse`.
 */
export type Fact = "throws" | "rejects" | "impure" | "absent" | "shared" | "this" | UseFact;
export type UseFact = `${ArgumentUse}:${number}`;
/** Something that concerns every use of a parameter. */
export type AnyUse = `*:${number}`;

/** Facts that are read off together: what a call does, what it gives, what becomes of its parameters. */
export type Part = "effects" | "results" | "uses";
export const PARTS: readonly Part[] = ["effects", "results", "uses"];

/** The part that a fact belongs to. A parameter may be changed by what is read for either of two. */
export function partsOf(fact: Fact): readonly Part[] {
  if (fact.startsWith("mutated:")) return ["uses", "effects"];
  if (fact === "absent" || fact === "shared") return ["results"];
  return fact.includes(":") || fact === "this" ? ["uses"] : ["effects"];
}

/** One record of several parts of the same function. */
export function joined(records: readonly FunctionRecord[]): FunctionRecord {
  const [first, ...more] = records as readonly [FunctionRecord, ...FunctionRecord[]];
  if (more.length === 0) return first;
  const causes: { [Each in Fact | AnyUse]?: readonly Cause[] } = { ...first.causes };
  for (const record of more) {
    for (const [fact, found] of Object.entries(record.causes) as [Fact, readonly Cause[]][]) {
      causes[fact] = [...(causes[fact] ?? []), ...found];
    }
  }
  return { ...first, causes };
}

export interface FunctionRecord {
  readonly key: FunctionKey;
  /** For messages: the name, or "the function". */
  readonly name: string;
  readonly file: string;
  /** Position of the parameter that takes all further arguments. */
  readonly rest: number | undefined;
  readonly causes: { readonly [Each in Fact | AnyUse]?: readonly Cause[] };
}

export interface Cause {
  /** Offsets of a node in the file of the function, with the blanks before it. */
  readonly pos: number;
  readonly end: number;
  /** What is said of the code there: "may throw". */
  readonly because: string;
  readonly lead: Lead;
}

/**
 * - `yes`, `unknown`: decided by the place alone.
 * - `unseen`: a promise of code that cannot be looked into, which as a rule may be rejected.
 * - `callee`: as the fact is for another function. `overridden` names the class whose heirs may replace that function.
 * - `argument`: as it is for the function that is passed as this parameter.
 * - `changes`: the object that is passed as this parameter, or `RECEIVER`, is changed, which matters where it is not the
 *   caller's own.
 * - `local`: a variable of the named function is changed, which matters where that one is not part of what is asked about.
 */
export type Lead =
  | { readonly kind: "yes" | "unknown" | "unseen" }
  | {
      readonly kind: "callee";
      readonly to: FunctionKey;
      readonly fact: Fact | AnyUse;
      /** What the call is made on, then its arguments. */
      readonly passed?: readonly Passed[];
      readonly overridden?: string;
    }
  | {
      readonly kind: "argument";
      readonly parameter: number;
      readonly fact: Fact;
      /** What holds where nobody knows what is passed. */
      readonly otherwise?: "unseen";
    }
  | { readonly kind: "changes"; readonly parameter: number }
  | { readonly kind: "local"; readonly of: FunctionKey };

/**
 * What is passed: a function; a parameter of the caller, by position; `OWN`, an object that only the caller has;
 * `OTHERS`, one that is known to be seen elsewhere; null for anything else.
 */
export type Passed = FunctionKey | number | null;

export const OWN = "own";
export const OTHERS = "others";
/** The position of `this` among the parameters. */
export const RECEIVER = -1;
