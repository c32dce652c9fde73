/** From a verified fix to the lines that a reader can commit with one click. */
import { applyEdits, lineStarts } from "@review/findings";
import { hunkAround, type ChangedFile } from "../change/changed-files.ts";
import { lastLine, type ReportedFinding, type ReportedFix } from "./reported.ts";

/** The lines from `start` to `end` (inclusive) become `lines`; none: they are deleted. */
export interface Committable {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
  readonly fix: ReportedFix;
}

const LONGEST = 40;

/** The first fix that was verified and is one run of whole lines within one hunk; `text` is the file's at the head. */
export function committableOf(
  finding: ReportedFinding,
  file: ChangedFile | undefined,
  text: string,
): Committable | undefined {
  if (!file || !isCountable(text)) return undefined;
  for (const fix of finding.fixes) {
    const found = isVerified(fix) ? linesOf(fix, finding, file, text) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Whether its types and its rules were tried and stood. */
export function isVerified({ verified }: Pick<ReportedFix, "verified">): boolean {
  return verified.types === true && verified.rules === true;
}

/** Git ends lines at line feeds alone; a lone carriage return makes every number after it differ from an editor's. */
export function isCountable(text: string): boolean {
  return !/\r(?!\n)/.test(text);
}

function linesOf(fix: ReportedFix, finding: ReportedFinding, file: ChangedFile, text: string): Committable | undefined {
  if (fix.edits.length === 0 || fix.edits.some(edit => edit.file !== finding.file)) return undefined;
  const first = Math.min(...fix.edits.map(edit => edit.range.start.line));
  const last = Math.max(...fix.edits.map(edit => lastLine(edit.range)));
  const own = finding.range.start.line;
  const wide = { start: Math.min(first, own), end: Math.max(last, own) };
  // The reader sees the finding's line together with what becomes of it, where both are close.
  const { start, end } = hunkAround(file, wide.start, wide.end) && isShort(wide) ? wide : { start: first, end: last };
  if (!hunkAround(file, start, end) || !isShort({ start, end })) return undefined;
  const lines = linesAfter(fix.edits, text, start, end);
  return lines && { start, end, lines, fix };
}

function isShort({ start, end }: { readonly start: number; readonly end: number }): boolean {
  return end - start < LONGEST;
}

/** What stands in place of whole lines after edits within them; undefined where that is no whole lines or nothing new. */
export function linesAfter(
  changes: ReportedFix["edits"],
  text: string,
  start: number,
  end: number,
): readonly string[] | undefined {
  const starts = lineStarts(text);
  const offset = ({ line, column }: { line: number; column: number }): number =>
    (starts[line - 1] ?? text.length) + column - 1;
  const edits = changes.map(edit => ({
    span: { start: offset(edit.range.start), end: offset(edit.range.end) },
    text: edit.text,
  }));
  const applied = applyEdits(text, edits);
  if (applied.kind !== "applied") return undefined;
  const before = starts[start - 1] ?? 0;
  const after = text.length - (starts[end] ?? text.length);
  const old = text.slice(before, text.length - after);
  const now = applied.text.slice(before, applied.text.length - after);
  if (now === old) return undefined;
  if (now === "") return [];
  // Where the last line lost its end, it runs on into one that the comment does not show.
  if (!now.endsWith("\n") && after > 0) return undefined;
  return now.replace(/\r?\n$/, "").split(/\r?\n/);
}
