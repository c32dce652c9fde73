/** Takes a comment out of a text without a change of meaning. */
import type { Comment } from "./comment.ts";
import type { SpanEdit } from "./apply-edits.ts";
import type { Span } from "./finding.ts";

/**
 * The edit that removes a comment, with its lines where nothing else stands on them.
 *
 * Of a JSX comment the braces stay unless it stands between tags, since text on both sides of it would run together.
 */
export function removeComment(comment: Comment, text: string): SpanEdit {
  const outer = comment.jsx && isBetweenTags(comment.jsx, text) ? comment.jsx : comment;
  const blanks = withBlanks(outer, text);
  const atLineStart = /^$|[\n\r]/.test(text.charAt(blanks.start - 1));
  const atLineEnd = /^$|[\n\r]/.test(text.charAt(blanks.end));
  if (atLineStart && atLineEnd)
    return { span: { start: blanks.start, end: afterLineBreak(blanks.end, text) }, text: "" };
  if (atLineEnd) return { span: blanks, text: "" };
  if (atLineStart) return { span: { start: outer.start, end: blanks.end }, text: "" };
  return { span: blanks, text: separator(comment, blanks, text) };
}

function isBetweenTags(jsx: Span, text: string): boolean {
  const before = text.slice(0, jsx.start);
  const after = text.slice(jsx.end);
  return /[>}]\s*[\n\r]\s*$/.test(before) && /^\s*[\n\r]\s*[<{]/.test(after);
}

function withBlanks(span: Span, text: string): Span {
  let { start, end } = span;
  while (isBlank(text[start - 1])) start--;
  while (isBlank(text[end])) end++;
  return { start, end };
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

function afterLineBreak(offset: number, text: string): number {
  return offset + (text.startsWith("\r\n", offset) ? 2 : Math.min(1, text.length - offset));
}

/** Between two tokens of a line: a comment with a line break ends a `return` as the line break itself would. */
function separator(comment: Comment, blanks: Span, text: string): string {
  if (/[\n\r\u2028\u2029]/.test(comment.text)) return "\n";
  return /[{([]/.test(text.charAt(blanks.start - 1)) || /[})\],;]/.test(text.charAt(blanks.end)) ? "" : " ";
}
