/** What is known of arrays whose elements are deleted. */
import { TYPED_ARRAYS } from "@review/analysis";

/** Methods that leave holes out of what they answer. */
export const CLOSES_HOLES: ReadonlySet<string> = new Set(["filter", "flat", "flatMap"]);

/** Methods that put an element behind the last or before the first: what has a place in a row, not a number. */
export const KEEPS_ORDER: ReadonlySet<string> = new Set(["push", "unshift", "splice", "pop", "shift"]);

/** Builtins that are arrays of numbers in a buffer. */
export const ARRAYS_OF_NUMBERS: ReadonlySet<string> = new Set([...TYPED_ARRAYS, "Buffer"]);
