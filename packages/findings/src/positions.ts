/**
 * From offsets to lines and columns, as editors count them.
 *
 * A line ends at "\n", "\r\n" or "\r", as in the Language Server Protocol. U+2028 and U+2029 end a line for the compiler, not for
 * editors, git or code hosts, and a report that counted them would point below the place.
 */

/** A place as people read it: line and column count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The offset at which each line begins, ascending; the first is 0. */
export function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), lineBreak => lineBreak.index + lineBreak[0].length)];
}

/** The position of an offset in a text, or in the text whose line starts are given (cheaper for many questions). */
export function positionAt(textOrStarts: string | readonly number[], offset: number): Position {
  const starts = typeof textOrStarts === "string" ? lineStarts(textOrStarts) : textOrStarts;
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
