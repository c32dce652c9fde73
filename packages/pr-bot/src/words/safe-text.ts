/**
 * Words that come from code under review, from a model or from a report that somebody else made, as Markdown that can do
 * nothing: no link, no mention, no reference, no HTML. What is not a plain word is shown as code, where GitHub looks for none of them.
 */

/** One line of at most `longest` characters; spans in backticks stay code. */
export function safeText(text: string, longest = 600): string {
  const pieces = clip(visible(text), longest).split(/(`+[^`]+`+)/);
  return pieces
    .map((piece, index) => (index % 2 === 1 ? codeSpan(piece.replace(/^`+|`+$/g, "")) : prose(piece)))
    .reduce(beside, "")
    .trim();
}

/** Two spans of code that touch would be one, with what was between their fences outside of both. */
function beside(before: string, next: string): string {
  return before.endsWith("`") && next.startsWith("`") ? `${before} ${next}` : before + next;
}

/** Text as code, whatever backticks it has. */
export function codeSpan(text: string): string {
  const plain = visible(text).trim();
  if (plain === "") return "";
  const fence = "`".repeat(longestRun(plain) + 1);
  const pad = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  return `${fence}${pad}${plain}${pad}${fence}`;
}

/** Lines of code in a block of their own; the fence is longer than any in it. */
export function codeBlock(lines: readonly string[], info: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}${info}`, ...lines, fence].join("\n");
}

/** Without what turns, hides or breaks a line; each such character leaves a visible trace. */
export function visible(text: string): string {
  return text.replace(/\s+/gu, " ").replace(/\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}|\p{Zl}|\p{Zp}/gu, "\uFFFD");
}

/** Whether a text has characters that a reader cannot see, so that it may not be what it seems. */
export function hasHidden(text: string): boolean {
  return /[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\r\t])\p{Cc}/u.test(text);
}

function clip(text: string, longest: number): string {
  const characters = Array.from(text);
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : text;
}

function prose(text: string): string {
  return text.replace(/[^ ]+/g, word => (isPlain(word) ? word : codeSpan(word)));
}

/** Letters, digits and the marks of a sentence, none of which means anything to Markdown within a line. */
const PLAIN = /^[\p{L}\p{N}\p{M}.,;:!?'"()%…–—-]+$/u;
/** Web addresses, hashes of commits, references such as GH-12 and names of pictures turn into something else. */
const TURNS = /www\.|[0-9a-f]{7,}|GH-\d|:\w+:/i;

function isPlain(word: string): boolean {
  return PLAIN.test(word) && !TURNS.test(word);
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), run => run[0].length));
}
