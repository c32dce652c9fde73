/** A fix as a small diff, in the columns of the code frame above it. */
import type { Span } from "@review/findings";
import { showLine } from "./clip.ts";
import { GUTTER, gutter, type FrameSize } from "./frame.ts";
import type { Hunk } from "./hunks.ts";
import { joinPieces, type Piece, type Row, type Tone } from "./row.ts";

/** Draws the removed lines of a hunk, then the added ones, with what differs between two alike lines in bold. */
export function drawHunk({ removed, added, oldNumber, newNumber }: Hunk, size: FrameSize): Row[] {
  const old = removed.map((line, index) => ({
    line,
    changed: changedSpan(line, added[index]),
    number: oldNumber + index,
  }));
  const now = added.map((line, index) => ({
    line,
    changed: changedSpan(line, removed[index]),
    number: newNumber + index,
  }));
  return [...drawSide(old, "-", "removed", size), ...drawSide(now, "+", "added", size)];
}

/** Lines of one side of a hunk that are drawn; the others are counted. */
const SHOWN = 12;

interface DiffLine {
  readonly line: string;
  readonly changed: Span;
  readonly number: number;
}

function drawSide(lines: readonly DiffLine[], sign: string, tone: Tone, size: FrameSize): Row[] {
  // Telling that a single line is left out takes as much room as the line.
  const count = lines.length > SHOWN + 1 ? SHOWN : lines.length;
  const rows = lines.slice(0, count).map((line): Row => drawDiffLine(line, sign, tone, size));
  if (count === lines.length) return rows;
  return [...rows, [...gutter("", "⋮", size), { text: `${lines.length - count} more lines`, tone: "dim" }]];
}

function drawDiffLine({ line, changed, number }: DiffLine, sign: string, tone: Tone, size: FrameSize): Row {
  const shown = showLine(line, [changed], size.width - size.digits - GUTTER);
  const code = shown.cells.map((cell): Piece => {
    const isChanged = cell.start < changed.end && changed.start < cell.end;
    return { text: cell.text, tone: cell.elided ? "dim" : tone, bold: isChanged && !cell.elided };
  });
  const left: Row = [
    { text: `${String(number).padStart(size.digits)} `, tone: "dim" },
    { text: `${sign} `, tone },
  ];
  return [...left, ...joinPieces(code)];
}

/** What of a line differs from its counterpart: all of it when there is none. */
function changedSpan(line: string, other: string | undefined): Span {
  if (other === undefined) return { start: 0, end: line.length };
  const most = Math.min(line.length, other.length);
  let start = 0;
  while (start < most && line[start] === other[start]) start++;
  let tail = 0;
  while (tail < most - start && line.at(-1 - tail) === other.at(-1 - tail)) tail++;
  return { start, end: line.length - tail };
}
