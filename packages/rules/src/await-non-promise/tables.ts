/** What the language's library waits for, and what it iterates over without waiting. */

/** The functions of `Promise` that wait for a list. */
export const COMBINATORS: ReadonlySet<string> = new Set(["all", "allSettled", "race", "any"]);

/** Builtins whose iterators are synchronous. */
export const SYNCHRONOUS_ITERABLES: ReadonlySet<string> = new Set([
  ...["Array", "ReadonlyArray", "Set", "ReadonlySet"],
  ...["Generator", "ArrayIterator", "SetIterator"],
]);
