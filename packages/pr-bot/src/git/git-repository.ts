/** Commits read by git, from a repository on disk. */
import type { Blob, Repository, Take } from "../repository.ts";
import { diffFiles } from "./diff.ts";
import { git, gitBytes, type GitOptions } from "./git.ts";

/** Reads from the repository in a folder. */
export function gitRepository(folder: string, options: GitOptions = {}): Repository {
  const lists = new Map<string, Promise<readonly Blob[]>>();
  return {
    list: (commit, depth) => {
      const key = `${commit} ${depth ?? ""}`;
      const list = lists.get(key) ?? listTree(folder, commit, options, depth);
      lists.set(key, list);
      return list;
    },
    sizes: blobs => sizesOf(folder, blobs, options),
    read: (_, blobs, take) => readAll(folder, blobs, take, options),
    changes: async (from, to) => ({ files: await diffFiles(folder, from, to, options), notes: [] }),
  };
}

/** The files of a commit. */
export async function listTree(
  folder: string,
  commit: string,
  options: GitOptions = {},
  depth?: "root",
): Promise<readonly Blob[]> {
  const deep = depth === "root" ? [] : ["-r"];
  const output = await git(folder, ["ls-tree", ...deep, "-z", "--full-tree", commit], options);
  return output.split("\0").flatMap(line => {
    const [, mode = "", id = "", path = ""] = /^([0-7]+) (?:blob|commit) ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    return path === "" ? [] : [{ path, mode, id }];
  });
}

async function sizesOf(folder: string, blobs: readonly Blob[], options: GitOptions): Promise<readonly number[]> {
  if (blobs.length === 0) return [];
  const input = `${blobs.map(({ id }) => id).join("\n")}\n`;
  const output = await git(folder, ["cat-file", "--batch-check=%(objectsize)"], { ...options, input });
  return output.trim().split("\n").map(Number);
}

/** Asks for a hundred at a time, which bounds memory. */
async function readAll(folder: string, blobs: readonly Blob[], take: Take, options: GitOptions): Promise<void> {
  for (let at = 0; at < blobs.length; at += 100) {
    const some = blobs.slice(at, at + 100);
    const input = `${some.map(({ id }) => id).join("\n")}\n`;
    const contents = contentsOf(await gitBytes(folder, ["cat-file", "--batch"], { ...options, input }));
    for (const [index, { path }] of some.entries()) await take(path, contents[index] ?? Buffer.alloc(0));
  }
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
