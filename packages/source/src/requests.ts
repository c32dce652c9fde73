/** What each argument of the command line means: a file, a folder, or a glob. */
import type { Stats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { isAbsolute, join, parse, resolve, sep } from "node:path";
import { isGlob, matcherOf } from "./globs.ts";
import { missingPath, nothingFound } from "./source-error.ts";

/** A folder with a condition on its files; a glob is one as well. */
export interface FolderRequest {
  readonly kind: "folder";
  /** As the person wrote it. */
  readonly argument: string;
  /** Absolute, as the person sees it. */
  readonly path: string;
  /** The same folder without symbolic links. */
  readonly real: string;
  /** Takes '/' separated paths relative to the folder. */
  readonly isMeant: (path: string) => boolean;
}

/** What an argument asks for. */
export type Request = FolderRequest | { readonly kind: "file"; readonly path: string };

/** The meaning of one argument; a path that exists is never a glob. Throws a `SourceError` where there is neither. */
export async function requestFor(argument: string, cwd: string): Promise<Request> {
  const path = resolve(cwd, argument);
  const found = await statOf(path);
  if (found?.isDirectory()) return folderRequest(argument, path, () => true);
  if (found !== undefined) return { kind: "file", path };
  const glob = asGlob(argument);
  if (!isGlob(glob)) throw missingPath(argument, cwd);
  const { folder, rest } = await splitGlob(glob, cwd);
  if ((await statOf(folder)) === undefined) throw nothingFound(argument, cwd, false);
  return folderRequest(argument, folder, matcherOf(rest));
}

/** The text as a glob: on Windows people write '\' between folders. */
export function asGlob(argument: string): string {
  return sep === "/" ? argument : argument.replaceAll(sep, "/");
}

async function folderRequest(
  argument: string,
  path: string,
  isMeant: FolderRequest["isMeant"],
): Promise<FolderRequest> {
  return { kind: "folder", argument, path, real: await realpath(path), isMeant };
}

/**
 * The longest chain of folders that exist under just these names, and the glob below them. Going by what exists
 * lets `app/[id]/*.ts` mean the folder `[id]`, and gives a glob below an ignored folder the same rights as that folder.
 */
async function splitGlob(glob: string, cwd: string): Promise<{ folder: string; rest: string }> {
  const start = isAbsolute(glob) ? parse(glob).root : "";
  const segments = glob
    .slice(start.length)
    .split("/")
    .filter(segment => segment !== "" && segment !== ".");
  let folder = resolve(cwd, start);
  let depth = 0;
  for (const segment of segments.slice(0, -1)) {
    const next = join(folder, segment);
    if (!(await statOf(next))?.isDirectory()) break;
    folder = next;
    depth += 1;
  }
  return { folder, rest: segments.slice(depth).join("/") };
}

/** What is there; a file that exists but must not be looked at counts as absent. */
function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}
