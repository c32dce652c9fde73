/** Methods whose answer is a position, or an order, and whose truth says little. */

/** Methods that answer -1 where nothing is found, by the builtins that have them. */
const POSITIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["String", new Set(["indexOf", "lastIndexOf", "search"])],
  ["Array", new Set(["indexOf", "lastIndexOf", "findIndex", "findLastIndex"])],
]);

const METHODS: ReadonlySet<string> = new Set(
  ["localeCompare"].concat(...[...POSITIONS.values()].map(names => [...names])),
);

/** Whether a method of this name may be one of them. */
export function isCandidate(name: string): boolean {
  return METHODS.has(name);
}

/** `position`: -1 where nothing is found, 0 for the first place. `order`: 0 where both are equal. */
export type Answer = "position" | "order";

/** What a method of a builtin answers; typed arrays have the methods of arrays. */
export function answerOf(builtin: string, method: string): Answer | undefined {
  if (method === "localeCompare") return builtin === "String" ? "order" : undefined;
  const owner = builtin.endsWith("Array") ? "Array" : builtin;
  return POSITIONS.get(owner)?.has(method) ? "position" : undefined;
}

/** What a method answers whose object has no type: by these names everything counts from 0, and answers -1 where it finds nothing. */
export function answerOfName(method: string): Answer | undefined {
  return POSITIONS.get("Array")?.has(method) ? "position" : undefined;
}
