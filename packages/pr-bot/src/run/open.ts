/** The repository for a run in CI: the checkout where it has the commits, a partial clone where it has some, GitHub's API where it has none. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { openCheckout, openClone, type Commits } from "../git/open-checkout.ts";
import type { Mirrors, Remote } from "../git/mirror.ts";
import { apiRepository, mergeBaseByApi, TreeTooLarge } from "../github/api-repository.ts";
import type { Target } from "../github/target.ts";
import type { OpenedRepository } from "../review-tools.ts";

export interface OpenPorts {
  /** The job's folder; undefined where nothing of it shall be read, and then the base's configuration is all that is needed. */
  readonly workspace: string | undefined;
  /** A folder for what is loaded. */
  readonly cache: string;
  readonly mirrors: Mirrors;
  readonly remote: Remote;
  readonly signal: AbortSignal;
  readonly note: (line: string) => void;
}

/** Opens a repository that has base, head and where they part. */
export async function openFor(target: Target, commits: Commits, ports: OpenPorts): Promise<OpenedRepository> {
  const { workspace, mirrors, remote, signal, note } = ports;
  const checkout = workspace === undefined ? "none" : await openCheckout(workspace, commits, signal);
  if (typeof checkout === "object") return checkout;
  const clone = async (): Promise<OpenedRepository> => ({
    ...(await openClone(mirrors, remote, commits, signal)),
    packagesOf: workspace,
  });
  if (checkout === "part") return clone();
  try {
    return { ...(await openByApi(target, commits, ports)), packagesOf: workspace };
  } catch (error) {
    if (!(error instanceof TreeTooLarge)) throw error;
    note(`${error.message} A partial clone is made instead.`);
    return clone();
  }
}

/** The list of the head is asked for at once, since a clone may be needed in its place. */
async function openByApi(
  target: Target,
  { base, head }: Commits,
  { workspace, cache, note }: OpenPorts,
): Promise<OpenedRepository> {
  const repository = apiRepository(target, { folder: join(cache, randomUUID()) });
  const from = await mergeBaseByApi(target, base, head);
  if (workspace !== undefined) {
    note("No checkout has the commits: they are read by GitHub's API.");
    await repository.list(head);
  }
  return { repository, from };
}
