/** From the offsets of findings to the lines and columns that every format shows. */
import { lineStarts, positionAt, type Location, type Position } from "@review/findings";

/** A span as people and other programs read it: `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A text and where its lines begin. */
export interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
}

/** Answers about the texts of one report; each text is cut into lines at most once. */
export interface Places {
  /** Throws when the report has no text for the file. */
  linesOf(file: string): Lines;
  /** Throws when the report has no text for the location's file. */
  rangeOf(location: Location): Range;
}

/** Opens the texts of a report for questions about places. */
export function openPlaces(texts: ReadonlyMap<string, string>): Places {
  const known = new Map<string, Lines>();
  const linesOf = (file: string): Lines => {
    const lines = known.get(file) ?? cutLines(textOf(texts, file));
    known.set(file, lines);
    return lines;
  };
  return {
    linesOf,
    rangeOf({ file, span }) {
      const { starts } = linesOf(file);
      return { start: positionAt(starts, span.start), end: positionAt(starts, span.end) };
    },
  };
}

/** Finds the lines of a text. */
export function cutLines(text: string): Lines {
  return { text, starts: lineStarts(text) };
}

/** The text of a line, counted from 0, without what ends it. */
export function lineAt({ text, starts }: Lines, index: number): string {
  return text.slice(starts[index] ?? text.length, starts[index + 1] ?? text.length).replace(/[\r\n]+$/, "");
}

function textOf(texts: ReadonlyMap<string, string>, file: string): string {
  const text = texts.get(file);
  if (text === undefined) throw new Error(`The report names ${file} but does not hold its text`);
  return text;
}
