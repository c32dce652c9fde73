/** The change between two commits, from a repository on disk. */
import type { ChangedFile } from "../change/changed-files.ts";
import { parsePatch, type Hunk } from "../change/hunks.ts";
import { REVIEWED } from "../reviewed.ts";
import { git, type GitOptions } from "./git.ts";

const OPTIONS = ["--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--ignore-submodules=all"];

/** The files that differ between two commits, of the kinds that are reviewed; hunks show three lines around, as GitHub does. */
export async function diffFiles(
  folder: string,
  from: string,
  to: string,
  options: GitOptions = {},
): Promise<readonly ChangedFile[]> {
  const paths = ["--", ...REVIEWED.map(extension => `:(glob)**/*${extension}`)];
  const raw = await git(folder, ["diff", ...OPTIONS, "--raw", "-z", from, to, ...paths], options);
  const patch = await git(
    folder,
    ["diff", ...OPTIONS, "--unified=3", "--inter-hunk-context=0", from, to, ...paths],
    options,
  );
  return filesOf(raw, parsePatch(patch));
}

/** The commit that both descend from; what a pull request changes counts from there. */
export async function mergeBase(folder: string, base: string, head: string, options: GitOptions = {}): Promise<string> {
  return (await git(folder, ["merge-base", base, head], options)).trim();
}

const STATUSES: Readonly<Record<string, ChangedFile["status"]>> = {
  A: "added",
  C: "added",
  D: "removed",
  R: "renamed",
};

/** `git diff --raw -z` names files without quoting; both outputs have them in one order. */
function filesOf(raw: string, sections: readonly (readonly Hunk[])[]): readonly ChangedFile[] {
  let section = 0;
  return entriesOf(raw).map(({ letter, paths: [first = "", second] }) => {
    const hunks = sections[section] ?? [];
    // What became a link, or was one, is shown as removed and added.
    section += letter === "T" ? 2 : 1;
    const status = letter === "T" ? "removed" : (STATUSES[letter] ?? "modified");
    return { path: second ?? first, ...(letter === "R" ? { formerPath: first } : {}), status, hunks };
  });
}

interface Entry {
  /** What happened to the file, in git's letters. */
  readonly letter: string;
  readonly paths: readonly string[];
}

function entriesOf(raw: string): readonly Entry[] {
  const entries: { letter: string; paths: string[] }[] = [];
  for (const field of raw.split("\0").slice(0, -1)) {
    const [, letter] = /^:[0-7]+ [0-7]+ [0-9a-f.]+ [0-9a-f.]+ ([A-Z])\d*$/.exec(field) ?? [];
    const last = entries.at(-1);
    const isFull = !last || last.paths.length === (/[RC]/.test(last.letter) ? 2 : 1);
    if (letter !== undefined && isFull) entries.push({ letter, paths: [] });
    else last?.paths.push(field);
  }
  return entries;
}
