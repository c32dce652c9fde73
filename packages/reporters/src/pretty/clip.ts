/** Shows a line of code in a given number of columns: what does not fit gives way to ellipses, what matters stays. */
import type { Span } from "@review/findings";
import { cellsOf, type Cell } from "./cells.ts";

/** A line as it is drawn, and where its offsets went. */
export interface ShownLine {
  readonly cells: readonly Cell[];
  /** Columns that the line takes. */
  readonly width: number;
  /** The column, from 0, at which the character at this UTF-16 offset of the line begins; behind the line, its width. */
  columnOf(offset: number): number;
  /** The column behind the character before this UTF-16 offset. */
  columnAfter(offset: number): number;
}

/** Fits a line into `room` columns and keeps as much of the spans and of what is around them as there is room for, earlier spans first. */
export function showLine(line: string, keep: readonly Span[], room: number): ShownLine {
  const all = readCells(line, keep, room);
  const cells = totalWidth(all) <= room ? all : elide(all, chooseCells(all, keep, room));
  const columns: number[] = [];
  let width = 0;
  for (const cell of cells) {
    columns.push(width);
    width += cell.width;
  }
  const indexOf = (offset: number): number => cells.findIndex(cell => offset < cell.end);
  const columnOf = (offset: number): number => columns[indexOf(offset)] ?? width;
  return {
    cells,
    width,
    columnOf,
    columnAfter(offset) {
      const index = indexOf(offset - 1);
      return index === -1 ? width : (columns[index] ?? 0) + (cells[index]?.width ?? 0);
    },
  };
}

// Of a line far longer than the room only the surroundings of its spans are worth cutting into cells.
function readCells(line: string, keep: readonly Span[], room: number): Cell[] {
  if (line.length <= room * 8) return cellsOf(line);
  const cells: Cell[] = [];
  let read = 0;
  for (const { start, end } of surroundings(line, keep, room)) {
    if (start > read) cells.push(hidden(read, start));
    for (const cell of cellsOf(line.slice(start, end))) {
      cells.push({ ...cell, start: cell.start + start, end: cell.end + start });
    }
    read = end;
  }
  if (read < line.length) cells.push(hidden(read, line.length));
  return cells;
}

function surroundings(line: string, keep: readonly Span[], room: number): Span[] {
  const points = keep.length === 0 ? [0] : keep.flatMap(span => [span.start, span.end]).sort((a, b) => a - b);
  const merged: { start: number; end: number }[] = [];
  for (const point of points) {
    const start = outsidePair(line, Math.max(0, point - room));
    const end = outsidePair(line, Math.min(line.length, point + room));
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

function outsidePair(line: string, offset: number): number {
  return /[\udc00-\udfff]/.test(line[offset] ?? "") ? offset - 1 : offset;
}

function hidden(start: number, end: number): Cell {
  return { start, end, text: "…", width: 1, elided: true };
}

function totalWidth(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0) + (cells.some(cell => cell.elided) ? Infinity : 0);
}

/** Seeds each span with its share of the columns, then lets all of them grow to both sides until the columns are used. */
function chooseCells(cells: readonly Cell[], keep: readonly Span[], room: number): ReadonlySet<number> {
  const spans = keep.length === 0 ? [{ start: 0, end: 0 }] : keep;
  const chosen = new Set<number>();
  // Each piece may cost an ellipsis before it, and the last one another behind it.
  let left = room - Math.min(spans.length + 1, room >> 1);
  const pieces = Math.min(spans.length, (room >> 1) - 1);
  const share = Math.max(1, Math.floor(left / pieces));
  const take = (index: number): boolean => {
    const cell = cells[index];
    if (!cell || cell.elided || chosen.has(index)) return false;
    // Once a cell does not fit, narrower ones behind it must not either: each hole would cost an ellipsis.
    left = cell.width > left ? 0 : left;
    if (left === 0) return false;
    chosen.add(index);
    left -= cell.width;
    return true;
  };
  const windows = spans.slice(0, pieces).map(span => seed(cells, span, share, take));
  for (let grown = true; grown;) {
    grown = false;
    for (const window of windows) {
      const before = take(window.first - 1);
      const after = take(window.last + 1);
      if (before) window.first--;
      if (after) window.last++;
      grown ||= before || after;
    }
  }
  return chosen;
}

function seed(
  cells: readonly Cell[],
  span: Span,
  share: number,
  take: (index: number) => boolean,
): { first: number; last: number } {
  const found = cells.findIndex(cell => span.start < cell.end);
  const first = found === -1 ? cells.length - 1 : found;
  let last = first;
  take(first);
  for (let used = 1; used < share && (cells[last + 1]?.start ?? Infinity) < span.end; used++) take(++last);
  return { first, last };
}

function elide(cells: readonly Cell[], chosen: ReadonlySet<number>): Cell[] {
  const shown: Cell[] = [];
  let gap: Cell | undefined;
  for (const [index, cell] of cells.entries()) {
    if (chosen.has(index)) {
      shown.push(cell);
      gap = undefined;
    } else if (gap) {
      gap = hidden(gap.start, cell.end);
      shown[shown.length - 1] = gap;
    } else shown.push((gap = hidden(cell.start, cell.end)));
  }
  return shown;
}
