/** Repositories on this machine that have base, head and where they part: the checkout of a job, or a partial clone. */
import { join } from "node:path";
import type { OpenedRepository } from "../review-tools.ts";
import { mergeBase } from "./diff.ts";
import { git, GitError } from "./git.ts";
import { gitRepository } from "./git-repository.ts";
import type { Mirrors, Remote } from "./mirror.ts";

export interface Commits {
  readonly number: number;
  readonly base: string;
  readonly head: string;
}

/** `part`: it has one of the commits, and not all that lies between them; `none`: there is no git, or it knows neither. */
export type Checkout = OpenedRepository | "part" | "none";

/** Looks into a job's folder. */
export async function openCheckout(
  workspace: string,
  { base, head }: Pick<Commits, "base" | "head">,
  signal: AbortSignal,
): Promise<Checkout> {
  try {
    // A shallow checkout knows some commits and not where they part.
    const isShallow = (await git(workspace, ["rev-parse", "--is-shallow-repository"], { signal })).trim() !== "false";
    const has = await Promise.all([base, head].map(commit => hasCommit(workspace, commit, signal)));
    if (isShallow || has.includes(false)) return has.includes(true) ? "part" : "none";
    const from = await mergeBase(workspace, base, head, { signal });
    return { repository: gitRepository(join(workspace, ".git"), { signal }), from, packagesOf: workspace };
  } catch (error) {
    if (error instanceof GitError) return "none";
    throw error;
  }
}

/** Clones what is needed, or brings a clone up to date. */
export async function openClone(
  mirrors: Mirrors,
  remote: Remote,
  { number, base, head }: Commits,
  signal: AbortSignal,
): Promise<OpenedRepository> {
  const refs = [`+refs/pull/${number}/head:refs/pull/${number}/head`, "+refs/heads/*:refs/heads/*"];
  const folder = await mirrors.open(remote, refs, [base, head], signal);
  const from = await mergeBase(folder, base, head, { signal });
  if (from !== base && from !== head) await mirrors.open(remote, refs, [from], signal);
  return { repository: gitRepository(folder, { signal }), from };
}

async function hasCommit(workspace: string, commit: string, signal: AbortSignal): Promise<boolean> {
  try {
    await git(workspace, ["cat-file", "-e", `${commit}^{commit}`], { signal });
    return true;
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}
