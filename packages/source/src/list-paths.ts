/** From what a person wrote on the command line to the files that may be analysed. */
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { unfitName } from "./extensions.ts";
import { foreignIn } from "./foreign.ts";
import { globMatcher, isNegated } from "./globs.ts";
import { listFolders } from "./list-folders.ts";
import { relativeTo } from "./paths.ts";
import { asGlob, requestFor, type FolderRequest, type Request } from "./requests.ts";
import { nothingFound } from "./source-error.ts";
import type { Candidate, SkippedPath } from "./sources.ts";
import type { FolderListing } from "./walk.ts";

/** What some paths lead to. */
export interface PathListing {
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly SkippedPath[];
  /** The folders that were searched, as real paths. */
  readonly folders: readonly string[];
}

/** Whether the configuration ignores an absolute path. */
export type IsIgnored = (path: string) => boolean;

/**
 * Everything that the arguments lead to; without any, the working directory. One that begins with `!` takes files away.
 * Throws a `SourceError` for one that leads nowhere.
 */
export async function listPaths(args: readonly string[], cwd: string, isIgnored: IsIgnored): Promise<PathListing> {
  const isTaken = globMatcher(args.filter(isNegated).map(glob => asGlob(glob.slice(1))));
  const wanted = args.filter(argument => !isNegated(argument));
  const requests: Request[] = [];
  for (const argument of wanted.length === 0 ? ["."] : wanted) requests.push(await requestFor(argument, cwd));
  const folders = requests.flatMap(request => (request.kind === "folder" ? [request.real] : []));
  const listings = await listFolders(folders, await realpath(cwd));
  const parts = requests.map(request =>
    request.kind === "file"
      ? listFile(request.path, isIgnored)
      : listFolder(request, listings.get(request.real) ?? { files: [], skipped: [] }, cwd, isIgnored),
  );
  const isLeft = ({ path }: { path: string }): boolean => !isTaken(relativeTo(cwd, path));
  return {
    candidates: parts.flatMap(part => part.candidates).filter(isLeft),
    skipped: parts.flatMap(part => part.skipped).filter(isLeft),
    folders,
  };
}

/** Why a named file is not analysed whatever it holds, or undefined. */
export function unfit(path: string, isIgnored: IsIgnored): string | undefined {
  return unfitName(path) ?? (isIgnored(path) ? "ignored by the configuration" : undefined);
}

type Part = Pick<PathListing, "candidates" | "skipped">;

function listFile(path: string, isIgnored: IsIgnored): Part {
  const reason = unfit(path, isIgnored);
  return reason === undefined
    ? { candidates: [{ path, named: true, foreign: undefined }], skipped: [] }
    : { candidates: [], skipped: [{ path, reason }] };
}

function listFolder(request: FolderRequest, listing: FolderListing, cwd: string, isIgnored: IsIgnored): Part {
  const isMeant = request.isMeant;
  const way = wayTo(request, cwd);
  const all = listing.files
    .filter(isMeant)
    .map(file => ({ path: join(request.path, file), named: false, foreign: foreignIn(way + file, way) }));
  const candidates = all.filter(({ path }) => !isIgnored(path));
  const skipped = listing.skipped
    .filter(({ path }) => isMeant(path))
    .map(({ path, reason }) => ({ path: join(request.path, path), reason }))
    .filter(({ path }) => !isIgnored(path));
  if (candidates.length + skipped.length === 0) throw nothingFound(request.argument, cwd, all.length > 0);
  return { candidates, skipped };
}

/** From the working directory to the folder: "", or ending in '/'. */
function wayTo({ path }: FolderRequest, cwd: string): string {
  const way = relativeTo(cwd, path);
  return way === "." ? "" : `${way}/`;
}
