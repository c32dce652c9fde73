/** Signs that a tool squeezed a file: nobody wrote its lines, so nobody can mend them. */

/** Whether the name alone tells that the file is minified. */
export function hasMinifiedName(path: string): boolean {
  return /[-.]min\.[cm]?js$/.test(path);
}

/** In UTF-16 units; formatters break code long before. */
const LONG_LINE = 500;

/**
 * Measured on 28 000 JavaScript and TypeScript files, on those that stand in such lines by half or more. There,
 * minified code has 1 to 5 % blanks and 5 to 15 % of the marks that structure statements. Code that people wrote
 * in long lines has more blanks; tables of numbers, encoded strings and drawings have next to none of the marks.
 */
const MOST_BLANKS = 0.07;
const FEWEST_MARKS = 0.04;

/** A line with so many statements was joined by a tool, which may have left the blanks in. */
const ENDLESS_LINE = 10_000;
const MANY_STATEMENTS = 100;

/** Whether most of the text stands in lines that only a tool writes: as dense as a minifier's, or one without end. */
export function isMinified(text: string): boolean {
  const lines = text.split("\n");
  return isDense(text, lines) || lines.some(line => line.length * 2 > text.length && isEndless(line));
}

function isEndless(line: string): boolean {
  return line.length > ENDLESS_LINE && count(line, /;/g) >= MANY_STATEMENTS;
}

function isDense(text: string, lines: readonly string[]): boolean {
  const long = lines.filter(line => line.length > LONG_LINE);
  const length = long.reduce((sum, line) => sum + line.length, 0);
  if (length === 0 || length * 2 < text.length) return false;
  const dense = long.join("");
  return count(dense, /[ \t]/g) / length <= MOST_BLANKS && count(dense, /[(){};]/g) / length >= FEWEST_MARKS;
}

function count(text: string, marks: RegExp): number {
  return text.match(marks)?.length ?? 0;
}
