/** What a worker does with a job: one at a time for each pull request, given up when a newer push comes. */
import { join } from "node:path";
import type { Reviewer } from "@review/review";
import type { Mirrors } from "../git/mirror.ts";
import { openClone } from "../git/open-checkout.ts";
import { obey } from "../commands/obey.ts";
import { statusOf } from "../github/failures.ts";
import { RateLimited } from "../github/limits.ts";
import { readPull, repositoryId, type PullFacts } from "../github/target.ts";
import { createMarker } from "../plan/marker.ts";
import { DEFAULT_SETTINGS, type PullRequestSettings } from "../plan/settings.ts";
import { passOver } from "../publish/check-run.ts";
import { cancelReview, CLOSED, giveUp, reviewPull, SUPERSEDED } from "../review-pull.ts";
import type { Outcome, ReviewTools } from "../review-tools.ts";
import { isAsReviewed } from "../skip.ts";
import { modelFor } from "../suggester.ts";
import { MERGE_GROUP } from "../words/check.ts";
import type { Database } from "./database.ts";
import type { GitHubApp } from "./github-app.ts";
import { isAsked, keyOf, type Job, type News } from "./job.ts";
import type { Log } from "./log.ts";
import { markerKeyOf } from "./marker-key.ts";
import { openMemory } from "./memory.ts";
import type { Metrics } from "./metrics.ts";
import type { Ending, Handler } from "./queue.ts";
import type { ServerSettings } from "./settings.ts";
import { openPurse } from "./spending.ts";

