/** What is known of arrays whose elements are deleted. */

/** Methods that leave holes out of what they answer. */
export const CLOSES_HOLES: ReadonlySet<string> = new Set(["filter", "flat", "flatMap"]);

/** Methods that put an element behind the last or before the first: what has a place in a row, not a number. */
export const KEEPS_ORDER: ReadonlySet<string> = new Set(["push", "unshift", "splice", "pop", "shift"]);

/** Searches that answer -1, with which `splice` would take the last element. */
export const SEARCHES: ReadonlySet<string> = new Set(["indexOf", "lastIndexOf", "findIndex", "findLastIndex"]);

const TYPED_ARRAYS: ReadonlySet<string> = new Set([
  "Buffer",
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
]);

/** Whether a builtin is an array of numbers in a buffer. */
export function isTypedArray(builtin: string): boolean {
  return TYPED_ARRAYS.has(builtin);
}
