/** The hunks of a patch: which lines of a file's new text a reviewer can comment on, and which of them are new. */

/** One hunk, told by the lines of the new text, which count from 1. */
export interface Hunk {
  readonly start: number;
  /** Inclusive; below `start` where a hunk only deletes and shows nothing around it. */
  readonly end: number;
  /** The lines that were added, ascending; the others of the hunk are context. */
  readonly added: readonly number[];
  /** The lines before which others were removed, ascending; the line after the hunk where they stood at its end. */
  readonly gaps: readonly number[];
}

/** The hunks of each file of a patch as git writes it, in its order; the patch of one file may lack its header. */
export function parsePatch(patch: string): readonly (readonly Hunk[])[] {
  const files: Hunk[][] = [];
  const reader = { lines: patch.split("\n"), at: 0 };
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at++] ?? "";
    if (line.startsWith("diff --git ")) files.push([]);
    const counts = HEADER.exec(line);
    if (!counts) continue;
    if (files.length === 0) files.push([]);
    files.at(-1)?.push(readHunk(reader, counts));
  }
  return files;
}

const HEADER = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Which sides of the change a line is on, by its mark. */
const SIDES: Readonly<Record<string, { readonly old: number; readonly new: number }>> = {
  " ": { old: 1, new: 1 },
  "-": { old: 1, new: 0 },
  "+": { old: 0, new: 1 },
};
/** `\ No newline at end of file` is on neither. */
const NEITHER = { old: 0, new: 0 };

/** Reads as many lines as the header promises: a line of the file may itself look like a header. */
function readHunk(reader: { readonly lines: readonly string[]; at: number }, header: RegExpExecArray): Hunk {
  const [, oldCount = "1", first = "1", newCount = "1"] = header;
  const left = { old: Number(oldCount), new: Number(newCount) };
  const start = Number(first);
  const added: number[] = [];
  const gaps = new Set<number>();
  let line = start;
  while (left.old + left.new > 0 && reader.at < reader.lines.length) {
    const mark = reader.lines[reader.at++]?.charAt(0) || " ";
    const sides = SIDES[mark] ?? NEITHER;
    if (mark === "+") added.push(line);
    if (mark === "-") gaps.add(line);
    line += sides.new;
    left.old -= sides.old;
    left.new -= sides.new;
  }
  return { start, end: start + Number(newCount) - 1, added, gaps: [...gaps] };
}
