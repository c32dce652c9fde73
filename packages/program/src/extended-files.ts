/** The files that a tsconfig extends, directly or not: what is written in them holds for it as well. */
import { readFileSync } from "node:fs";
import { posix } from "node:path";

/**
 * Absolute paths of those that are named by a path; what a package brings changes with the package. Read by its text alone: whoever
 * follows a file too many looks once more at a time of modification.
 */
export function extendedFiles(config: string, seen: ReadonlySet<string> = new Set()): readonly string[] {
  if (seen.has(config)) return [];
  const bases = basesIn(textOf(config)).map(base => posix.join(posix.dirname(config), base));
  const known = new Set([...seen, config]);
  return bases.flatMap(base => {
    const file = base.endsWith(".json") ? base : `${base}.json`;
    return [file, ...extendedFiles(file, known)];
  });
}

function basesIn(text: string): readonly string[] {
  const [, written = ""] = /"extends"\s*:\s*("[^"\n]*"|\[[^\]]*\])/.exec(text) ?? [];
  return [...written.matchAll(/"(\.{1,2}\/[^"\n]*)"/g)].map(([, base = ""]) => base);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
