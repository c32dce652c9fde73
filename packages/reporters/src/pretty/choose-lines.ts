/** Which lines of a file a frame shows. */
import { lineAt, type Lines } from "../places.ts";
import type { PlacedMark } from "./marks.ts";

/** The lines to show, ascending, counted from 0: those of the marks, and around the finding's own a line that is not blank. */
export function chooseLines(marks: readonly PlacedMark[], lines: Lines): number[] {
  const chosen = new Set(marks.flatMap(linesOfMark));
  for (const { firstLine, lastLine } of marks.filter(mark => mark.isPrimary)) {
    for (const line of [firstLine - 1, lastLine + 1]) {
      if (line >= 0 && lineAt(lines, line).trim() !== "") chosen.add(line);
    }
  }
  // Telling that one line is left out takes as much room as the line.
  for (const line of [...chosen]) if (chosen.has(line + 2)) chosen.add(line + 1);
  return [...chosen].sort((a, b) => a - b);
}

const WHOLE = 6;
const HEAD = 3;

function linesOfMark({ firstLine, lastLine }: PlacedMark): number[] {
  const count = lastLine - firstLine + 1;
  const all = Array.from({ length: Math.min(count, WHOLE) }, (_, index) => firstLine + index);
  return count <= WHOLE ? all : [...all.slice(0, HEAD), lastLine];
}
