/** Posts comments in as few requests as can be. GitHub refuses a whole review for one comment and does not say which. */
import { changedFiles, hunkAround } from "../change/changed-files.ts";
import { HeadMoved, isUnprocessable } from "../github/failures.ts";
import { listFiles } from "../github/files.ts";
import { readPull, type Target } from "../github/target.ts";
import type { PlannedComment } from "../plan/plan.ts";
import type { Wanted } from "../plan/reconcile.ts";
import { MOST_ON_FILES } from "../plan/settings.ts";
import { reviewComment } from "./review-comment.ts";

export interface Posted {
  /** How many comments stand now. */
  readonly comments: number;
  /** Findings whose comments GitHub did not take; they go to the summary. */
  readonly dropped: readonly Wanted[];
}

/** Posts what the plan creates at this head. Throws `HeadMoved` when the pull request has a newer one. */
export async function postReview(target: Target, head: string, planned: readonly PlannedComment[]): Promise<Posted> {
  const inline = planned.filter(({ placement }) => placement.kind === "line");
  const onFiles = planned.filter(({ placement }) => placement.kind === "file");
  const budget = { left: 2 * Math.ceil(Math.log2(Math.max(2, inline.length))) + 1 };
  const job = { target, head, budget };
  const dropped = [...(await postInline(job, inline, MOST_ON_FILES - onFiles.length))];
  for (const comment of onFiles) {
    if (!(await postOnFile(job, comment))) dropped.push(comment);
  }
  return { comments: planned.length - dropped.length, dropped: dropped.flatMap(({ group }) => [...group]) };
}

interface Job {
  readonly target: Target;
  readonly head: string;
  /** Reviews that may still be tried. */
  readonly budget: { left: number };
}

/** All together; what GitHub does not show the lines of goes to the file, as far as there is room; gives what could not be posted. */
async function postInline(
  job: Job,
  comments: readonly PlannedComment[],
  mostOnFiles: number,
): Promise<readonly PlannedComment[]> {
  if (comments.length === 0 || (await tryReview(job, comments))) return [];
  const isShown = await shownBy(job.target);
  const shown = comments.filter(isShown);
  if (shown.length === comments.length) return postApart(job, shown);
  const dropped: PlannedComment[] = [];
  for (const [index, comment] of comments.filter(one => !isShown(one)).entries()) {
    if (index >= mostOnFiles || !(await postOnFile(job, comment))) dropped.push(comment);
  }
  return [...dropped, ...(await postTogether(job, shown))];
}

/** GitHub shows no lines of a file that has changed too much for it, whatever git says. */
async function shownBy(target: Target): Promise<(comment: PlannedComment) => boolean> {
  const files = changedFiles((await listFiles(target)).files);
  return ({ placement }) =>
    placement.kind === "line" &&
    hunkAround(files.get(placement.path), placement.startLine ?? placement.line, placement.line) !== undefined;
}

async function postTogether(job: Job, comments: readonly PlannedComment[]): Promise<readonly PlannedComment[]> {
  if (comments.length === 0) return [];
  if (job.budget.left <= 0) return comments;
  return (await tryReview(job, comments)) ? [] : postApart(job, comments);
}

/** Halves what was refused until the one that is wrong stands alone. */
async function postApart(job: Job, comments: readonly PlannedComment[]): Promise<readonly PlannedComment[]> {
  const [first, ...others] = comments;
  if (!first) return [];
  if (others.length === 0) return (await degrade(job, first)) ? [] : [first];
  const middle = Math.ceil(comments.length / 2);
  const left = await postTogether(job, comments.slice(0, middle));
  return [...left, ...(await postTogether(job, comments.slice(middle)))];
}

/** Without the block that can be committed, then without a line. */
async function degrade(job: Job, comment: PlannedComment): Promise<boolean> {
  const plain = { ...comment, body: comment.plainBody };
  if (plain.body !== comment.body && (await tryReview(job, [plain]))) return true;
  return postOnFile(job, comment);
}

async function tryReview({ target, head, budget }: Job, comments: readonly PlannedComment[]): Promise<boolean> {
  const { client, owner, repo, number } = target;
  budget.left--;
  return accepted(target, head, () =>
    client.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
      ...{ owner, repo, pull_number: number },
      commit_id: head,
      event: "COMMENT",
      comments: comments.map(reviewComment),
      // An answer that was lost may stand for a review that was made: the next round sees it.
      request: { retries: 0 },
    }),
  );
}

async function postOnFile({ target, head }: Job, { placement, fileBody: body }: PlannedComment): Promise<boolean> {
  const { client, owner, repo, number } = target;
  return accepted(target, head, () =>
    client.request("POST /repos/{owner}/{repo}/pulls/{pull_number}/comments", {
      ...{ owner, repo, pull_number: number },
      commit_id: head,
      path: placement.path,
      subject_type: "file",
      body,
      request: { retries: 0 },
    }),
  );
}

/** False for a 422 at a head that is still the newest. */
async function accepted(target: Target, head: string, post: () => Promise<unknown>): Promise<boolean> {
  try {
    await post();
    return true;
  } catch (error) {
    if (!isUnprocessable(error)) throw error;
    if ((await readPull(target)).head !== head) throw new HeadMoved("The pull request has got a newer commit.");
    return false;
  }
}
