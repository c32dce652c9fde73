/** A pull request and the client to reach it with. */
import type { Client } from "./client.ts";

export interface Target {
  readonly client: Client;
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** What GitHub says of a pull request. */
export interface PullFacts {
  readonly title: string;
  readonly body: string;
  /** Commits. */
  readonly head: string;
  readonly base: string;
  /** The branch of the head. */
  readonly headRef: string;
  readonly isDraft: boolean;
  readonly isOpen: boolean;
  readonly isLocked: boolean;
  readonly labels: readonly string[];
  readonly author: string;
  /** Its head is in another repository. */
  readonly isFork: boolean;
}

/** The number of a repository, which it keeps under another name and another owner. */
export async function repositoryId({ client, owner, repo }: Omit<Target, "number">): Promise<number> {
  const { data } = await client.request("GET /repos/{owner}/{repo}", { owner, repo });
  return Number(data.id);
}

/** Asks for the pull request. */
export async function readPull({ client, owner, repo, number }: Target): Promise<PullFacts> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    owner,
    repo,
    pull_number: number,
  });
  return {
    title: data.title,
    body: data.body ?? "",
    head: data.head.sha,
    base: data.base.sha,
    headRef: data.head.ref,
    isDraft: data.draft === true,
    isOpen: data.state === "open",
    isLocked: data.locked,
    labels: data.labels.map(label => label.name),
    author: data.user.login,
    // Null where the fork was deleted.
    isFork: (data.head.repo as typeof data.head.repo | null)?.full_name !== data.base.repo.full_name,
  };
}

/** The pull requests, open or not, that have changed since a day. */
export async function pullsSince(
  { client, owner, repo }: Omit<Target, "number">,
  day: string,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (let page = 1; ; page++) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/pulls", {
      ...{ owner, repo, page, per_page: 100 },
      state: "all",
      sort: "updated",
      direction: "desc",
    });
    const fresh = data.filter(pull => pull.updated_at >= day);
    found.push(...fresh.map(({ number }) => number));
    if (fresh.length < 100) return found;
  }
}

/** The open pull requests whose head is this commit. */
export async function pullsWithHead(
  { client, owner, repo }: Omit<Target, "number">,
  sha: string,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (let page = 1; page <= 10; page++) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/pulls", {
      owner,
      repo,
      state: "open",
      sort: "updated",
      direction: "desc",
      per_page: 100,
      page,
    });
    found.push(...data.filter(pull => pull.head.sha === sha).map(pull => pull.number));
    if (data.length < 100) break;
  }
  return found;
}
