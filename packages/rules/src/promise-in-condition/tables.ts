/** What asks a callback yes or no and looks at its answer at once. */

export const PREDICATE_METHODS: ReadonlySet<string> = new Set([
  "every",
  "filter",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "some",
]);

/** The builtins that have such methods: arrays, typed arrays and iterators. */
export const SEQUENCES: RegExp =
  /^(?:Readonly)?Array$|^(?:Uint8Clamped|(?:Big)?(?:Ui|I)nt\d+|Float\d+)Array$|^(?:Array|Map|Set|String)Iterator$|^Iterator(?:Object)?$|^Generator$/;
