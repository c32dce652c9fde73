/** Which files seem to import others. */
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";

/** What everybody imports would have everything reviewed again. */
const MOST = 20;

/** By the text of their imports alone, which is quickly read: who is named for nothing is reviewed for nothing. */
export function importersOf(saved: readonly string[], files: Iterable<string>): readonly string[] {
  if (saved.length === 0) return [];
  const names = new Set(saved.flatMap(namesOf));
  const importers: string[] = [];
  for (const path of files) {
    if (importers.length === MOST) break;
    if (!saved.includes(path) && specifiersIn(path).some(name => names.has(name))) importers.push(path);
  }
  return importers;
}

/** How an import may end that leads to a file; the index of a folder answers to that folder's name. */
function namesOf(path: string): readonly string[] {
  const name = withoutExtension(basename(path));
  return name === "index" ? [name, ".", "..", basename(dirname(path))] : [name];
}

const SPECIFIER = /\b(?:from|import|require)\s*\(?\s*["']([^"'\n]+)["']/g;

function specifiersIn(path: string): readonly string[] {
  try {
    const found = readFileSync(path, "utf8").matchAll(SPECIFIER);
    return [...found].map(([, specifier = ""]) => withoutExtension(specifier.slice(specifier.lastIndexOf("/") + 1)));
  } catch {
    return [];
  }
}

function withoutExtension(name: string): string {
  return name.replace(/\.[cm]?[jt]sx?$/, "");
}
