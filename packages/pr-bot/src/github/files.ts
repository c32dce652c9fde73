/** The change as GitHub's API of files tells it, for a machine without the repository. */
import type { ChangedFile } from "../change/changed-files.ts";
import { parsePatch } from "../change/hunks.ts";
import { isReviewed } from "../reviewed.ts";
import type { Target } from "./target.ts";

export interface ListedFiles {
  readonly files: readonly ChangedFile[];
  /** GitHub lists 3 000 files and no more. */
  readonly isTruncated: boolean;
}

const MOST = 3_000;
/** What a truncated list means, for whoever reads the result. */
export const TRUNCATED = "GitHub lists 3000 changed files and no more: findings in others have no comment.";

const STATUSES: Readonly<Record<string, ChangedFile["status"]>> = {
  added: "added",
  copied: "added",
  removed: "removed",
  renamed: "renamed",
};

/** Lists the changed files that are reviewed. */
export async function listFiles({ client, owner, repo, number }: Target): Promise<ListedFiles> {
  const files: ChangedFile[] = [];
  let seen = 0;
  for (let page = 1; page <= MOST / 100; page++) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", {
      owner,
      repo,
      pull_number: number,
      per_page: 100,
      page,
    });
    seen += data.length;
    for (const { filename, previous_filename, status, patch = "" } of data) {
      if (!isReviewed(filename)) continue;
      const hunks = parsePatch(patch)[0] ?? [];
      files.push({
        path: filename,
        formerPath: status === "renamed" ? previous_filename : undefined,
        status: STATUSES[status] ?? "modified",
        hunks,
      });
    }
    if (data.length < 100) break;
  }
  return { files, isTruncated: seen >= MOST };
}
