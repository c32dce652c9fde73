/** Fits words into columns. */
import { cellsOf, printable, widthOf } from "./cells.ts";

/** Breaks a text into lines of at most `width` columns (at least 2), at blanks where it can; never empty. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of printable(text)
    .split(" ")
    .flatMap(word => breakWord(word, width))) {
    const wide = widthOf(word);
    if (line !== "" && used + 1 + wide <= width) {
      line += ` ${word}`;
      used += 1 + wide;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    used = wide;
  }
  return [...lines, line];
}

/** Breaks a text of several lines, keeping its own lines, the indentation of lists and blocks of code as they are. */
export function wrapProse(text: string, width: number): string[] {
  let inCode = false;
  return text
    .trim()
    .split(/\r\n|\n|\r/)
    .flatMap(line => {
      if (line.trimStart().startsWith("```")) {
        inCode = !inCode;
        return [];
      }
      return inCode ? breakCode(line, width) : wrapParagraph(line, width);
    });
}

function wrapParagraph(line: string, width: number): string[] {
  const lead = (/^\s*(?:[-*+] |\d+[.)] )?/.exec(line)?.[0] ?? "").replace(/\s/g, " ");
  if (width - lead.length < MIN_WIDTH) return wrap(line, width);
  const parts = wrap(line.slice(lead.length), width - lead.length);
  return parts.map((part, index) => (index === 0 ? lead : " ".repeat(lead.length)) + part);
}

const MIN_WIDTH = 20;
const CODE_INDENT = "  ";

function breakCode(line: string, width: number): string[] {
  const shown = cellsOf(line)
    .map(cell => cell.text)
    .join("");
  return breakWord(shown, width - CODE_INDENT.length).map(part => CODE_INDENT + part);
}

function breakWord(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  let used = 0;
  for (const cell of cellsOf(word)) {
    if (used > 0 && used + cell.width > width) {
      parts.push(part);
      part = "";
      used = 0;
    }
    part += cell.text;
    used += cell.width;
  }
  return [...parts, part];
}
