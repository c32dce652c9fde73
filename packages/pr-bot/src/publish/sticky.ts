/** The summary: one comment that is edited in place, and only when it says something else. */
import type { Sticky } from "../github/conversation.ts";
import type { Target } from "../github/target.ts";

/** Writes the summary. One that does not exist yet is made only if there is something to say. */
export async function writeSticky(
  { client, owner, repo, number }: Target,
  standing: Sticky | undefined,
  body: string,
  isNeeded: boolean,
): Promise<void> {
  if (standing && withoutCommit(standing.body) === withoutCommit(body)) return;
  if (standing) {
    const comment_id = standing.id;
    await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id, body });
  } else if (isNeeded) {
    const request = { retries: 0 };
    await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      owner,
      repo,
      issue_number: number,
      body,
      request,
    });
  }
}

/** A new head alone is no news. */
function withoutCommit(body: string): string {
  return body.replace(/ sha=[0-9a-f]+ h=\S+ -->\s*$/, "").replace(/\/blob\/[0-9a-f]{40,64}\//g, "/blob/");
}
