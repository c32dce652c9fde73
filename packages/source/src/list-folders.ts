/** The files below the folders that a person named: git's own list where git knows them, else a walk. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { unfitName } from "./extensions.ts";
import { gitIgnored, gitListing, repositoryOf, type GitListing } from "./git.ts";
import { isInside, leadsThroughNeverEntered, relativeTo } from "./paths.ts";
import { walk, type FolderListing } from "./walk.ts";

/** The listing of every folder; folders and `cwd` are absolute and real paths. */
export async function listFolders(
  folders: readonly string[],
  cwd: string,
): Promise<ReadonlyMap<string, FolderListing>> {
  const unique = [...new Set(folders)];
  const groups = new Map<string | undefined, string[]>();
  for (const folder of unique) {
    const top = await repositoryOf(folder);
    groups.set(top, [...(groups.get(top) ?? []), folder]);
  }
  const listings = [...groups].map(([top, members]) =>
    top === undefined ? walkAll(members, cwd) : listRepository(top, members),
  );
  return new Map((await Promise.all(listings)).flat());
}

type Listed = [folder: string, listing: FolderListing];

/** A folder below the working directory obeys the `.gitignore` files from there on. */
function walkAll(folders: readonly string[], cwd: string): Promise<Listed[]> {
  return Promise.all(
    folders.map(async (folder): Promise<Listed> => [folder, await walk(folder, isInside(folder, cwd) ? cwd : folder)]),
  );
}

async function listRepository(top: string, folders: readonly string[]): Promise<Listed[]> {
  const from = commonFolder(folders);
  const [ignored, listing] = await Promise.all([gitIgnored(top, folders), gitListing(from)]);
  return Promise.all(
    folders.map(async (folder): Promise<Listed> => {
      if (ignored === undefined || listing === undefined) return [folder, await walk(folder, top)];
      // Who names an ignored folder means it: its own `.gitignore` files alone count.
      return [folder, ignored.has(folder) ? await walk(folder, folder) : below(folder, from, listing)];
    }),
  );
}

function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let candidate = common;
    while (!isInside(folder, candidate)) candidate = dirname(candidate);
    return candidate;
  });
}

/** The part of the listing of `from` that lies below `folder`, with paths relative to it. */
function below(folder: string, from: string, listing: GitListing): FolderListing {
  const way = relativeTo(from, folder);
  const prefix = way === "." ? "" : `${way}/`;
  const inside = (paths: readonly string[]): string[] =>
    paths
      .filter(path => path.startsWith(prefix))
      .map(path => path.slice(prefix.length))
      .filter(path => !leadsThroughNeverEntered(path));
  // A submodule that is not checked out has nothing to skip.
  const submodules = inside(listing.submodules).filter(path => existsSync(join(folder, path, ".git")));
  return {
    files: inside(listing.files.filter(path => unfitName(path) === undefined)),
    skipped: [
      ...submodules.map(path => ({ path, reason: "submodule" })),
      ...inside(listing.nested).map(path => ({ path, reason: "nested repository" })),
    ],
  };
}
