/** What `typeof` answers, and what people take it to answer. */

/** "unknown" is what old versions of Internet Explorer answered for objects of theirs. */
export const ANSWERS: ReadonlySet<string> = new Set([
  "undefined",
  "object",
  "boolean",
  "number",
  "bigint",
  "string",
  "symbol",
  "function",
  "unknown",
]);

/** Globals that values are compared with by `instanceof`, and not by their `typeof`. */
export const CLASSES: ReadonlySet<string> = new Set([
  "String",
  "Number",
  "Boolean",
  "Function",
  "Object",
  "Symbol",
  "BigInt",
  "Array",
  "Date",
  "RegExp",
  "Error",
]);

const OBJECT = ': it answers "object" for every object.';

/** Kinds of values that `typeof` does not tell apart, in lower case, with the end of the message. */
export const HINTS: ReadonlyMap<string, string> = new Map([
  ["array", ': it answers "object" for arrays, which `Array.isArray` knows.'],
  ["null", ': it answers "object" for null.'],
  ["nan", ': it answers "number" for NaN.'],
  ["integer", ': it answers "number" for every number.'],
  ["int", ': it answers "number" for every number.'],
  ["float", ': it answers "number" for every number.'],
  ["class", ': it answers "function" for classes.'],
  ["date", OBJECT],
  ["regexp", OBJECT],
  ["regex", OBJECT],
  ["error", OBJECT],
  ["map", OBJECT],
  ["set", OBJECT],
  ["promise", OBJECT],
]);

/** Fewer characters than this many must be changed for a text to be taken for a misspelled answer. */
const FARTHEST = 3;

/** The answer that a text is a misspelling of, where there is one. */
export function meantBy(text: string): string | undefined {
  const written = text.trim().toLowerCase();
  if (HINTS.has(written)) return undefined;
  let best: string | undefined;
  let least = FARTHEST;
  for (const answer of ANSWERS) {
    if (answer === "unknown") continue;
    const distance = answer.startsWith(written) && written.length > 2 ? 1 : distanceOf(written, answer);
    if (distance < least) [best, least] = [answer, distance];
  }
  return best;
}

/** How many characters must be inserted, removed or replaced to make one text of the other. */
function distanceOf(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
