/** Which lines a fix replaces, and by what. */
import { applyEdits, positionAt, type TextEdit } from "@review/findings";
import { cutLines, lineAt, type Lines } from "../places.ts";

/** Neighbouring lines of one file before and after a fix. */
export interface Hunk {
  readonly file: string;
  /** The number, from 1, of the first line before the fix. */
  readonly oldNumber: number;
  readonly newNumber: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The hunks of a fix, file by file in the order of its edits; none for edits that contradict each other. */
export function hunksOf(edits: readonly TextEdit[], linesOf: (file: string) => Lines): Hunk[] {
  const files = [...new Set(edits.map(edit => edit.file))];
  return files.flatMap(file => {
    const own = edits.filter(edit => edit.file === file);
    return hunksOfFile(file, own, linesOf(file));
  });
}

function hunksOfFile(file: string, edits: readonly TextEdit[], lines: Lines): Hunk[] {
  const hunks: Hunk[] = [];
  let shift = 0;
  for (const group of groupByLines(edits, lines)) {
    const hunk = hunkOf(file, group, lines, shift);
    if (!hunk) return [];
    shift += hunk.added.length - hunk.removed.length;
    if (hunk.added.length + hunk.removed.length > 0) hunks.push(hunk);
  }
  return hunks;
}

interface Group {
  readonly edits: TextEdit[];
  /** Counted from 0, inclusive. */
  readonly firstLine: number;
  lastLine: number;
}

function groupByLines(edits: readonly TextEdit[], { starts }: Lines): Group[] {
  const groups: Group[] = [];
  for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start)) {
    const firstLine = positionAt(starts, edit.span.start).line - 1;
    const lastLine = positionAt(starts, edit.span.end).line - 1;
    const group = groups.at(-1);
    if (group && firstLine <= group.lastLine + 1) {
      group.edits.push(edit);
      group.lastLine = Math.max(group.lastLine, lastLine);
    } else groups.push({ edits: [edit], firstLine, lastLine });
  }
  return groups;
}

function hunkOf(file: string, { edits, firstLine, lastLine }: Group, lines: Lines, shift: number): Hunk | undefined {
  const start = lines.starts[firstLine] ?? 0;
  const end = lines.starts[lastLine + 1] ?? lines.text.length;
  const local = edits.map(({ span, text }) => ({ span: { start: span.start - start, end: span.end - start }, text }));
  const result = applyEdits(lines.text.slice(start, end), local);
  if (result.kind !== "applied") return undefined;
  const before = contents(lines.text.slice(start, end));
  const after = contents(result.text);
  const head = sharedCount(before, after);
  const tail = sharedCount(before.slice(head).reverse(), after.slice(head).reverse());
  return {
    file,
    oldNumber: firstLine + head + 1,
    newNumber: firstLine + head + 1 + shift,
    removed: before.slice(head, before.length - tail),
    added: after.slice(head, after.length - tail),
  };
}

function contents(text: string): string[] {
  const lines = cutLines(text);
  const all = lines.starts.map((_, index) => lineAt(lines, index));
  return all.at(-1) === "" ? all.slice(0, -1) : all;
}

function sharedCount(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((line, index) => line !== b[index]);
  return different === -1 ? a.length : different;
}
