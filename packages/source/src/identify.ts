/** Which candidates are really there, and which of them are one and the same file. */
import { lstat, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { mapBounded } from "./map-bounded.ts";
import { isInside, leadsThroughNeverEntered, relativeTo } from "./paths.ts";
import type { Candidate, SkippedPath } from "./sources.ts";
import { reasonOf } from "./unreadable.ts";

/** A file to read. */
export interface PresentFile extends Candidate {
  /** In bytes. */
  readonly size: number;
}

/**
 * Each file that is there, once, under its own name rather than a link's. `folders` are the real paths that links may
 * lead into unasked: a link out of them is followed only when a person names it.
 */
export async function identify(
  candidates: readonly Candidate[],
  folders: readonly string[],
): Promise<{ readonly files: readonly PresentFile[]; readonly skipped: readonly SkippedPath[] }> {
  const realFolders = new Map<string, Promise<string>>();
  const looks = await mapBounded(candidates, 64, candidate => look(candidate, folders, realFolders));
  const files = new Map<string, Present>();
  for (const found of looks) {
    if (found?.kind === "present") files.set(found.real, preferred(files.get(found.real), found));
  }
  return {
    files: [...files.values()],
    skipped: looks.flatMap(found => (found?.kind === "skipped" ? [found] : [])),
  };
}

interface Present extends PresentFile {
  readonly kind: "present";
  readonly real: string;
  readonly isLink: boolean;
}

/** Undefined: nothing is there, or nothing that a reader would miss. */
type Look = Present | (SkippedPath & { readonly kind: "skipped" }) | undefined;

async function look(
  candidate: Candidate,
  folders: readonly string[],
  realFolders: Map<string, Promise<string>>,
): Promise<Look> {
  const { path } = candidate;
  try {
    const itself = await lstat(path);
    if (itself.isSymbolicLink()) return await follow(candidate, folders);
    if (itself.isDirectory()) return undefined;
    if (!itself.isFile()) return { kind: "skipped", path, reason: "not a regular file" };
    const real = candidate.named ? await realpath(path) : await realOf(path, realFolders);
    return { kind: "present", ...candidate, real, isLink: false, size: itself.size };
  } catch (error) {
    const reason = reasonOf(error);
    return reason === undefined ? undefined : { kind: "skipped", path, reason };
  }
}

async function follow(candidate: Candidate, folders: readonly string[]): Promise<Look> {
  const { path, named } = candidate;
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return { kind: "skipped", path, reason: "broken symbolic link" };
  const target = await stat(real);
  if (!target.isFile()) return undefined;
  const around = folders.filter(folder => isInside(real, folder));
  if (!named && around.length === 0) return { kind: "skipped", path, reason: "symbolic link out of the root" };
  if (!named && around.every(folder => leadsThroughNeverEntered(relativeTo(folder, real)))) return undefined;
  return { kind: "present", ...candidate, real, isLink: true, size: target.size };
}

/** The real path of a file that is no link itself: one question per folder instead of one per file. */
async function realOf(path: string, realFolders: Map<string, Promise<string>>): Promise<string> {
  const folder = dirname(path);
  const known = realFolders.get(folder) ?? realpath(folder);
  realFolders.set(folder, known);
  return join(await known, basename(path));
}

/** Of two names for one file: its own before a link's, then the first in order; named if either is. */
function preferred(known: Present | undefined, next: Present): Present {
  if (known === undefined) return next;
  const better = known.isLink === next.isLink ? next.path < known.path : known.isLink;
  return { ...(better ? next : known), named: known.named || next.named };
}
