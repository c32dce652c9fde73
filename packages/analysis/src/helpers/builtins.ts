/** Names of the language's own classes and methods that several rules ask about. */

/** Arrays of numbers in a buffer. */
export const TYPED_ARRAYS: readonly string[] = [
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float16Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
];

/** The methods that take what a promise calls when it settles. */
export const PROMISE_METHODS: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/** Methods of arrays that ask their callback for yes or no, and look at its answer at once. */
export const PREDICATE_METHODS: ReadonlySet<string> = new Set([
  "every",
  "filter",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "some",
]);

/** The methods of an array that give an index, or -1. */
export const INDEX_SEARCHES: ReadonlySet<string> = new Set(["indexOf", "lastIndexOf", "findIndex", "findLastIndex"]);
