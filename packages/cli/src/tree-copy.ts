/** A copy of a working tree in which anything may be tried: what git would commit, and links to installed packages. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

export interface TreeCopy {
  /** The folder in the copy that stands for the working directory. */
  readonly cwd: string;
  /** Where a file of the tree, by its absolute path, is in the copy. */
  readonly pathOf: (path: string) => string;
  remove(): void;
}

/** Copies the repository of a folder, or the folder itself where it is in none. */
export function copyTree(cwd: string): TreeCopy {
  const root = git(cwd, ["rev-parse", "--show-toplevel"])?.trim() || cwd;
  const copy = realpathSync.native(mkdtempSync(join(tmpdir(), "review-tree-")));
  const pathOf = (path: string): string => join(copy, relative(root, path));
  const folders = new Set([root]);
  for (const file of filesOf(root)) {
    for (let folder = dirname(file); folder.startsWith(root) && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
    if (!existsSync(file)) continue;
    mkdirSync(dirname(pathOf(file)), { recursive: true });
    cpSync(file, pathOf(file), { verbatimSymlinks: true });
  }
  for (const folder of folders) linkPackages(folder, pathOf(folder));
  return { cwd: pathOf(cwd), pathOf, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

/** Installed packages are linked: a copy of them would take longer than the tests. */
function linkPackages(folder: string, copy: string): void {
  const packages = join(folder, "node_modules");
  if (!existsSync(packages) || existsSync(join(copy, "node_modules"))) return;
  mkdirSync(copy, { recursive: true });
  symlinkSync(packages, join(copy, "node_modules"), "junction");
}

function filesOf(root: string): readonly string[] {
  const listed = git(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  if (listed === undefined) return filesBelow(root);
  return [...new Set(listed.split("\0").filter(file => file !== ""))].map(file => join(root, file));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.name === "node_modules" || entry.name === ".git") return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function git(cwd: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd, encoding: "utf8", maxBuffer: 2 ** 28 });
  return status === 0 ? stdout : undefined;
}
