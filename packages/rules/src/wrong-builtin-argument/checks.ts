/** Which checks belong to which builtin. */
import { TYPED_ARRAYS } from "@review/analysis";
import type { Check } from "./fault.ts";
import { ofInteger, ofListing, ofMaximum, ofStringify } from "./globals.ts";
import { functionForElement, spliceEnd } from "./arrays.ts";
import {
  emptyRange,
  indexAsLength,
  negativeSubstring,
  patternAsText,
  patternForText,
  splitLimit,
  swappedPadding,
} from "./texts.ts";

const STRING: ReadonlySet<string> = new Set(["String"]);
const ARRAY: ReadonlySet<string> = new Set(["Array", "ReadonlyArray"]);
const LISTS: ReadonlySet<string> = new Set([...STRING, ...ARRAY, ...TYPED_ARRAYS]);

/** Checks of a method of some builtins. */
export interface MethodChecks {
  readonly owners: ReadonlySet<string>;
  readonly checks: readonly Check[];
}

const of = (owners: ReadonlySet<string>, ...checks: readonly Check[]): MethodChecks => ({ owners, checks });

/** By name of the method. */
export const METHODS: ReadonlyMap<string, readonly MethodChecks[]> = new Map([
  ["indexOf", [of(STRING, patternAsText), of(ARRAY, functionForElement)]],
  ["lastIndexOf", [of(STRING, patternAsText), of(ARRAY, functionForElement)]],
  ["join", [of(ARRAY, functionForElement)]],
  ["includes", [of(STRING, patternForText), of(ARRAY, functionForElement)]],
  ["startsWith", [of(STRING, patternForText)]],
  ["endsWith", [of(STRING, patternForText)]],
  ["substring", [of(STRING, negativeSubstring, emptyRange)]],
  ["substr", [of(STRING, indexAsLength)]],
  ["slice", [of(LISTS, emptyRange)]],
  ["splice", [of(ARRAY, spliceEnd)]],
  ["split", [of(STRING, splitLimit)]],
  ["padStart", [of(STRING, swappedPadding)]],
  ["padEnd", [of(STRING, swappedPadding)]],
]);

/** By the global and its function. */
export const GLOBALS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["JSON.stringify", ofStringify],
  ["Math.max", ofMaximum],
  ["Math.min", ofMaximum],
  ...["keys", "values", "entries"].map(name => [`Object.${name}`, ofListing] as const),
  ...["isNaN", "isFinite", "isInteger", "isSafeInteger"].map(name => [`Number.${name}`, ofInteger] as const),
]);
