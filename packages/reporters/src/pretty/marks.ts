/** Where the marks of a frame stand: their lines, and the rails left of the code that hold those of several lines together. */
import { positionAt, type Span } from "@review/findings";
import { lineAt, type Lines } from "../places.ts";
import { printable } from "./cells.ts";
import type { Tone } from "./row.ts";

/** A span to show, with what there is to say of it. */
export interface Mark {
  readonly span: Span;
  readonly labels: readonly string[];
  readonly tone: Tone;
  /** The finding's own span, told from evidence also without colours. */
  readonly isPrimary: boolean;
}

/** A mark within the lines of its file, which count from 0. */
export interface PlacedMark extends Omit<Mark, "span"> {
  readonly firstLine: number;
  readonly lastLine: number;
  /** UTF-16 offset in the first line. */
  readonly from: number;
  /** UTF-16 offset in the last line, exclusive. */
  readonly to: number;
  /** The rail of a mark of several lines, from the left; absent in one of a single line. */
  readonly rail?: number;
}

/** More rails than this would leave no room for the code; what has none is shown by its first line. */
export const MAX_RAILS = 3;

/** Finds the lines and rails of all marks; what reaches out of the text is cut. */
export function placeMarks(marks: readonly Mark[], lines: Lines): PlacedMark[] {
  const outerFirst = (a: PlacedMark, b: PlacedMark): number => a.firstLine - b.firstLine || b.lastLine - a.lastLine;
  const busyUntil: number[] = [];
  return marks
    .map(mark => placeMark(mark, lines))
    .sort(outerFirst)
    .map(mark => {
      if (mark.firstLine === mark.lastLine) return mark;
      const free = busyUntil.findIndex(line => line < mark.firstLine);
      const rail = free === -1 ? busyUntil.length : free;
      if (rail === MAX_RAILS) return { ...mark, lastLine: mark.firstLine, to: lineAt(lines, mark.firstLine).length };
      busyUntil[rail] = mark.lastLine;
      return { ...mark, rail };
    });
}

function placeMark({ span, labels, tone, isPrimary }: Mark, lines: Lines): PlacedMark {
  const start = Math.min(Math.max(span.start, 0), lines.text.length);
  const end = Math.min(Math.max(span.end, start), lines.text.length);
  const first = positionAt(lines.starts, start);
  // The line break at the end of a span does not carry it into the next line.
  const last = positionAt(lines.starts, Math.max(start, end - 1));
  const firstLine = first.line - 1;
  const lastLine = last.line - 1;
  return {
    labels: labels.map(printable).filter(label => label !== ""),
    tone,
    isPrimary,
    firstLine,
    lastLine,
    from: Math.min(first.column - 1, lineAt(lines, firstLine).length),
    to: Math.min(end > start ? last.column : last.column - 1, lineAt(lines, lastLine).length),
  };
}
