/** The check run of a head: there is one that counts, and a second round of the same plan changes nothing. */
import { isReadOnly, statusOf } from "../github/failures.ts";
import type { Target } from "../github/target.ts";
import type { Annotation, Button, Conclusion } from "../words/check.ts";

const NAME = "review";
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
  readonly key: string | null;
  readonly annotations: number;
}

/** Ends the check of a head that nobody will review any more: one that is under way for ever looks as if somebody did. */
export async function cancelCheck(target: Target, head: string, title: string): Promise<void> {
  const { client, owner, repo } = target;
  const found = await find(target, head);
  if (!found || found.isCompleted) return;
  await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    ...{ owner, repo, check_run_id: found.id },
    conclusion: "cancelled",
    output: { title, summary: title },
  });
}

/** Begins the check of a head; undefined where the token may not, or the account is no App. */
export async function beginCheck(target: Target, head: string): Promise<CheckRun | undefined> {
  try {
    const found = await find(target, head);
    const id = found && !found.isCompleted && found.annotations === 0 ? found.id : undefined;
    const begun = id ?? (found?.isCompleted === true ? undefined : await create(target, head));
    return { finish: result => finish(target, head, begun, found, result) };
  } catch (error) {
    if (isReadOnly(error) || statusOf(error) === 404 || statusOf(error) === 403) return undefined;
    throw error;
  }
}

async function find({ client, owner, repo }: Target, head: string): Promise<Found | undefined> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    owner,
    repo,
    ref: head,
    check_name: NAME,
    per_page: 100,
  });
  const [latest] = data.check_runs.toSorted((left, right) => Number(right.id) - Number(left.id));
  return (
    latest && {
      id: Number(latest.id),
      isCompleted: latest.status === "completed",
      key: latest.external_id,
      annotations: latest.output.annotations_count,
    }
  );
}

async function create({ client, owner, repo }: Target, head: string): Promise<number> {
  const request = { retries: 0 };
  const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
    owner,
    repo,
    name: NAME,
    head_sha: head,
    status: "in_progress",
    request,
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
