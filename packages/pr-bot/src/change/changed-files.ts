/** What a pull request changes, by the paths of its head. */
import type { Hunk } from "./hunks.ts";

export interface ChangedFile {
  /** At the head; '/' separated, relative to the repository. */
  readonly path: string;
  /** At the base, where it was another. */
  readonly formerPath?: string | undefined;
  readonly status: "added" | "modified" | "removed" | "renamed";
  /** Empty for a binary file, a change of its mode alone, or one whose patch is not told. */
  readonly hunks: readonly Hunk[];
}

/** The files that are still there at the head, by path. */
export type ChangedFiles = ReadonlyMap<string, ChangedFile>;

/** Orders changed files by their path at the head; removed ones have none. */
export function changedFiles(files: readonly ChangedFile[]): ChangedFiles {
  return new Map(files.filter(file => file.status !== "removed").map(file => [file.path, file]));
}

/** The hunk that shows all lines from `start` to `end`; a comment cannot stand on lines of two hunks. */
export function hunkAround(file: ChangedFile | undefined, start: number, end: number): Hunk | undefined {
  return file?.hunks.find(hunk => hunk.start <= start && end <= hunk.end);
}

/**
 * Of the lines from `first` to `last` that the change has added, or that stand where it has removed others between them, the
 * nearest to a line; the earlier of two. Each can be commented on.
 */
export function changedWithin(
  file: ChangedFile | undefined,
  first: number,
  last: number,
  near: number = first,
): number | undefined {
  const lines = (file?.hunks ?? []).flatMap(({ start, end, added, gaps }) => [
    ...added.filter(line => line >= first && line <= last),
    ...gaps.filter(gap => gap > first && gap <= last && end >= start).map(gap => Math.min(gap, end)),
  ]);
  return lines.toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near) || a - b)[0];
}
