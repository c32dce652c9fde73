/** Brings the bot's standing threads to what the plan says of them. */
import { statusOf } from "../github/failures.ts";
import type { Target } from "../github/target.ts";
import { changeThread } from "../github/threads.ts";
import type { Plan, PlannedThread } from "../plan/plan.ts";
import type { PullRequestSettings } from "../plan/settings.ts";

/**
 * Edits, opens again and resolves. What a person has replied to is never deleted. Gives how many threads have come to their end and
 * could not be resolved, since the token must not.
 */
export async function settleThreads(
  target: Target,
  plan: Plan,
  { resolveFixed }: PullRequestSettings,
): Promise<number> {
  let left = 0;
  for (const planned of plan.keep) await edit(target, planned);
  for (const planned of plan.reopen) {
    // In this order: resolved with a mark that says "open" would read as resolved by a person.
    await changeThread(target.client, "unresolve", planned.thread.id);
    await edit(target, planned);
  }
  for (const { thread } of plan.surplus) left += await resolve(target, thread.id);
  for (const planned of plan.dismiss) left += await end(target, planned);
  for (const planned of resolveFixed === "off" ? [] : plan.fixed) {
    if (resolveFixed === "delete" && !planned.thread.hasReplies) await remove(target, planned);
    else left += await end(target, planned);
    if (resolveFixed === "minimize") await changeThread(target.client, "minimize", planned.thread.nodeId);
  }
  return left;
}

/** The mark is written before the thread is resolved: resolved without it would read as resolved by a person. */
async function end(target: Target, planned: PlannedThread): Promise<number> {
  await edit(target, planned);
  return resolve(target, planned.thread.id);
}

/** How many are left open. */
async function resolve({ client }: Target, id: string): Promise<number> {
  return (await changeThread(client, "resolve", id)) ? 0 : 1;
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
