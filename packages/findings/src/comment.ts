/** Comments as the suppressions need them: where they stand, which lines they speak of, and what removing one takes. */
import type { Span } from "./finding.ts";
import { lineStarts, positionAt } from "./positions.ts";

/** A comment as the compiler's scanner finds it. */
export interface Comment extends Span {
  /** With its delimiters. */
  readonly text: string;
  /** The braces of a JSX expression that holds nothing but this comment. */
  readonly jsx?: Span;
}

/** A text and all that its suppressions depend on. */
export interface CommentedText {
  readonly file: string;
  readonly text: string;
  readonly comments: readonly Comment[];
  /** The offset of the first token that is no comment; the text's length if there is none. */
  readonly firstToken: number;
}

/** A text's lines, and which of them hold code. */
export interface Lines {
  readonly starts: readonly number[];
  readonly length: number;
  /** The text with blanks in place of comments; its offsets are the text's. */
  readonly code: string;
}

/** The lines of a commented text. */
export function linesOf(source: CommentedText): Lines {
  const pieces: string[] = [];
  let end = 0;
  for (const comment of source.comments) {
    const outer = comment.jsx ?? comment;
    if (outer.start < end) continue;
    pieces.push(source.text.slice(end, outer.start), " ".repeat(outer.end - outer.start));
    end = outer.end;
  }
  pieces.push(source.text.slice(end));
  return { starts: lineStarts(source.text), length: source.text.length, code: pieces.join("") };
}

/**
 * The lines that a comment speaks of: its own where it shares one with code, else all from its own to the next that holds code, so
 * that stacked comments speak of the same line. The end is the offset at which the line after them begins.
 */
export function spokenOf(comment: Comment, lines: Lines): Span {
  const outer = comment.jsx ?? comment;
  const first = lineAt(lines, outer.start);
  let last = lineAt(lines, outer.end);
  if (!holdsCode(lines, first)) {
    while (last < lines.starts.length - 1 && !holdsCode(lines, last)) last++;
  }
  return lineSpan(lines, first, last);
}

/** The line (from 0) of an offset. */
export function lineAt(lines: Lines, offset: number): number {
  return positionAt(lines.starts, offset).line - 1;
}

/** From the start of one line (from 0) to the start of the line after another; past the end of the text for its last line. */
export function lineSpan(lines: Lines, first: number, last: number): Span {
  return { start: lines.starts[first] ?? 0, end: lines.starts[last + 1] ?? lines.length + 1 };
}

/** Empty braces alone on a line are what a JSX comment leaves once it is blanked out. */
function holdsCode(lines: Lines, line: number): boolean {
  const { start, end } = lineSpan(lines, line, line);
  return !/^\s*(?:\{\s*\})?\s*$/.test(lines.code.slice(start, end));
}
