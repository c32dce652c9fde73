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

/** The first line from `first` to `last` that the change has added. */
export function addedWithin(file: ChangedFile | undefined, first: number, last: number): number | undefined {
  return file?.hunks.flatMap(hunk => hunk.added).find(line => line >= first && line <= last);
}
