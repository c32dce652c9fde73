/** White space before code, which models get wrong more often than the code: it is made to fit the file. */
import type { Span } from "@review/findings";

interface Indented {
  readonly find: string;
  readonly replace: string;
}

/** Code that is indented by tabs stays so, whatever the model is used to; a tab stands for four blanks or for two. */
export function inTabs(edit: Indented, code: string): Indented {
  const indents = code.match(/^[ \t]+(?=\S)/gm) ?? [];
  const blanks = edit.replace.match(/^ +(?=\S)/gm) ?? [];
  const isByTabs = indents.some(indent => indent.startsWith("\t")) && !indents.some(indent => /^ {2}/.test(indent));
  if (!isByTabs || blanks.length === 0) return edit;
  const width = blanks.every(indent => indent.length % 4 === 0) ? 4 : 2;
  const turn = (text: string): string => text.replace(/^ +(?=\S)/gm, own => "\t".repeat(Math.ceil(own.length / width)));
  return { find: turn(edit.find), replace: turn(edit.replace) };
}

/**
 * The replacement as deep as the code in whose place it stands, where all its lines after the first one stand further out than
 * any line of that code did. A text over several lines would become another one.
 */
export function asDeepAs(put: string, code: string, { start, end }: Span): string {
  const [head = "", ...rest] = put.split("\n");
  const old = code.slice(code.lastIndexOf("\n", start - 1) + 1, end).split("\n");
  const least = leastIndentOf(old);
  const now = leastIndentOf(rest);
  if (least === undefined || now === undefined || put.includes("`")) return put;
  if (least.length <= now.length || !least.startsWith(now)) return put;
  const more = least.slice(now.length);
  return [head, ...rest.map(line => (line.trim() === "" ? line : more + line))].join("\n");
}

function leastIndentOf(lines: readonly string[]): string | undefined {
  const indents = lines.filter(line => line.trim() !== "").map(line => /^[ \t]*/.exec(line)?.[0] ?? "");
  return indents.toSorted((a, b) => a.length - b.length)[0];
}
