/** Which configuration holds for a folder. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const EXECUTABLE = ["review.config.ts", "review.config.mts", "review.config.js", "review.config.mjs"] as const;
const DATA = ["review.config.json", "review.config.jsonc"] as const;

/**
 * The nearest configuration from a folder upward: a file of its own, or a `package.json` with the key `review`. The search
 * ends at the repository's root, and without a repository at the nearest package: what lies above may be
 * anybody's, and a configuration is code that runs.
 */
export function findConfig(cwd: string, executable: boolean): string | undefined {
  const names = executable ? [...EXECUTABLE, ...DATA] : DATA;
  for (const folder of searched(cwd)) {
    const own = names.map(name => join(folder, name)).find(path => existsSync(path));
    if (own !== undefined) return own;
    const manifest = join(folder, "package.json");
    if (hasKey(manifest)) return manifest;
  }
  return undefined;
}

function searched(cwd: string): readonly string[] {
  const folders = upward(cwd);
  const end = [".git", "package.json"]
    .map(mark => folders.findIndex(folder => existsSync(join(folder, mark))))
    .find(index => index >= 0);
  return folders.slice(0, (end ?? 0) + 1);
}

function upward(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upward(parent)];
}

/** A manifest that cannot be read says nothing about reviews; npm will complain about it. */
function hasKey(manifest: string): boolean {
  try {
    const value: unknown = JSON.parse(readFileSync(manifest, "utf8").replace(/^\uFEFF/, ""));
    return typeof value === "object" && value !== null && "review" in value;
  } catch {
    return false;
  }
}
