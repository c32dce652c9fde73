/** From what a person names to the texts that are analysed. */
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { repositoryOf } from "./git.ts";
import { globMatcher } from "./globs.ts";
import { identify } from "./identify.ts";
import { listPaths, unfit, type IsIgnored } from "./list-paths.ts";
import { mapBounded } from "./map-bounded.ts";
import { relativeTo, toSlashes } from "./paths.ts";
import { readSource, readText, type ReadFile } from "./read-source.ts";
import type { Skipped, SkippedPath, SourceOptions, Sources, Target } from "./sources.ts";

/**
 * The sources that the target leads to. What a person names, he means: a file or folder of which git or a default would
 * keep us away is analysed when it is named itself, a generated or minified file too. Throws a `SourceError`
 * for a path or glob that leads nowhere.
 */
export async function collectSources(target: Target, options: SourceOptions = {}): Promise<Sources> {
  const cwd = resolve(target.cwd);
  const root = (await repositoryOf(cwd)) ?? cwd;
  const isIgnored = ignoredBy(options, cwd);
  const read =
    target.kind === "stdin"
      ? [fromText(resolve(cwd, target.fileName), target.text, isIgnored)]
      : await fromPaths(target.paths, cwd, root, isIgnored);
  return { root: toSlashes(root), ...inOrder(read, cwd) };
}

function ignoredBy({ ignore = [], ignoreBase }: SourceOptions, cwd: string): IsIgnored {
  const base = resolve(cwd, ignoreBase ?? "");
  const matches = globMatcher(ignore);
  return path => matches(relativeTo(base, path));
}

function fromText(path: string, text: string, isIgnored: IsIgnored): ReadFile {
  const reason = unfit(path, isIgnored);
  return reason === undefined ? readText(path, text) : { kind: "skipped", path, reason };
}

async function fromPaths(
  paths: readonly string[],
  cwd: string,
  root: string,
  isIgnored: IsIgnored,
): Promise<ReadFile[]> {
  const listing = await listPaths(paths, cwd, isIgnored);
  const { files, skipped } = await identify(listing.candidates, [await realpath(root), ...listing.folders]);
  const read = await mapBounded(files, 32, readSource);
  const left = [...listing.skipped, ...skipped].map(({ path, reason }): ReadFile => ({
    kind: "skipped",
    path,
    reason,
  }));
  return [...left, ...read.filter(file => file !== undefined)];
}

function inOrder(read: readonly ReadFile[], cwd: string): Pick<Sources, "files" | "skipped"> {
  const files = read.flatMap(file => {
    if (file.kind === "skipped") return [];
    const { path, text, bom } = file;
    return [{ file: relativeTo(cwd, path), path: toSlashes(path), text, bom }];
  });
  const skipped = read.flatMap(file => (file.kind === "skipped" ? [asSkipped(file, cwd)] : []));
  return { files: files.sort(byFile), skipped: withoutRepeats(skipped.sort(byFile)) };
}

function asSkipped({ path, reason }: SkippedPath, cwd: string): Skipped {
  return { file: relativeTo(cwd, path), reason };
}

/** By code units, so that no locale changes the order. */
function byFile(left: { readonly file: string }, right: { readonly file: string }): number {
  return left.file < right.file ? -1 : left.file > right.file ? 1 : 0;
}

/** Overlapping paths meet the same folder twice. */
function withoutRepeats(sorted: readonly Skipped[]): readonly Skipped[] {
  return sorted.filter((entry, index) => entry.file !== sorted[index - 1]?.file);
}
