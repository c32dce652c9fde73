/** How text occupies the columns of a terminal, with everything escaped that a terminal would obey instead of show. */
import stringWidth from "fast-string-width";

/** A grapheme cluster of a text and what stands for it on screen. */
export interface Cell {
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Columns. */
  readonly width: number;
  /** The cell is an ellipsis that stands for text which is not shown. */
  readonly elided?: true;
}

/** Cuts one line of text into cells: tabs become blanks, control and invisible characters become visible signs. */
export function cellsOf(text: string): Cell[] {
  if (PRINTABLE_ASCII.test(text))
    return Array.from(text, (char, at) => ({ start: at, end: at + 1, text: char, width: 1 }));
  const cells: Cell[] = [];
  let column = 0;
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment, index } of segmenter.segment(text)) {
    const shown = segment === "\t" ? " ".repeat(TAB - (column % TAB)) : visible(segment);
    const width = shown === segment ? clusterWidth(segment) : stringWidth(shown);
    cells.push({ start: index, end: index + segment.length, text: shown, width });
    column += width;
  }
  return cells;
}

/** The columns that a text takes. */
export function widthOf(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  return cellsOf(text).reduce((sum, cell) => sum + cell.width, 0);
}

/** Makes any text safe to print on one line. */
export function printable(text: string): string {
  const oneLine = text.replace(/\s+/g, " ").trim();
  if (PRINTABLE_ASCII.test(oneLine)) return oneLine;
  return cellsOf(oneLine)
    .map(cell => cell.text)
    .join("");
}

const TAB = 4;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
// Characters that move the cursor, change the reading direction or cannot be seen.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

let segmenter: Intl.Segmenter | undefined;

// Joiners inside a cluster belong to its emoji or letter; a cluster that begins with one is nothing but a trick.
function visible(cluster: string): string {
  const first = String.fromCodePoint(cluster.codePointAt(0) ?? 0);
  if (!UNSEEN.test(first) && !CONTROL.test(cluster)) return cluster;
  return Array.from(cluster, char => (UNSEEN.test(char) ? signOf(char) : char)).join("");
}

function signOf(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

// Terminals give a cluster two columns at most, however many wide parts it is made of.
function clusterWidth(cluster: string): number {
  return Math.min(2, stringWidth(cluster));
}
