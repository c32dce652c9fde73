/** The files below a folder that git does not list. Links to folders are not followed, so a walk always ends. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { unfitName } from "./extensions.ts";
import { isIgnored, rulesAround, withGitignore, type IgnoreRules } from "./gitignore.ts";
import { isNeverEntered, relativeTo } from "./paths.ts";
import { reasonOf } from "./unreadable.ts";

/** What a folder holds; '/' separated paths relative to it. */
export interface FolderListing {
  readonly files: readonly string[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** The sources below `folder`, an absolute and real path; `.gitignore` files count from `base` on. */
export async function walk(folder: string, base: string): Promise<FolderListing> {
  const rules = await rulesAround(base, folder);
  const way = relativeTo(rules.base, folder);
  return visit({ folder, path: "", way: way === "." ? "" : `${way}/` }, rules);
}

/** A folder on the walk, with its paths from the walk's start and from the rules' base: "", or ending in '/'. */
interface Place {
  readonly folder: string;
  readonly path: string;
  readonly way: string;
}

async function visit(place: Place, outer: IgnoreRules): Promise<FolderListing> {
  let entries: Dirent[];
  try {
    entries = await readdir(place.folder, { withFileTypes: true });
  } catch (error) {
    return unreadable(place, error);
  }
  const has = (name: string): boolean => entries.some(entry => entry.name === name);
  const rules = has(".gitignore") ? await withGitignore(outer, place.folder) : outer;
  const folders = entries.filter(entry => entry.isDirectory() && isEntered(entry.name, place, rules));
  const files = entries.filter(entry => !entry.isDirectory() && isWanted(entry.name, place, rules));
  const outputs = rules.rules === undefined && (place.path === "" || has("package.json")) ? OUTPUTS : NONE;
  const below = await Promise.all(
    folders.filter(({ name }) => !outputs.has(name)).map(({ name }) => visit(inside(place, name), rules)),
  );
  const left = folders.filter(({ name }) => outputs.has(name));
  const skipped = left.map(({ name }) => ({ path: place.path + name, reason: "output folder" }));
  return {
    files: [...files.map(({ name }) => place.path + name), ...below.flatMap(listing => listing.files)],
    skipped: [...skipped, ...below.flatMap(listing => listing.skipped)],
  };
}

/**
 * Folders of generated or foreign code. They count only where no `.gitignore` tells what is generated, and only where
 * tools put them, at the top or beside a `package.json`: `src/build` is likely code.
 */
const OUTPUTS: ReadonlySet<string> = new Set([
  ...["dist", "build", "out", "coverage", "vendor"],
  ...[".next", ".nuxt", ".output", ".svelte-kit", ".turbo", ".vercel", ".cache", ".yarn"],
]);
const NONE: ReadonlySet<string> = new Set();

function unreadable({ path }: Place, error: unknown): FolderListing {
  const reason = reasonOf(error);
  return { files: [], skipped: reason === undefined ? [] : [{ path, reason }] };
}

function isEntered(name: string, { way }: Place, rules: IgnoreRules): boolean {
  return !isNeverEntered(name) && !isIgnored(rules, `${way}${name}/`);
}

function isWanted(name: string, { way }: Place, rules: IgnoreRules): boolean {
  return unfitName(name) === undefined && !isIgnored(rules, way + name);
}

function inside({ folder, path, way }: Place, name: string): Place {
  return { folder: join(folder, name), path: `${path}${name}/`, way: `${way}${name}/` };
}
