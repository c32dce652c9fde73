/** A code frame: the lines that a finding speaks of, with every span underlined or bracketed and labelled in place. */
import type { Span } from "@review/findings";
import { lineAt, type Lines } from "../places.ts";
import { chooseLines } from "./choose-lines.ts";
import { showLine, type ShownLine } from "./clip.ts";
import { placeMarks, type Mark, type PlacedMark } from "./marks.ts";
import { drawClosing, drawOpening, drawRails, RAIL_WIDTH } from "./rails.ts";
import { joinPieces, type Piece, type Row } from "./row.ts";
import { drawUnderlines, type Underline } from "./underlines.ts";

/** The columns of a frame. */
export interface FrameSize {
  /** All columns; 40 at least. */
  readonly width: number;
  /** Columns for line numbers. */
  readonly digits: number;
}

/** Columns between a line number and the code. */
export const GUTTER = 3;

/** Draws the lines that the marks touch; no row is wider than the frame, and every label is told in full. */
export function drawFrame(marks: readonly Mark[], lines: Lines, size: FrameSize): Row[] {
  const placed = placeMarks(marks, lines);
  const rails = Math.max(0, ...placed.map(mark => (mark.rail ?? -1) + 1));
  const open = new Set<PlacedMark>();
  const rows: Row[] = [];
  let previous: number | undefined;
  for (const index of chooseLines(placed, lines)) {
    if (previous !== undefined && index > previous + 1)
      rows.push([...gutter("", "⋮", size), ...drawRails(open, rails)]);
    rows.push(...drawLine(index, { placed, lines, size, rails, open }));
    previous = index;
  }
  return rows;
}

/** The largest line number that a frame of these marks shows, counted from 1. */
export function lastNumberOf(marks: readonly Mark[], lines: Lines): number {
  return Math.max(0, ...chooseLines(placeMarks(marks, lines), lines)) + 1;
}

/** What stands left of the code: a line number or nothing, and a sign. */
export function gutter(number: string, sign: string, { digits }: FrameSize): Piece[] {
  return [{ text: `${number.padStart(digits)} ${sign} `, tone: "dim" }];
}

interface Drawing {
  readonly placed: readonly PlacedMark[];
  readonly lines: Lines;
  readonly size: FrameSize;
  readonly rails: number;
  /** The marks whose rails run beside the next row. */
  readonly open: Set<PlacedMark>;
}

function drawLine(index: number, drawing: Drawing): Row[] {
  const { placed, lines, size, rails, open } = drawing;
  const here = placed.filter(mark => mark.firstLine === index || mark.lastLine === index);
  const text = lineAt(lines, index);
  // One column stays free for a mark behind the end of the line.
  const room = roomOf(drawing) - rails * RAIL_WIDTH - 1;
  const shown = showLine(
    text,
    here.map(mark => spanWithin(mark, index)),
    room,
  );
  const early = new Set(here.filter(mark => startsAtIndentation(mark, index, text)));
  const code = joinPieces(shown.cells.map(cell => ({ text: cell.text, tone: cell.elided ? "dim" : "plain" })));
  const row = [...gutter(String(index + 1), "│", size), ...drawRails(open, rails, early), ...code];
  for (const mark of early) open.add(mark);
  return [row, ...drawBelow(index, here, shown, drawing).map(pieces => [...gutter("", "│", size), ...pieces])];
}

function drawBelow(index: number, here: readonly PlacedMark[], shown: ShownLine, drawing: Drawing): Piece[][] {
  const { rails, open } = drawing;
  const left = rails * RAIL_WIDTH;
  const within = here.filter(mark => mark.rail === undefined).map(mark => underlineOf(mark, shown));
  const rows = drawUnderlines(within, roomOf(drawing) - left).map(pieces => [...drawRails(open, rails), ...pieces]);
  for (const mark of here.filter(mark => mark.rail !== undefined && mark.firstLine === index && !open.has(mark))) {
    rows.push(drawOpening(mark, left + shown.columnOf(mark.from), open));
    open.add(mark);
  }
  // Inner rails close first, so that no outer one is crossed.
  for (const mark of here.filter(mark => mark.rail !== undefined && mark.lastLine === index).reverse()) {
    open.delete(mark);
    const column = Math.max(0, shown.columnAfter(mark.to) - 1);
    rows.push(...drawClosing(mark, left + column, open, roomOf(drawing)));
  }
  return rows;
}

function roomOf({ size }: Drawing): number {
  return size.width - size.digits - GUTTER;
}

function underlineOf({ from, to, labels, tone, isPrimary }: PlacedMark, shown: ShownLine): Underline {
  const start = shown.columnOf(from);
  const end = Math.max(start + 1, to > from ? shown.columnAfter(to) : start);
  return { start, end, labels, tone, isPrimary };
}

/** What of a line must be seen: all of a span within it, else the character under which a rail turns. */
function spanWithin({ firstLine, lastLine, from, to }: PlacedMark, index: number): Span {
  if (firstLine === lastLine) return { start: from, end: to };
  return index === firstLine ? { start: from, end: from + 1 } : { start: to - 1, end: to };
}

function startsAtIndentation(mark: PlacedMark, index: number, text: string): boolean {
  return mark.rail !== undefined && mark.firstLine === index && text.slice(0, mark.from).trim() === "";
}
