/** The files that a tsconfig extends, directly or not: what is written in them holds for it as well. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { posix } from "node:path";

/**
 * Absolute paths of those files, and of some that are none: read by its text alone, also what is commented out counts, and whoever
 * follows a file too many looks once more at a time of modification.
 */
export function extendedFiles(config: string, seen: ReadonlySet<string> = new Set()): readonly string[] {
  if (seen.has(config)) return [];
  const known = new Set([...seen, config]);
  const files = basesIn(textOf(config)).flatMap(base =>
    IS_PATH.test(base) ? atPath(config, base) : inPackage(config, base),
  );
  return files.flatMap(file => [file, ...extendedFiles(file, known)]);
}

const IS_PATH = /^(?:\.{1,2}\/|\/|[a-z]:\/)/i;

function basesIn(text: string): readonly string[] {
  const written = [...text.matchAll(/"extends"\s*:\s*("[^"\n]*"|\[[^\]]*\])/g)].map(([, value = ""]) => value);
  return written.flatMap(value => [...value.matchAll(/"([^"\n]+)"/g)].map(([, base = ""]) => base));
}

/** The compiler adds what is missing only where there is no file of the name as it is written. */
function atPath(config: string, base: string): readonly string[] {
  const path = posix.resolve(posix.dirname(config), base);
  return path.endsWith(".json") ? [path] : [path, `${path}.json`];
}

/** Packages of a workspace are linked, and stand where their sources are. */
function inPackage(config: string, base: string): readonly string[] {
  const { resolve } = createRequire(config);
  for (const name of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      const found = resolve(name).replaceAll("\\", "/");
      if (found.endsWith(".json")) return [found];
    } catch {
      // Under another name, or not installed: then there is nothing that could be saved.
    }
  }
  return [];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
