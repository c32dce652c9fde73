/** Reads one file, or says why it is not analysed. */
import { readFile } from "node:fs/promises";
import { decode, withoutBom } from "./decode.ts";
import { isVersionedCopy, preparesTests } from "./foreign.ts";
import { hasGeneratedName, isGenerated } from "./generated.ts";
import type { PresentFile } from "./identify.ts";
import { hasMinifiedName, isMinified } from "./minified.ts";
import { toSlashes } from "./paths.ts";
import { reasonOf } from "./unreadable.ts";

/** A file that has been read. */
export type ReadFile =
  | { readonly kind: "text"; readonly path: string; readonly text: string; readonly bom: boolean }
  | { readonly kind: "skipped"; readonly path: string; readonly reason: string };

/** In bytes. Hand-written files are far smaller, and a compiler spends seconds on bigger ones. */
const LARGEST = 1024 * 1024;

/** The file's text; undefined if it is gone meanwhile. A named file is analysed even if it is generated or minified. */
export async function readSource({ path, named, foreign, size }: PresentFile): Promise<ReadFile | undefined> {
  const reason = (named ? undefined : reasonInName(path)) ?? reasonInSize(size);
  if (reason !== undefined) return { kind: "skipped", path, reason };
  try {
    const decoded = decode(await readFile(path));
    if (decoded.kind === "undecodable") return { kind: "skipped", path, reason: decoded.reason };
    if (foreign === "test of types" || (foreign && !preparesTests(decoded.text)))
      return { kind: "skipped", path, reason: foreign };
    return judged(path, named, decoded);
  } catch (error) {
    const failure = reasonOf(error);
    return failure === undefined ? undefined : { kind: "skipped", path, reason: failure };
  }
}

/** A text that a person hands over counts as a named file. */
export function readText(path: string, given: string): ReadFile {
  const reason = reasonInSize(Buffer.byteLength(given));
  return reason === undefined ? judged(path, true, withoutBom(given)) : { kind: "skipped", path, reason };
}

function judged(path: string, named: boolean, { text, bom }: { text: string; bom: boolean }): ReadFile {
  const reason = reasonInText(path, text, named);
  return reason === undefined ? { kind: "text", path, text, bom } : { kind: "skipped", path, reason };
}

function reasonInName(path: string): string | undefined {
  if (hasMinifiedName(path)) return "minified";
  if (isVersionedCopy(toSlashes(path))) return "copy of a library";
  return hasGeneratedName(toSlashes(path)) ? "generated" : undefined;
}

function reasonInSize(size: number): string | undefined {
  return size > LARGEST ? "over 1 MB" : undefined;
}

function reasonInText(path: string, text: string, named: boolean): string | undefined {
  // Qt keeps its translations in XML files that end in `.ts`.
  if (/^\s*<\?xml|^\s*<!DOCTYPE TS>/.test(text)) return "not TypeScript or JavaScript (XML)";
  if (named) return undefined;
  if (isGenerated(path, text)) return "generated";
  return isMinified(text) ? "minified" : undefined;
}
