/** A row of the terminal that is drawn out of order, column by column. */
import { cellsOf } from "./cells.ts";
import { joinPieces, type Piece, type Tone } from "./row.ts";

/** One row under a line of code. */
export interface Canvas {
  /** Writes text from a column, counted from 0, over what is there. */
  put(column: number, text: string, tone: Tone, bold?: boolean): void;
  /** Fills the columns from `start` up to, not including, `end`; what is there already is crossed, not hidden. */
  line(start: number, end: number, tone: Tone): void;
  /** What was drawn, as pieces of one tone each. */
  pieces(): Piece[];
}

/** Makes an empty row. */
export function createCanvas(): Canvas {
  const drawn: (Piece | undefined)[] = [];
  return {
    put(column, text, tone, bold = false) {
      let at = column;
      for (const cell of cellsOf(text)) {
        drawn[at] = { text: cell.text, tone, bold };
        for (let covered = 1; covered < cell.width; covered++) drawn[at + covered] = { text: "", tone, bold };
        at += cell.width;
      }
    },
    line(start, end, tone) {
      for (let at = start; at < end; at++) drawn[at] = { text: drawn[at]?.text === "│" ? "┼" : "─", tone };
    },
    pieces: () => joinPieces(Array.from(drawn, piece => piece ?? { text: " ", tone: "plain" })),
  };
}
