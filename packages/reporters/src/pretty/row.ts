/** What the pretty reporter draws before it becomes bytes: rows of pieces that know their tone, not their escape codes. */
import type { Severity } from "@review/findings";

/** What a piece of text is, from which its colour follows. */
export type Tone = Severity | "plain" | "dim" | "evidence" | "removed" | "added";

/** A run of text in one tone, already free of control characters. */
export interface Piece {
  readonly text: string;
  readonly tone: Tone;
  readonly bold?: boolean;
  /** Where a click leads. */
  readonly link?: string;
}

/** One line of the terminal. */
export type Row = readonly Piece[];

/** How rows become bytes. */
export interface PaintOptions {
  readonly colour: boolean;
  readonly hyperlinks: boolean;
}

/** Writes rows, each with a line break; blanks at the end of a row are left out. */
export function paint(rows: readonly Row[], options: PaintOptions): string {
  return rows
    .map(
      row =>
        trimEnd(row)
          .map(piece => paintPiece(piece, options))
          .join("") + "\n",
    )
    .join("");
}

/** Joins neighbours of one look, so that a row costs few escape codes. */
export function joinPieces(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  let [run] = pieces;
  let text = "";
  for (const piece of pieces) {
    if (run && !looksLike(run, piece)) {
      joined.push({ ...run, text });
      run = piece;
      text = "";
    }
    text += piece.text;
  }
  return run ? [...joined, { ...run, text }] : [];
}

function looksLike(a: Piece, b: Piece): boolean {
  return a.tone === b.tone && (a.bold ?? false) === (b.bold ?? false) && a.link === b.link;
}

const CODES: Readonly<Record<Tone, string>> = {
  plain: "",
  dim: "2",
  error: "31",
  warning: "33",
  info: "34",
  evidence: "36",
  removed: "31",
  added: "32",
};

function paintPiece({ text, tone, bold, link }: Piece, { colour, hyperlinks }: PaintOptions): string {
  const codes = [bold ? "1" : "", CODES[tone]].filter(code => code !== "").join(";");
  const coloured = colour && codes !== "" && text.trim() !== "" ? `\u001b[${codes}m${text}\u001b[0m` : text;
  // Only printable ASCII may enter the escape sequence of a link: anything else could end it early.
  if (!hyperlinks || link === undefined || !/^[\x21-\x7e]+$/.test(link)) return coloured;
  return `\u001b]8;;${link}\u001b\\${coloured}\u001b]8;;\u001b\\`;
}

function trimEnd(row: Row): Row {
  const last = row.at(-1);
  if (!last) return row;
  const text = last.text.trimEnd();
  return text === "" ? trimEnd(row.slice(0, -1)) : [...row.slice(0, -1), { ...last, text }];
}
