/** Whether two pieces of text are prose or a query, whose words are meant to stand apart. */

/** Words of queries, which are enough for a piece that has no other. */
const CLAUSES =
  /^(?:select|from|where|and|or|order|group|having|limit|offset|inner|left|right|join|on|set|values|into|union|returning|using)\b/i;

const QUERIES = /^\s*(?:select|insert into|update|delete from|with)\s/i;

export function isRunTogether(left: string, right: string): boolean {
  const [last = ""] = /\S+$/.exec(left) ?? [];
  const [first = ""] = /^\S+/.exec(right) ?? [];
  if (!isJoint(last, first) || [last, first].some(isNoWord) || !isProse(left)) return false;
  if (CLAUSES.test(right)) return endsClause(left, last);
  return isProse(right) && (isWord(last) || /[.,!?]$/.test(last)) && isWord(first);
}

/** A value in quotation marks ends a part of a query, too. */
function endsClause(left: string, last: string): boolean {
  return /[\p{L}\p{N})]$/u.test(last) || (QUERIES.test(left) && /['"]$/.test(last));
}

/** Words that are whole words wherever they stand, and no ending or unit that a value may have. */
const GRAMMAR =
  "is|was|were|are|has|have|had|does|did|not|cannot|can|could|should|must|will|and|or|but|to|from|of|for|with|because";

/** The word of grammar that a piece of prose begins with. */
export function grammarAtStart(text: string): string | undefined {
  const [, word] = new RegExp(`^(${GRAMMAR}) \\p{L}+`, "u").exec(text) ?? [];
  return word !== undefined && isProse(text) ? word : undefined;
}

/** The word of grammar that a piece of prose ends with. */
export function grammarAtEnd(text: string): string | undefined {
  const [, word] = new RegExp(`\\p{L}{2,} \\p{L}{2,} (${GRAMMAR}|the)$`, "u").exec(text) ?? [];
  return word !== undefined && isProse(text) ? word : undefined;
}

/** Whether a word ends and another begins; of two quotation marks nobody knows which one opens. */
function isJoint(last: string, first: string): boolean {
  if (!/[\p{L}\p{N})"'][.,!?]?$/u.test(last) || !/^[\p{L}("']/u.test(first)) return false;
  return !(/["']$/.test(last) && /^["']/.test(first));
}

/** Several words with spaces between them. */
function isProse(text: string): boolean {
  if (QUERIES.test(text)) return true;
  return /[\p{L}\p{N}]+[.,;:!?)]? +\S+/u.test(text.trim()) && !/[{};<>]|=>|\\|^\s*\/\//.test(text);
}

/** Paths, addresses, keys and code go on where they were broken off. */
function isNoWord(token: string): boolean {
  return /[/\\@=_#&%$+*|~<>{}[\]]|\w\.\w|-$|^-|\d$/.test(token);
}

function isWord(token: string): boolean {
  return /^[("']?[\p{L}'’-]+[)"']?[.,!?:;]?$/u.test(token);
}
