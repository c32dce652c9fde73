/**
 * Writes the texts of a commit into a folder, to be read by a compiler. Only plain files of known kinds are written, with our own
 * hands: no checkout, so no hook, filter or attribute has a say, no link leads out of the folder, and no name does.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { Blob, Repository } from "../repository.ts";
import { isRead, isReviewed } from "../reviewed.ts";

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
  /** Whether some were left out, for the bounds or because they could not be had. */
  readonly isCut: boolean;
}

export interface MaterialiseOptions {
  readonly bounds?: Bounds;
  /** These go before others where there is no room for all. */
  readonly first?: ReadonlySet<string>;
  /** Which files are written; what an analysis reads if absent. */
  readonly only?: (path: string) => boolean;
  /** Only those at the root. */
  readonly depth?: "root";
}

/** Writes files of a commit. */
export async function materialise(
  repository: Repository,
  commit: string,
  folder: string,
  { bounds = BOUNDS, first = new Set(), only = isRead, depth }: MaterialiseOptions = {},
): Promise<Materialised> {
  const blobs = (await repository.list(commit, depth)).filter(({ path }) => only(path));
  const skipped = blobs.flatMap(blob => unfit(blob) ?? []);
  const bad = new Set(skipped.map(({ file }) => file));
  const fit = blobs
    .filter(({ path }) => !bad.has(path))
    .sort((a, b) => Number(first.has(b.path)) - Number(first.has(a.path)));
  const chosen = fit.slice(0, bounds.files);
  const sizes = await repository.sizes(chosen);
  let left = bounds.bytes;
  const wanted = chosen.filter((blob, index) => {
    const size = sizes[index] ?? 0;
    if (size > bounds.fileBytes) skipped.push({ file: blob.path, reason: "too large" });
    if (size > bounds.fileBytes || size > left) return false;
    left -= size;
    return true;
  });
  const files = await writeAll(repository, commit, wanted, folder);
  const isFull =
    fit.length > chosen.length || left < Math.min(...chosen.map((_, index) => sizes[index] ?? 0), Infinity);
  return {
    files,
    skipped: skipped.filter(({ file }) => isReviewed(file)),
    isCut: isFull || files.size < wanted.length,
  };
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

async function writeAll(
  repository: Repository,
  commit: string,
  blobs: readonly Blob[],
  folder: string,
): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  const written = new Set<string>();
  await repository.read(commit, blobs, async (path, content) => {
    const target = join(folder, ...path.split("/"));
    if (!target.startsWith(folder + sep)) throw new Error(`${path} leads out of the folder`);
    if (!made.has(dirname(target))) await mkdir(dirname(target), { recursive: true });
    made.add(dirname(target));
    // "wx": never through something that is there already, such as another spelling of the same name.
    await writeFile(target, content, { flag: "wx", mode: 0o600 }).catch(ignoreTwin);
    written.add(path);
  });
  return written;
}

function ignoreTwin(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
}
