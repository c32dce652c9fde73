/** Where things are kept that may be lost. */
import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";

/**
 * The cache of a working directory: beside the nearest installed packages of its repository, else the user's own;
 * `REVIEW_CACHE_DIR` goes before both. Deleting it is always safe.
 */
export function cacheFolder(cwd: string): string {
  const { REVIEW_CACHE_DIR } = process.env;
  if (REVIEW_CACHE_DIR) return resolve(cwd, REVIEW_CACHE_DIR);
  const packages = nearestPackages(cwd);
  return packages === undefined ? userCache() : join(packages, ".cache", "review");
}

function nearestPackages(folder: string): string | undefined {
  const packages = join(folder, "node_modules");
  if (statSync(packages, { throwIfNoEntry: false })?.isDirectory()) return packages;
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, ".git")) ? undefined : nearestPackages(parent);
}

function userCache(): string {
  const { XDG_CACHE_HOME = "", LOCALAPPDATA } = process.env;
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "review");
  return join(isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache"), "review");
}
