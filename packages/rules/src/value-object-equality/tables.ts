/** Classes whose objects stand for a value, and how two of them are compared by it. */

/** How to write a comparison by value: `a.name(b)`, or `a.name === b.name`. */
export interface Comparison {
  readonly name: string;
  readonly isMethod: boolean;
}

export interface ValueClass {
  readonly name: string;
  /** Absent where there is no short way. */
  readonly comparison?: Comparison;
  /** Whether names of such an object are compared on purpose: memory that views share, one of a set of patterns. */
  readonly isOftenShared?: boolean;
}

const byText = (name: string): Comparison => ({ name, isMethod: false });
const byMethod = (name: string): Comparison => ({ name, isMethod: true });

const BUILTIN: readonly ValueClass[] = [
  { name: "Date", comparison: byText("getTime()") },
  { name: "URL", comparison: byText("href") },
  { name: "URLSearchParams", comparison: byText("toString()") },
  { name: "RegExp", comparison: byText("toString()"), isOftenShared: true },
  { name: "Buffer", comparison: byMethod("equals") },
  ...names("ArrayBuffer SharedArrayBuffer DataView").map(name => ({ name, isOftenShared: true })),
  ...names(
    "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array",
  ).map(name => ({ name })),
];

export const BUILTINS: ReadonlyMap<string, ValueClass> = new Map(BUILTIN.map(each => [each.name, each]));

const TEMPORAL: ReadonlySet<string> = new Set(
  names("PlainDate PlainTime PlainDateTime PlainYearMonth PlainMonthDay ZonedDateTime Instant Duration"),
);
const JODA = "LocalDate LocalTime LocalDateTime ZonedDateTime Instant Duration Period Year YearMonth";
const BSON = "ObjectId ObjectID Decimal128 Long UUID Timestamp Binary";

const LIBRARIES: ReadonlyMap<string, readonly [classes: ReadonlySet<string>, method: string]> = new Map([
  library("decimal.js", "Decimal", "equals"),
  library("decimal.js-light", "Decimal", "equals"),
  library("@prisma/client", "Decimal", "equals"),
  library("big.js", "Big", "eq"),
  library("bignumber.js", "BigNumber", "isEqualTo"),
  library("bn.js", "BN", "eq"),
  library("long", "Long", "equals"),
  library("fraction.js", "Fraction", "equals"),
  library("@ethersproject/bignumber", "BigNumber", "eq"),
  library("moment", "Moment", "isSame"),
  library("dayjs", "Dayjs", "isSame"),
  library("luxon", "DateTime Duration Interval", "equals"),
  library("@js-joda/core", JODA, "equals"),
  library("bson", BSON, "equals"),
  library("mongodb", BSON, "equals"),
  library("mongoose", BSON, "equals"),
]);

function library(
  name: string,
  classes: string,
  method: string,
): [name: string, entry: readonly [classes: ReadonlySet<string>, method: string]] {
  return [name, [new Set(names(classes)), method]];
}

/** A class of one of the date, decimal and identifier libraries that are known by name. */
export function libraryClass(packageName: string, name: string): ValueClass | undefined {
  const [classes, method] = LIBRARIES.get(packageName) ?? [];
  return classes?.has(name) && method !== undefined ? { name, comparison: byMethod(method) } : undefined;
}

/** A class in the namespace `Temporal`, the language's own or a polyfill's. */
export function temporalClass(name: string): ValueClass | undefined {
  if (!TEMPORAL.has(name)) return undefined;
  return name === "Duration" ? { name } : { name, comparison: byMethod("equals") };
}

const LIBRARY_NAMES: ReadonlySet<string> = new Set([...LIBRARIES.values()].flatMap(([classes]) => [...classes]));

/** Whether it is worth asking where a class of this name comes from. */
export function mayBeValueClass(name: string): boolean {
  return LIBRARY_NAMES.has(name) || TEMPORAL.has(name);
}

/** Names that announce a comparison with what was there before, or with one object that stands for something. */
export const REMEMBERED: RegExp =
  /^[_$#]*(?:prev|previous|last|old|cached?|current|next|memo|saved|stored|known|initial|original|before|after|empty|none|nothing|sentinel|placeholder|default|invalid)(?![a-z])/;
export const CONSTANT: RegExp = /^_?[A-Z][A-Z0-9_]+$/;

/** Functions and methods that compare by value: where one is at work on an operand, identity is the short cut. */
export const COMPARES: RegExp =
  /^(?:getTime|valueOf|toString|toISOString|toJSON|href|source|isSame|is(?:Equal|Before|After)\w*|compare\w*|cmp|eq|\w*[eE]quals?\w*|same\w*|\w*Same\w*|timingSafeEqual|byteLength|length|diff\w*)$/;

function names(text: string): readonly string[] {
  return text.split(" ");
}