export interface WorkTools {
  readonly settings: ServerSettings;
  readonly database: Database;
  readonly app: GitHubApp;
  readonly mirrors: Mirrors;
  readonly reviewer: Reviewer;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface Worker {
  readonly workOff: Handler;
  /** Gives up what is under way for a pull request, unless the news is of the very head that is being reviewed. */
  readonly supersede: (news: News) => void;
  /** Gives up everything; the jobs are taken up again by whoever comes next. */
  readonly abandon: () => void;
}

/** What is under way for a pull request. */
interface Run {
  readonly controller: AbortController;
  /** Ends when the job has taken too long. */
  readonly overdue: AbortSignal;
  /** Ends for either reason. */
  readonly signal: AbortSignal;
  /** The head that is being reviewed; undefined before GitHub has told. */
  head: string | undefined;
  /** What the base configures, as soon as it is known. */
  settings: PullRequestSettings;
  /** What is left to do: an order that was carried out is not carried out again. */
  job: Job;
}

/** Seconds until a job that found its pull request or its account busy is taken up again. */
const LATER = 2;

export function createWorker(tools: WorkTools): Worker {
  const running = new Map<string, Run>();
  const perInstallation = new Map<number, number>();
  // One account with many pushes leaves a place for the others.
  const most = Math.max(1, tools.settings.slots - 1);
  const isCrowded = ({ installation }: Job): boolean =>
    tools.settings.slots > 1 && (perInstallation.get(installation) ?? 0) >= most;
  const workOff: Handler = async (job, isLast) => {
    const key = keyOf(job);
    const lock = isCrowded(job) ? undefined : await tools.database.tryLock(key);
    if (!lock) {
      tools.metrics.ended("later");
      return { kind: "later", seconds: LATER, job };
    }
    const run = startRun(job, tools.settings);
    running.set(key, run);
    perInstallation.set(job.installation, (perInstallation.get(job.installation) ?? 0) + 1);
    try {
      return await attempt(isLast, run, tools);
    } finally {
      running.delete(key);
      perInstallation.set(job.installation, (perInstallation.get(job.installation) ?? 1) - 1);
      await tools.mirrors.trim().catch((error: unknown) => tools.log.warn({ error }, "could not trim the clones"));
      // The last thing: a job that is not done while its pull request is free counts as lost and is given to another.
      await lock.release();
    }
  };
  return {
    workOff,
    supersede: ({ key, head }) => {
      const run = running.get(key);
      if (head === undefined || (run?.head !== undefined && run.head !== head))
        run?.controller.abort(new Error(SUPERSEDED));
    },
    abandon: () => {
      for (const { controller } of running.values()) controller.abort(new Error("the server stops"));
    },
  };
}

function startRun(job: Job, { jobSeconds }: ServerSettings): Run {
  const controller = new AbortController();
  const overdue = AbortSignal.timeout(jobSeconds * 1_000);
  const signal = AbortSignal.any([controller.signal, overdue]);
  return { controller, overdue, signal, head: undefined, settings: DEFAULT_SETTINGS, job };
}

async function attempt(isLast: boolean, run: Run, tools: WorkTools): Promise<Ending> {
  const { job } = run;
  const { log, metrics } = tools;
  const started = performance.now();
  const facts = { pull: keyOf(job), installation: job.installation };
  try {
    const outcome = await review(isLast, run, tools);
    const ms = Math.round(performance.now() - started);
    if (outcome === "already-reviewed") metrics.ended(outcome);
    else if (outcome !== "answered") metrics.reviewed(outcome, ms / 1_000);
    log.info({ ...facts, ms, result: typeof outcome === "string" ? outcome : outcome.title }, "reviewed");
    return { kind: "done" };
  } catch (error) {
    const why = whyEnded(error, run);
    metrics.ended(why);
    if (why === "superseded") {
      log.info(facts, "given up for a newer push");
      await cancelFormer(run, tools);
      // The word may have come late and have meant this very job: it waits again, unless another one does.
      return { kind: "later", seconds: 0, job: run.job };
    }
    if (error instanceof RateLimited) {
      log.info({ ...facts, seconds: error.seconds }, "put off until GitHub takes requests again");
      return { kind: "later", seconds: error.seconds, job: run.job };
    }
    log.error({ ...facts, error }, why);
    if (why === "overdue") await tellOverdue(run, tools);
    // The pull request, the repository or the installation is gone: nobody waits for an answer.
    if (why === "overdue" || statusOf(error) === 404 || statusOf(error) === 410) return { kind: "done" };
    throw error;
  }
}

function whyEnded(error: unknown, { controller, overdue }: Run): "superseded" | "overdue" | "later" | "failed" {
  if (controller.signal.aborted && String(controller.signal.reason).includes(SUPERSEDED)) return "superseded";
  // A server that stops leaves the job to the next one.
  if (overdue.aborted && !controller.signal.aborted) return "overdue";
  return error instanceof RateLimited ? "later" : "failed";
}

const LAST_WORDS_MS = 60_000;

/** The signal has ended everything else. A head that is still the newest keeps its check for whoever takes the job up. */
async function cancelFormer(run: Run, tools: WorkTools): Promise<void> {
  const { head } = run;
  const last = lastWords(run, tools);
  const newest = head === undefined ? undefined : await readPull(last.target).catch(() => undefined);
  if (head !== undefined && newest && newest.head !== head) await cancelReview(last, head, SUPERSEDED);
}

/** Another attempt would take as long: whoever wants one pushes, or asks for it. */
async function tellOverdue(run: Run, tools: WorkTools): Promise<void> {
  const reason = `the review took longer than ${tools.settings.jobSeconds} s`;
  const last = lastWords(run, tools);
  try {
    const head = run.head ?? (await readPull(last.target)).head;
    await giveUp(last, head, reason, run.settings);
    await openMemory(tools.database, tools.settings).end(run.job, undefined);
  } catch (error) {
    tools.log.error({ pull: keyOf(run.job), error }, "could not say that a review took too long");
  }
}

type LastWords = Pick<ReviewTools, "target" | "onNote" | "buttons">;

/** What can still be done when the signal has ended all requests of a run. */
function lastWords({ job }: Run, { app, log }: WorkTools): LastWords {
  const { owner, repo, number, installation } = job;
  const client = app.asInstallation(installation, AbortSignal.timeout(LAST_WORDS_MS));
  return {
    target: { client, owner, repo, number },
    onNote: text => log.warn({ pull: keyOf(job) }, text),
    buttons: { mayPush: () => app.mayPush(installation) },
  };
}

/** Carries out what is asked, and reviews: without being asked, only what has changed since the last review. */
async function review(isLast: boolean, run: Run, tools: WorkTools): Promise<Outcome | "answered" | "already-reviewed"> {
  const { job } = run;
  if (job.mergeGroup !== undefined) {
    const { owner, repo, installation, mergeGroup } = job;
    await passOver(
      { client: tools.app.asInstallation(installation, run.signal), owner, repo },
      mergeGroup,
      MERGE_GROUP,
    );
    return "answered";
  }
  const memory = openMemory(tools.database, tools.settings);
  let review = await reviewTools(job, isLast, run, tools);
  if (job.order) {
    const after = await obey(job.order, review);
    if (!after) return "answered";
    review = after;
    if (after.dismissesAll !== true) run.job = { ...job, order: undefined, isAsked: true };
  }
  const last = isAsked(job) ? undefined : await memory.recall(job);
  if (last && isAsReviewed(await readPull(review.target), last)) return "already-reviewed";
  const onPull = async (pull: PullFacts): Promise<void> => {
    await cancelKilled(await memory.underReview(job), pull, review);
    run.head = pull.head;
    await memory.begin(job, pull.head);
  };
  const onSettings = (settings: PullRequestSettings): void => void (run.settings = settings);
  const outcome = await reviewPull({ ...review, onPull, onSettings });
  await memory.end(job, outcome.kind === "reviewed" ? outcome.state : undefined);
  return outcome;
}

/** A worker that was killed could not end the check of the head that it was at. Whoever comes next does, unless it is at that head again. */
async function cancelKilled(head: string | undefined, pull: PullFacts, review: ReviewTools): Promise<void> {
  if (head === undefined || (pull.isOpen && head === pull.head)) return;
  await cancelReview(review, head, pull.isOpen ? SUPERSEDED : CLOSED);
}

async function reviewTools(job: Job, isLast: boolean, run: Run, tools: WorkTools): Promise<ReviewTools> {
  const { signal } = run;
  const { app, settings, mirrors, reviewer, log, database } = tools;
  const { owner, repo, number, installation } = job;
  // Of each account for itself: what one asked is none of another's business.
  const cacheDir = join(settings.dataDir, "answers", String(installation));
  const model = settings.model && { ...settings.model, cacheDir };
  const page = `${settings.serverUrl}/${owner}/${repo}`;
  const onNote = (text: string): void => log.info({ pull: keyOf(job) }, text);
  const target = { client: app.asInstallation(installation, signal), owner, repo, number };
  const marked = { number, repositoryId: job.repositoryId ?? (await repositoryId(target)) };
  return {
    target,
    marker: createMarker(marked, markerKeyOf(settings.privateKey)),
    page,
    open: async (pull: PullFacts) => {
      const remote = { url: `${page}.git`, token: await app.tokenFor(installation) };
      return openClone(mirrors, remote, { number, base: pull.base, head: pull.head }, signal);
    },
    modelFor: model && modelFor(model, openPurse(database, installation, model.perDay), onNote),
    review: reviewer.review,
    signal,
    onNote,
    willRetry: error => !isLast || error instanceof RateLimited,
    buttons: { mayPush: () => app.mayPush(installation) },
  };
}
