/** The check run of a head: there is one that counts, and a second round of the same plan changes nothing. */
import { isReadOnly, statusOf } from "../github/failures.ts";
import type { Target } from "../github/target.ts";
import type { Annotation, Button, Conclusion } from "../words/check.ts";

export const CHECK_NAME = "review";
/** As many as GitHub takes in one request. */
const BATCH = 50;

export interface CheckResult {
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** Only an App hears that they were pressed. */
  readonly buttons: readonly Button[];
  /** The same for the same plan at the same head. */
  readonly key: string;
}

/** A check run that has been begun or found. */
export interface CheckRun {
  readonly finish: (result: CheckResult) => Promise<void>;
}

interface Found {
  readonly id: number;
  readonly isCompleted: boolean;
  readonly key: string;
  readonly annotations: number;
}

/** Ends the check of a head that nobody will review any more: one that is under way for ever looks as if somebody did. */
export async function cancelCheck(target: Target, head: string, title: string): Promise<void> {
  await endAll(target, await findOwn(target, head), title);
}

/** Begins the check of a head; undefined where the token may not, or the account is no App. */
export async function beginCheck(target: Target, head: string): Promise<CheckRun | undefined> {
  try {
    const found = await findOwn(target, head);
    const [latest] = found;
    const isGoing = latest?.isCompleted === false && latest.annotations === 0;
    await endAll(target, isGoing ? found.slice(1) : found, "NOT REVIEWED – begun again");
    // One that came to its end stands until there is something else to say.
    const begun = isGoing ? latest.id : latest?.isCompleted ? undefined : await create(target, head);
    return { finish: result => finish(target, head, begun, latest, result) };
  } catch (error) {
    if (isReadOnly(error) || statusOf(error) === 404 || statusOf(error) === 403) return undefined;
    throw error;
  }
}

/** Completes the check of a commit that is no pull request's head. */
export async function passOver(
  { client, owner, repo }: Pick<Target, "client" | "owner" | "repo">,
  head_sha: string,
  title: string,
): Promise<void> {
  await client.request("POST /repos/{owner}/{repo}/check-runs", {
    ...{ owner, repo, head_sha, name: CHECK_NAME },
    conclusion: "neutral",
    output: { title, summary: title },
  });
}

/** What the names of a pull request's own check runs begin with: a job of a workflow may well have the same title. */
export function checkPrefix({ number }: Pick<Target, "number">): string {
  return `${number}/`;
}

/** The newest first. */
async function findOwn(target: Target, head: string): Promise<readonly Found[]> {
  const { client, owner, repo } = target;
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    owner,
    repo,
    ref: head,
    check_name: CHECK_NAME,
    // Of runs with one name and from one App, only the last would be listed: a workflow's own job hides ours.
    filter: "all",
    per_page: 100,
  });
  return data.check_runs
    .filter(run => run.external_id?.startsWith(checkPrefix(target)) === true)
    .toSorted((left, right) => Number(right.id) - Number(left.id))
    .map(run => ({
      id: Number(run.id),
      isCompleted: run.status === "completed",
      key: run.external_id ?? "",
      annotations: run.output.annotations_count,
    }));
}

/** Of those that a machine has left which was killed there may be several. */
async function endAll({ client, owner, repo }: Target, found: readonly Found[], title: string): Promise<void> {
  for (const { id } of found.filter(({ isCompleted }) => !isCompleted))
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...{ owner, repo, check_run_id: id },
      conclusion: "cancelled",
      output: { title, summary: title },
    });
}

async function create(target: Target, head: string): Promise<number> {
  const { client, owner, repo } = target;
  const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
    owner,
    repo,
    name: CHECK_NAME,
    head_sha: head,
    status: "in_progress",
    external_id: checkPrefix(target),
    request: { retries: 0 },
  });
  return Number(data.id);
}

async function finish(
  target: Target,
  head: string,
  begun: number | undefined,
  found: Found | undefined,
  result: CheckResult,
): Promise<void> {
  const { client, owner, repo } = target;
  const { conclusion, title, summary, annotations, buttons, key } = result;
  if (begun === undefined && found?.key === key) return;
  const check_run_id = begun ?? (await create(target, head));
  const batches = Array.from({ length: Math.max(1, Math.ceil(annotations.length / BATCH)) }, (_, index) =>
    annotations.slice(index * BATCH, (index + 1) * BATCH),
  );
  for (const [index, batch] of batches.entries()) {
    const isLast = index === batches.length - 1;
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      ...{ owner, repo, check_run_id },
      output: { title, summary: summary.slice(0, 65_535), annotations: [...batch] },
      ...(isLast ? { external_id: key, conclusion, actions: [...buttons] } : {}),
    });
  }
}
