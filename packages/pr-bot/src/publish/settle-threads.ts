/** Brings the bot's standing threads to what the plan says of them. */
import { statusOf } from "../github/failures.ts";
import type { Target } from "../github/target.ts";
import { changeThread } from "../github/threads.ts";
import type { Plan, PlannedThread } from "../plan/plan.ts";
import type { PullRequestSettings } from "../plan/settings.ts";

/** Edits, opens again and resolves. What a person has replied to is never deleted. */
export async function settleThreads(target: Target, plan: Plan, { resolveFixed }: PullRequestSettings): Promise<void> {
  for (const planned of plan.keep) await edit(target, planned);
  for (const planned of plan.reopen) {
    // In this order: resolved with a mark that says "open" would read as resolved by a person.
    await changeThread(target.client, "unresolve", planned.thread.id);
    await edit(target, planned);
  }
  for (const { thread } of plan.surplus) await changeThread(target.client, "resolve", thread.id);
  for (const planned of plan.dismiss) await end(target, planned);
  for (const planned of resolveFixed === "off" ? [] : plan.fixed) {
    if (resolveFixed === "delete" && !planned.thread.hasReplies) await remove(target, planned);
    else await end(target, planned);
    if (resolveFixed === "minimize") await changeThread(target.client, "minimize", planned.thread.nodeId);
  }
}

/** The mark is written before the thread is resolved: resolved without it would read as resolved by a person. */
async function end(target: Target, planned: PlannedThread): Promise<void> {
  await edit(target, planned);
  await changeThread(target.client, "resolve", planned.thread.id);
}

async function edit({ client, owner, repo }: Target, { thread, body }: PlannedThread): Promise<void> {
  if (body === undefined) return;
  const comment_id = thread.commentId;
  await unlessGone(() =>
    client.request("PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}", { owner, repo, comment_id, body }),
  );
}

async function remove({ client, owner, repo }: Target, { thread }: PlannedThread): Promise<void> {
  const comment_id = thread.commentId;
  await unlessGone(() =>
    client.request("DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}", { owner, repo, comment_id }),
  );
}

/** Somebody may have deleted a comment meanwhile. */
async function unlessGone(change: () => Promise<unknown>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}
