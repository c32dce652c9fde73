/** The three-dot diff of a pull request, as GitHub shows it, and where its lines may be commented on. */
import { git } from "./git.ts";

export interface DiffFile {
  readonly path: string;
  readonly formerPath: string | undefined;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly additions: number;
  readonly deletions: number;
  /** Without a header; undefined for a binary file or one that is too large. */
  readonly patch: string | undefined;
  readonly blob: string;
  readonly hunks: readonly DiffHunk[];
}

/** The lines of a hunk on each side. */
export interface DiffHunk {
  readonly right: ReadonlySet<number>;
  readonly left: ReadonlySet<number>;
}

const STATUSES = { A: "added", D: "removed", M: "modified", R: "renamed", T: "changed", C: "added" } as const;
const OPTIONS = ["--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--full-index"];

/** The files of the diff from the merge base of two commits to the second of them. */
export function threeDotDiff(gitDir: string, base: string, head: string): readonly DiffFile[] {
  const from = git(gitDir, ["merge-base", base, head]).trim();
  const raw = git(gitDir, ["diff", ...OPTIONS, "--raw", "-z", from, head]).split("\0");
  const sections = git(gitDir, ["diff", ...OPTIONS, "--unified=3", from, head]).split(/^(?=diff --git )/m);
  const patches = sections.filter(section => section.startsWith("diff --git "));
  let section = 0;
  return entriesOf(raw).map(([header = "", first = "", second]) => {
    const [, , , blob = "", mark = ""] = header.split(" ");
    const letter = mark.charAt(0) as keyof typeof STATUSES;
    const text = patches[section] ?? "";
    section += letter === "T" ? 2 : 1;
    return { path: second ?? first, formerPath: second && first, status: STATUSES[letter], blob, ...readSection(text) };
  });
}

/** A header, a path, and a second one for what was renamed or copied. */
function entriesOf(fields: readonly string[]): readonly (readonly string[])[] {
  const entries: string[][] = [];
  let left = 0;
  for (const field of fields.slice(0, -1)) {
    if (left === 0) {
      entries.push([field]);
      left = / [RC]\d*$/.test(field) ? 2 : 1;
    } else {
      entries.at(-1)?.push(field);
      left--;
    }
  }
  return entries;
}

function readSection(section: string): Pick<DiffFile, "patch" | "hunks" | "additions" | "deletions"> {
  const start = section.search(/^@@ /m);
  const patch = start < 0 ? undefined : section.slice(start).replace(/\n$/, "");
  const hunks: { right: Set<number>; left: Set<number> }[] = [];
  let [additions, deletions, oldLine, newLine] = [0, 0, 0, 0];
  // The first character tells everything, since a hunk is never followed by anything but a hunk here.
  for (const line of (patch ?? "").split("\n")) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header) {
      hunks.push({ right: new Set(), left: new Set() });
      [oldLine, newLine] = [Number(header[1]), Number(header[2])];
    } else if (line.startsWith("+")) {
      hunks.at(-1)?.right.add(newLine++);
      additions++;
    } else if (line.startsWith("-")) {
      hunks.at(-1)?.left.add(oldLine++);
      deletions++;
    } else if (line.startsWith(" ")) {
      hunks.at(-1)?.right.add(newLine++);
      hunks.at(-1)?.left.add(oldLine++);
    }
  }
  return { patch, hunks, additions, deletions };
}

/** Where a line of one commit is in another; undefined where that part of the file has changed. */
export function lineThen(gitDir: string, path: string, line: number, from: string, to: string): number | undefined {
  if (from === to) return line;
  let shift = 0;
  for (const [start, removed, added] of shiftsIn(gitDir, path, from, to)) {
    // A pure insertion stands after its line.
    if (removed === 0 ? line <= start : line < start) break;
    if (removed > 0 && line < start + removed) return undefined;
    shift += added - removed;
  }
  return line + shift;
}

type Shift = readonly [start: number, removed: number, added: number];

/** Every question about a thread asks for the same comparison, and each would be a process. */
const known = new Map<string, readonly Shift[]>();

function shiftsIn(gitDir: string, path: string, from: string, to: string): readonly Shift[] {
  const key = [gitDir, from, to, path].join("\0");
  const shifts = known.get(key) ?? readShifts(gitDir, path, from, to);
  known.set(key, shifts);
  return shifts;
}

function readShifts(gitDir: string, path: string, from: string, to: string): readonly Shift[] {
  const options = ["--no-color", "--no-ext-diff", "--no-renames", "--unified=0"];
  const patch = git(gitDir, ["diff", ...options, from, to, "--", `:(literal)${path}`]);
  const headers = patch.matchAll(/^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/gm);
  return [...headers].map(([, start, removed = "1", added = "1"]) => [Number(start), Number(removed), Number(added)]);
}
