/** Threads of review comments: where they may be begun, where they stand after a push, and when they are outdated. */
import { lineThen, threeDotDiff, type DiffFile } from "./diff.ts";
import { unprocessable } from "./errors.ts";
import { commitAt } from "./git.ts";
import type { Pull, Repository, Thread } from "./state.ts";

export interface Place {
  readonly line: number | undefined;
  readonly startLine: number | undefined;
}

/** The files that a pull request shows. */
export function diffOf(
  repository: Repository,
  pull: Pull,
  head: string = headSha(repository, pull),
): readonly DiffFile[] {
  const base = commitAt(repository.gitDir, `refs/heads/${pull.baseRef}`);
  const key = `${base} ${head}`;
  const diff = repository.diffs.get(key) ?? threeDotDiff(repository.gitDir, base, head);
  repository.diffs.set(key, diff);
  return diff.map(file => shown(file, repository.linesInPatch));
}

/** Of a file with too many changed lines GitHub shows none, and takes no comment on any. */
function shown(file: DiffFile, most: number): DiffFile {
  return file.additions + file.deletions > most ? { ...file, patch: undefined, hunks: [] } : file;
}

function headSha(repository: Repository, pull: Pull): string {
  return commitAt(repository.gitDir, `refs/pull/${pull.number}/head`);
}

/** The lines that a thread stands on now; no line once the code there has changed or has left the diff. */
export function placeNow(repository: Repository, pull: Pull, thread: Thread): Place {
  const { gitDir } = repository;
  const { path, line, startLine, commit, side } = thread;
  if (thread.subject === "file" || line === undefined) return { line: undefined, startLine: undefined };
  const head = headSha(repository, pull);
  if (side === "LEFT") return commit === head ? { line, startLine } : { line: undefined, startLine: undefined };
  const now = lineThen(gitDir, path, line, commit, head);
  const start = startLine === undefined ? undefined : lineThen(gitDir, path, startLine, commit, head);
  const isShown = (at: number): boolean =>
    diffOf(repository, pull).some(file => file.path === path && file.hunks.some(hunk => hunk.right.has(at)));
  if (now === undefined || !isShown(now) || (startLine !== undefined && start === undefined)) {
    return { line: undefined, startLine: undefined };
  }
  return { line: now, startLine: start };
}

/** Whether the code that a thread is about has changed since. */
export function isOutdated(repository: Repository, pull: Pull, thread: Thread): boolean {
  if (thread.subject === "file") return !diffOf(repository, pull).some(file => file.path === thread.path);
  return placeNow(repository, pull, thread).line === undefined;
}

export interface WantedPlace {
  readonly path: string;
  readonly line: number | undefined;
  readonly side: "LEFT" | "RIGHT";
  readonly startLine: number | undefined;
  readonly startSide: "LEFT" | "RIGHT";
}

/** Throws, in GitHub's words, for a place where no comment can stand; they do not say which comment it was. */
export function checkPlace(diff: readonly DiffFile[], { path, line, side, startLine, startSide }: WantedPlace): void {
  const file = diff.find(entry => entry.path === path);
  if (!file || file.hunks.length === 0) throw unprocessable("Pull request review thread diff hunk can't be blank");
  const lines = (hunk: DiffFile["hunks"][number], of: "LEFT" | "RIGHT"): ReadonlySet<number> =>
    of === "LEFT" ? hunk.left : hunk.right;
  const hunk = line === undefined ? undefined : file.hunks.find(entry => lines(entry, side).has(line));
  if (!hunk || line === undefined) throw unprocessable("Pull request review thread line must be part of the diff");
  if (startLine === undefined) return;
  if (startSide === side && startLine >= line) {
    throw unprocessable("Pull request review thread start line must precede the end line.");
  }
  if (!lines(hunk, startSide).has(startLine)) {
    throw unprocessable("Pull request review thread start line must be part of the same hunk as the line.");
  }
}
