/** Where things are kept that may be lost. */
import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";

/**
 * The cache of a working directory: beside the nearest installed packages of its repository, else the user's own;
 * `REVIEW_CACHE_DIR` goes before both. Deleting it is always safe.
 */
export function cacheFolder(cwd: string): string {
  return cacheFolders(cwd)[0] as string;
}

/**
 * Every cache that a run in the folder, or further up in its repository, would choose, the nearest first: who reads does not
 * know where the one who wrote was started.
 */
export function cacheFolders(folder: string): readonly string[] {
  const { REVIEW_CACHE_DIR } = process.env;
  if (REVIEW_CACHE_DIR) return [resolve(folder, REVIEW_CACHE_DIR)];
  return [...installedPackages(folder).map(packages => join(packages, ".cache", "review")), userCache()];
}

function installedPackages(folder: string): readonly string[] {
  const packages = join(folder, "node_modules");
  const own = statSync(packages, { throwIfNoEntry: false })?.isDirectory() ? [packages] : [];
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, ".git")) ? own : [...own, ...installedPackages(parent)];
}

function userCache(): string {
  const { XDG_CACHE_HOME = "", LOCALAPPDATA } = process.env;
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "review");
  return join(isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache"), "review");
}
