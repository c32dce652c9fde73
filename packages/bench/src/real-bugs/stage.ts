/** Trees that can be reviewed, side by side in one folder: the project of each bug before and after its fix. */
import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { VERSIONS, type Bug, type Version } from "./bugs.ts";

/** The name of one tree below the folder of all. */
export function treeOf({ id }: Bug, version: Version): string {
  return posix.join(id, version);
}

/** Lays out both trees of a bug below `folder`, and answers with the changed files, relative to it. */
export function stage(bug: Bug, corpus: string, folder: string): readonly string[] {
  return VERSIONS.flatMap(version => {
    const tree = join(folder, treeOf(bug, version));
    linkTree(join(corpus, bug.id, "ctx"), tree);
    for (const path of bug.paths) replaceFile(join(corpus, bug.id, version, path), join(tree, path));
    return bug.paths.map(path => posix.join(treeOf(bug, version), path));
  });
}

/** Hard links cost next to nothing; where there can be none, as between two disks, files are copied. */
function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isFile()) linkFile(source, target);
  }
}

function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** Removes the link first: writing through it would change the corpus. */
function replaceFile(source: string, target: string): void {
  rmSync(target, { force: true });
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
}
