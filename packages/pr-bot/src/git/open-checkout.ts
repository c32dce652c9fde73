/** The repository for a run in CI: the checkout where it has the commits, else a partial clone of its own. */
import { join } from "node:path";
import type { OpenedRepository } from "../review-pull.ts";
import { mergeBase } from "./diff.ts";
import { git, GitError } from "./git.ts";
import type { Mirrors, Remote } from "./mirror.ts";

export interface Commits {
  readonly number: number;
  readonly base: string;
  readonly head: string;
}

/** Opens a repository that has base, head and where they part. */
export async function openRepository(
  workspace: string | undefined,
  mirrors: Mirrors,
  remote: Remote,
  commits: Commits,
  signal: AbortSignal,
): Promise<OpenedRepository> {
  const { number, base, head } = commits;
  if (workspace !== undefined) {
    const folder = join(workspace, ".git");
    const from = await partIn(workspace, base, head, signal);
    if (from !== undefined) return { folder, from, packagesOf: workspace };
  }
  const refs = [`+refs/pull/${number}/head:refs/pull/${number}/head`, "+refs/heads/*:refs/heads/*"];
  const folder = await mirrors.open(remote, refs, [base, head], signal);
  const from = await mergeBase(folder, base, head, { signal });
  await mirrors.open(remote, refs, [from], signal);
  return { folder, from, packagesOf: workspace };
}

/** A shallow checkout knows some commits and not where they part. */
async function partIn(workspace: string, base: string, head: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const isShallow = (await git(workspace, ["rev-parse", "--is-shallow-repository"], { signal })).trim() !== "false";
    return isShallow ? undefined : await mergeBase(workspace, base, head, { signal });
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
