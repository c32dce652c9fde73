/** Brackets left of the code around spans of several lines: a rail for each, opened and closed at its exact columns. */
import { createCanvas, type Canvas } from "./canvas.ts";
import { widthOf } from "./cells.ts";
import type { PlacedMark } from "./marks.ts";
import type { Piece } from "./row.ts";
import { READABLE } from "./underlines.ts";
import { wrap } from "./wrap.ts";

/** Columns of one rail with the blank behind it. */
export const RAIL_WIDTH = 2;

/** The rails beside a row: open ones as bars, the one that begins with this line as a corner. */
export function drawRails(open: ReadonlySet<PlacedMark>, count: number, beginning?: ReadonlySet<PlacedMark>): Piece[] {
  const row = canvasWithRails(open);
  for (const mark of beginning ?? []) row.put(columnOf(mark), "╭", mark.tone);
  row.put(count * RAIL_WIDTH - 1, " ", "plain");
  return count === 0 ? [] : row.pieces();
}

/** The row that opens a rail under the column, from the rails' left, where its span starts. */
export function drawOpening(mark: PlacedMark, column: number, open: ReadonlySet<PlacedMark>): Piece[] {
  return drawTurn(mark, "╭", column, open).pieces();
}

/** The rows that close a rail under the last column of its span and tell its labels within `room` columns. */
export function drawClosing(mark: PlacedMark, column: number, open: ReadonlySet<PlacedMark>, room: number): Piece[][] {
  const first = drawTurn(mark, "╰", column, open);
  const isBeside = room - column - 2 >= Math.min(READABLE, Math.max(0, ...mark.labels.map(widthOf)));
  const left = isBeside ? column + 2 : columnOf(mark) + RAIL_WIDTH * 2;
  const texts = mark.labels.flatMap(label => wrap(label, room - left));
  const rows = isBeside ? [first] : [first, createCanvas()];
  const offset = rows.length - 1;
  for (const [index, text] of texts.entries()) {
    const row = index === 0 && isBeside ? first : canvasWithRails(open);
    row.put(left, text, mark.tone);
    rows[index + offset] = row;
  }
  return (mark.labels.length === 0 ? [first] : rows).map(row => row.pieces());
}

function drawTurn(mark: PlacedMark, corner: string, column: number, open: ReadonlySet<PlacedMark>): Canvas {
  const row = canvasWithRails(open);
  row.line(columnOf(mark) + 1, column, mark.tone);
  row.put(columnOf(mark), corner, mark.tone);
  row.put(column, mark.isPrimary ? "^" : "╯", mark.tone, mark.isPrimary);
  return row;
}

function canvasWithRails(open: ReadonlySet<PlacedMark>): Canvas {
  const row = createCanvas();
  for (const mark of open) row.put(columnOf(mark), "│", mark.tone);
  return row;
}

function columnOf({ rail = 0 }: PlacedMark): number {
  return rail * RAIL_WIDTH;
}
