/** A copy of a working tree in which anything may be tried: what git would commit, beside installed packages. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, sep } from "node:path";

export interface TreeCopy {
  /** The folder that was copied, and where to. */
  readonly root: string;
  readonly copy: string;
  /** The folder in the copy that stands for the working directory. */
  readonly cwd: string;
  /** The files that were copied, by their absolute paths in the tree. */
  readonly files: readonly string[];
  /** Folders of installed packages that are not linked, and the empty folders in the copy that stand for them. */
  readonly packages: readonly { readonly from: string; readonly to: string }[];
  /** Where a file of the tree, by its absolute path, is in the copy. */
  readonly pathOf: (path: string) => string;
  remove(): void;
}

export interface CopyOptions {
  /**
   * For code that nobody has read: packages are not linked, files that are known to hold credentials stay where they are, and
   * every user may read the rest once he is let into the folder.
   */
  readonly isForStrangers?: boolean;
  /** Which files are copied, by their absolute paths; all if absent. */
  readonly isWanted?: (file: string) => boolean;
}

/** Copies the repository of a folder, or the folder itself where it is in none. */
export function copyTree(cwd: string, { isForStrangers = false, isWanted }: CopyOptions = {}): TreeCopy {
  const root = git(cwd, ["rev-parse", "--show-toplevel"])?.trim() || cwd;
  const outer = realpathSync.native(mkdtempSync(join(tmpdir(), "review-tree-")));
  const copy = join(outer, "tree");
  const pathOf = (path: string): string => join(copy, relative(root, path));
  const isCopied = (file: string): boolean =>
    isWanted?.(file) !== false && isFile(file) && !(isForStrangers && holdsCredentials(file));
  const files = filesOf(root).filter(isCopied);
  const folders = foldersOf(files, root);
  mkdirSync(copy, { recursive: true });
  for (const file of files) {
    mkdirSync(dirname(pathOf(file)), { recursive: true });
    cpSync(file, pathOf(file), { verbatimSymlinks: true });
  }
  if (isForStrangers) for (const path of [...files, ...folders]) open(pathOf(path));
  const places = [...folders].flatMap(folder =>
    hasPackages(folder, pathOf(folder)) ? [join(folder, "node_modules")] : [],
  );
  for (const from of places) {
    // Installed packages are linked: a copy of them would take longer than the tests.
    if (isForStrangers) mkdirSync(pathOf(from), { mode: 0o755 });
    else symlinkSync(from, pathOf(from), "junction");
  }
  const packages = isForStrangers ? places.map(from => ({ from: realpathSync.native(from), to: pathOf(from) })) : [];
  const remove = (): void => rmSync(outer, { recursive: true, force: true });
  return { root, copy, cwd: pathOf(cwd), files, packages, pathOf, remove };
}

function foldersOf(files: readonly string[], root: string): ReadonlySet<string> {
  const folders = new Set([root]);
  for (const file of files) {
    for (let folder = dirname(file); folder.startsWith(root) && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  }
  return folders;
}

/** Whether a path of the copy may be written: it leads nowhere else. */
export function isWithin({ copy }: Pick<TreeCopy, "copy">, path: string): boolean {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  const folder = existsSync(dirname(path)) ? realpathSync.native(dirname(path)) : "";
  return !isLink && (folder === copy || folder.startsWith(`${copy}${sep}`));
}

/** A submodule is listed as well, and is a tree of its own. */
function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

const CREDENTIALS =
  /^(?:\.env(?:\..+)?|\.npmrc|\.yarnrc(?:\.yml)?|\.netrc|\.git-credentials|\.pypirc|id_[a-z0-9]+|credentials(?:\.json)?|.+\.(?:pem|key|p12|pfx|jks|keystore|kdbx))$/i;

function holdsCredentials(file: string): boolean {
  const name = basename(file);
  return CREDENTIALS.test(name) && !/\.(?:example|sample|template)$/i.test(name);
}

function open(path: string): void {
  const kind = lstatSync(path);
  if (!kind.isSymbolicLink()) chmodSync(path, kind.mode | (kind.isDirectory() ? 0o555 : 0o444));
}

function hasPackages(folder: string, copy: string): boolean {
  return existsSync(join(folder, "node_modules")) && existsSync(copy) && !existsSync(join(copy, "node_modules"));
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
