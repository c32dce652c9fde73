/** The arguments that builtin functions take, what becomes of others, and how ranges are put into words. */
import { quoted, type NumberRange, type Pass, type Report } from "@review/analysis";
import type { Node } from "@review/program/syntax";

/** A numeric argument of a builtin function and the values that it takes. */
export interface Limit {
  /** Its position; every argument from there on where `isRest`. */
  readonly index: number;
  readonly isRest?: boolean;
  readonly min: number;
  readonly max: number;
  /** A value outside the range that is fine as well. */
  readonly except?: number;
  /** What it takes, where the bounds alone would not say it. */
  readonly takes?: string;
  /** What a value outside leads to. */
  readonly effect: string;
  /** Tests pass such values on purpose. */
  readonly throws?: boolean;
  /** It holds for a call with one argument. */
  readonly isOnly?: boolean;
  readonly isMonth?: boolean;
}

const FRACTION: Omit<Limit, "min"> = { index: 0, max: 100, effect: "it throws a RangeError", throws: true };
const RADIX: Limit = { index: 0, min: 2, max: 36, effect: "it throws a RangeError", throws: true };
// Negative months count back on purpose.
const MONTH: Limit = {
  index: 0,
  isMonth: true,
  min: -Infinity,
  max: 11,
  takes: "a month from 0 to 11",
  effect: "the date rolls over into the next year",
};

/** Methods by name, with whose they are. */
export const METHOD_LIMITS: ReadonlyMap<string, { readonly owners: readonly string[]; readonly limit: Limit }> =
  new Map([
    ["toFixed", { owners: ["Number"], limit: { ...FRACTION, min: 0 } }],
    ["toExponential", { owners: ["Number"], limit: { ...FRACTION, min: 0 } }],
    ["toPrecision", { owners: ["Number"], limit: { ...FRACTION, min: 1 } }],
    ["toString", { owners: ["Number", "BigInt"], limit: RADIX }],
    ["repeat", { owners: ["String"], limit: { ...FRACTION, min: 0, max: Infinity } }],
    ["charAt", { owners: ["String"], limit: fromZero("it answers an empty text") }],
    ["charCodeAt", { owners: ["String"], limit: fromZero("it answers NaN") }],
    ["codePointAt", { owners: ["String"], limit: fromZero("it answers undefined") }],
    ["setMonth", { owners: ["Date"], limit: MONTH }],
    ["setUTCMonth", { owners: ["Date"], limit: MONTH }],
  ]);

function fromZero(effect: string): Limit {
  return { index: 0, min: 0, max: Infinity, effect };
}

const PARSED_RADIX: Limit = { index: 1, min: 2, max: 36, except: 0, effect: "it answers NaN" };
const UNIT: Limit = { index: 0, isRest: true, min: 0, max: 0xffff, effect: "it makes another character" };
const POINT: Limit = { ...UNIT, max: 0x10ffff, effect: "it throws a RangeError", throws: true };
const LENGTH: Limit = {
  index: 0,
  isOnly: true,
  min: 0,
  max: 2 ** 32 - 1,
  effect: "it throws a RangeError",
  throws: true,
};
const DELAY: Limit = { index: 1, min: -Infinity, max: 2 ** 31 - 1, effect: "the timer fires at once" };

/** Global functions, as they are written after `globalThis.`. */
export const GLOBAL_LIMITS: ReadonlyMap<string, Limit> = new Map([
  ["parseInt", PARSED_RADIX],
  ["Number.parseInt", PARSED_RADIX],
  ["String.fromCharCode", UNIT],
  ["String.fromCodePoint", POINT],
  ["Date.UTC", { ...MONTH, index: 1 }],
  ["Array", LENGTH],
  ["setTimeout", DELAY],
  ["setInterval", DELAY],
]);

/** Constructors. */
export const CONSTRUCTOR_LIMITS: ReadonlyMap<string, Limit> = new Map([
  ["Array", LENGTH],
  ["Date", { ...MONTH, index: 1 }],
]);

/** Timers that Node's modules export; those of `timers/promises` have the delay first. */
export const MODULE_LIMITS: ReadonlyMap<string, Limit> = new Map([
  ["timers.setTimeout", DELAY],
  ["timers.setInterval", DELAY],
  ["timers/promises.setTimeout", { ...DELAY, index: 0 }],
  ["timers/promises.setInterval", { ...DELAY, index: 0 }],
  ["timers/promises.scheduler.wait", { ...DELAY, index: 0 }],
]);

/** What such timers are called when they are imported. */
export const TIMER_NAMES: RegExp = /^(?:setTimeout|setInterval|sleep|wait|delay|pause)/i;

/** What stands for a number that is one too high, since the function counts from zero. */
export const COUNTED_FROM_ONE: ReadonlyMap<string, { readonly value: number; readonly meant: number }> = new Map([
  ["getMonth", { value: 12, meant: 11 }],
  ["getUTCMonth", { value: 12, meant: 11 }],
  ["getDay", { value: 7, meant: 0 }],
  ["getUTCDay", { value: 7, meant: 0 }],
]);

/** The days of a month that counts from zero; of February in a year that is not known, the most that it can have. */
export function daysIn(month: number, year: number | undefined): number {
  return new Date(Date.UTC(year ?? 2000, month + 1, 0)).getUTCDate();
}

/** Functions of `Math` whose result is sometimes one number only. */
export const FUNCTIONS_OF_MATH: ReadonlySet<string> = new Set(["floor", "trunc", "min", "max"]);

/** A range in words: "0 to 11", "-1 or more". */
export function rangeText({ min, max, isOpen }: Pick<NumberRange, "min" | "max" | "isOpen">): string {
  if (max === Infinity) return `${String(min)} or more`;
  if (min === -Infinity) return isOpen ? `less than ${String(max)}` : `${String(max)} or less`;
  if (min === max) return `always ${String(min)}`;
  return isOpen ? `at least ${String(min)} and less than ${String(max)}` : `${String(min)} to ${String(max)}`;
}

/** What to report of a place, given what follows from the range of its value. */
export function reportOf({ file }: Pass, subject: Node, range: NumberRange, so: string): Report {
  return {
    message: `${quoted(subject, file.sourceFile)} is ${rangeText(range)}, ${so}.`,
    evidence: [{ at: subject, message: `The values of this are ${rangeText(range)}.` }],
  };
}
