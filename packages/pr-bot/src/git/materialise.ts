/**
 * Writes the texts of a commit into a folder, to be read by a compiler. Only plain files of known kinds are written, with our own
 * hands: no checkout, so no hook, filter or attribute has a say, no link leads out of the folder, and no name does.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { isReviewed } from "../reviewed.ts";
import { git, gitBytes, type GitOptions } from "./git.ts";

export interface Bounds {
  /** Files at most. */
  readonly files: number;
  /** Bytes of all files together at most. */
  readonly bytes: number;
  /** Bytes of one file at most. */
  readonly fileBytes: number;
}

export const BOUNDS: Bounds = { files: 30_000, bytes: 400_000_000, fileBytes: 1_048_576 };

export interface Materialised {
  /** Paths of what was written, '/' separated. */
  readonly files: ReadonlySet<string>;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Whether the bounds left no room for some. */
  readonly isCut: boolean;
}

export interface Blob {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

/** The files of a commit. */
export async function listTree(repository: string, commit: string, options: GitOptions = {}): Promise<readonly Blob[]> {
  const output = await git(repository, ["ls-tree", "-r", "-z", "--full-tree", commit], options);
  return output.split("\0").flatMap(line => {
    const [, mode = "", id = "", path = ""] = /^([0-7]+) (?:blob|commit) ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    return path === "" ? [] : [{ path, mode, id }];
  });
}

export interface MaterialiseOptions extends GitOptions {
  readonly bounds?: Bounds;
  /** These go before others where there is no room for all. */
  readonly first?: ReadonlySet<string>;
  /** Which files are written; what an analysis reads if absent. */
  readonly only?: (path: string) => boolean;
}

/** Writes files of a commit. */
export async function materialise(
  repository: string,
  commit: string,
  folder: string,
  { bounds = BOUNDS, first = new Set(), only = isRead, ...options }: MaterialiseOptions = {},
): Promise<Materialised> {
  const blobs = (await listTree(repository, commit, options)).filter(({ path }) => only(path));
  const skipped = blobs.flatMap(blob => unfit(blob) ?? []);
  const bad = new Set(skipped.map(({ file }) => file));
  const fit = blobs
    .filter(({ path }) => !bad.has(path))
    .sort((a, b) => Number(first.has(b.path)) - Number(first.has(a.path)));
  const chosen = fit.slice(0, bounds.files);
  const sizes = await sizesOf(repository, chosen, options);
  let left = bounds.bytes;
  const wanted = chosen.filter((blob, index) => {
    const size = sizes[index] ?? 0;
    if (size > bounds.fileBytes) skipped.push({ file: blob.path, reason: "too large" });
    if (size > bounds.fileBytes || size > left) return false;
    left -= size;
    return true;
  });
  await writeAll(repository, wanted, folder, options);
  const isCut = fit.length > chosen.length || left < Math.min(...chosen.map((_, index) => sizes[index] ?? 0), Infinity);
  return {
    files: new Set(wanted.map(({ path }) => path)),
    skipped: skipped.filter(({ file }) => isReviewed(file)),
    isCut,
  };
}

/** Sources, and what a compiler reads beside them. */
function isRead(path: string): boolean {
  return isReviewed(path) || /(?:^|\/)(?:[^/]*\.jsonc?|\.gitignore)$/.test(path);
}

function unfit({ path, mode }: Blob): { readonly file: string; readonly reason: string } | undefined {
  if (mode === "120000") return { file: path, reason: "symbolic link" };
  if (mode === "160000") return { file: path, reason: "submodule" };
  if (!isSafePath(path)) return { file: path, reason: "unsafe name" };
  return undefined;
}

/** A name that stays inside, on every system, and that is no part of a repository or of installed packages. */
export function isSafePath(path: string): boolean {
  if (/[\p{Cc}\\:]/u.test(path) || path.startsWith("/")) return false;
  return path
    .split("/")
    .every(part => part !== "" && part !== "." && part !== ".." && !/^(?:\.git|git~1|node_modules)[. ]*$/i.test(part));
}

async function sizesOf(repository: string, blobs: readonly Blob[], options: GitOptions): Promise<readonly number[]> {
  if (blobs.length === 0) return [];
  const input = `${blobs.map(({ id }) => id).join("\n")}\n`;
  const output = await git(repository, ["cat-file", "--batch-check=%(objectsize)"], { ...options, input });
  return output.trim().split("\n").map(Number);
}

/** Asks for a hundred at a time, which bounds memory. */
async function writeAll(
  repository: string,
  blobs: readonly Blob[],
  folder: string,
  options: GitOptions,
): Promise<void> {
  const made = new Set<string>();
  for (let at = 0; at < blobs.length; at += 100) {
    const some = blobs.slice(at, at + 100);
    const input = `${some.map(({ id }) => id).join("\n")}\n`;
    const contents = contentsOf(await gitBytes(repository, ["cat-file", "--batch"], { ...options, input }));
    for (const [index, { path }] of some.entries()) {
      const target = join(folder, ...path.split("/"));
      if (!target.startsWith(folder + sep)) throw new Error(`${path} leads out of the folder`);
      if (!made.has(dirname(target))) await mkdir(dirname(target), { recursive: true });
      made.add(dirname(target));
      // "wx": never through something that is there already, such as another spelling of the same name.
      await writeFile(target, contents[index] ?? "", { flag: "wx", mode: 0o600 }).catch(ignoreTwin);
    }
  }
}

function ignoreTwin(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
}

/** `ID blob SIZE`, a line feed, the content, a line feed; and so on. */
function contentsOf(output: Buffer): readonly Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const size = Number(output.subarray(at, end).toString("latin1").split(" ")[2]);
    if (!Number.isInteger(size)) throw new Error("git cat-file answered with something else");
    contents.push(output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return contents;
}
