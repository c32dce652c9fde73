/** Sends the findings to GitHub's code scanning, where somebody asks for that. */
import { gzipSync } from "node:zlib";
import type { Target } from "../github/target.ts";

/** What GitHub takes, compressed. */
const LARGEST = 10 * 1024 * 1024;

/** Uploads a SARIF log about a head; gives what went wrong, for a token without the right must not end a review. */
export async function uploadSarif(
  { client, owner, repo, number }: Target,
  head: string,
  sarif: string,
): Promise<string | undefined> {
  const packed = gzipSync(sarif);
  if (packed.length > LARGEST) return "it is larger than GitHub takes";
  try {
    await client.request("POST /repos/{owner}/{repo}/code-scanning/sarifs", {
      ...{ owner, repo, commit_sha: head, ref: `refs/pull/${number}/head` },
      sarif: packed.toString("base64"),
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
