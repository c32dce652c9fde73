/** Fixes of real bugs, as a list names them and as a folder holds their files. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The two sides of a fix. */
export const VERSIONS = ["before", "after"] as const;
export type Version = (typeof VERSIONS)[number];

/** One fix: the corpus holds its files below `<id>/before` and `<id>/after`, and the rest of the project in `<id>/ctx`. */
export interface Bug {
  readonly id: string;
  /** The files that the fix changes, relative to the project. */
  readonly paths: readonly string[];
}

/** The parts of an entry of the list that are read here. */
interface Entry {
  readonly id: string;
  readonly excluded?: unknown;
  readonly files: readonly { readonly path: string }[];
}

/** The bugs of a list (JSON) whose id matches, without those that the list excludes. */
export function readBugs(list: string, ids: RegExp): readonly Bug[] {
  const entries = JSON.parse(readFileSync(list, "utf8")) as readonly Entry[];
  return entries
    .filter(entry => !entry.excluded && ids.test(entry.id))
    .map(({ id, files }) => ({ id, paths: files.map(({ path }) => path) }));
}

/** Whether the corpus holds both sides of a bug and what they stand in. */
export function isComplete(corpus: string, { id, paths }: Bug): boolean {
  const files = VERSIONS.flatMap(version => paths.map(path => join(version, path)));
  return [join("ctx", "tsconfig.json"), ...files].every(file => existsSync(join(corpus, id, file)));
}
