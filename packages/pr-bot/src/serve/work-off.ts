/** What a worker does with a job: one at a time for each pull request, given up when a newer push comes. */
import { join } from "node:path";
import type { Reviewer } from "@review/review";
import type { Mirrors } from "../git/mirror.ts";
import { openClone } from "../git/open-checkout.ts";
import { obey } from "../commands/obey.ts";
import { statusOf } from "../github/failures.ts";
import { readPull, type PullFacts } from "../github/target.ts";
import { createMarker } from "../plan/marker.ts";
import { cancelReview, reviewPull, SUPERSEDED } from "../review-pull.ts";
import type { Outcome, ReviewTools } from "../review-tools.ts";
import { isAsReviewed } from "../skip.ts";
import { modelFor } from "../suggester.ts";
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
  /** Also ends when the job has taken too long. */
  readonly signal: AbortSignal;
  /** The head that is being reviewed; undefined before GitHub has told. */
  head: string | undefined;
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
      return { kind: "later", seconds: LATER };
    }
    const run = startRun(tools.settings);
    running.set(key, run);
    perInstallation.set(job.installation, (perInstallation.get(job.installation) ?? 0) + 1);
    try {
      return await attempt(job, isLast, run, tools);
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

function startRun({ jobSeconds }: ServerSettings): Run {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(jobSeconds * 900)]);
  return { controller, signal, head: undefined };
}

async function attempt(job: Job, isLast: boolean, run: Run, tools: WorkTools): Promise<Ending> {
  const { log, metrics } = tools;
  const started = performance.now();
  const facts = { pull: keyOf(job), installation: job.installation };
  try {
    const outcome = await review(job, isLast, run, tools);
    const ms = Math.round(performance.now() - started);
    if (outcome === "already-reviewed") metrics.ended(outcome);
    else if (outcome !== "answered") metrics.reviewed(outcome, ms / 1_000);
    log.info({ ...facts, ms, result: typeof outcome === "string" ? outcome : outcome.title }, "reviewed");
    return { kind: "done" };
  } catch (error) {
    const { signal } = run.controller;
    if (signal.aborted && String(signal.reason).includes(SUPERSEDED)) {
      metrics.ended("superseded");
      log.info(facts, "given up for a newer push");
      await cancelFormer(job, run, tools);
      // The word may have come late and have meant this very job: it waits again, unless another one does.
      return { kind: "later", seconds: 0 };
    }
    metrics.ended("failed");
    log.error({ ...facts, error }, "failed");
    // The pull request, the repository or the installation is gone: nobody waits for an answer.
    if (statusOf(error) === 404 || statusOf(error) === 410) return { kind: "done" };
    throw error;
  }
}

const CANCEL_MS = 30_000;

/** The signal has ended everything else. A head that is still the newest keeps its check for whoever takes the job up. */
async function cancelFormer(job: Job, { head }: Run, { app, log }: WorkTools): Promise<void> {
  const { owner, repo, number, installation } = job;
  const target = { client: app.asInstallation(installation, AbortSignal.timeout(CANCEL_MS)), owner, repo, number };
  const onNote = (text: string): void => log.warn({ pull: keyOf(job) }, text);
  const newest = head === undefined ? undefined : await readPull(target).catch(() => undefined);
  if (head !== undefined && newest && newest.head !== head) await cancelReview({ target, onNote }, head, SUPERSEDED);
}

/** Carries out what is asked, and reviews: without being asked, only what has changed since the last review. */
async function review(
  job: Job,
  isLast: boolean,
  run: Run,
  tools: WorkTools,
): Promise<Outcome | "answered" | "already-reviewed"> {
  const memory = openMemory(tools.database, tools.settings);
  let review = reviewTools(job, isLast, run, tools);
  if (job.order) {
    const after = await obey(job.order, review);
    if (!after) return "answered";
    review = after;
  }
  const last = isAsked(job) ? undefined : await memory.recall(job);
  if (last && isAsReviewed(await readPull(review.target), last)) return "already-reviewed";
  const onPull = async (pull: PullFacts): Promise<void> => {
    await cancelKilled(await memory.underReview(job), pull, review);
    run.head = pull.head;
    await memory.begin(job, pull.head);
  };
  const outcome = await reviewPull({ ...review, onPull });
  await memory.end(job, outcome.kind === "reviewed" ? outcome.state : undefined);
  return outcome;
}

/** A worker that was killed could not end the check of the head that it was at. Whoever comes next does, unless it is at that head again. */
async function cancelKilled(head: string | undefined, pull: PullFacts, review: ReviewTools): Promise<void> {
  if (head === undefined || (pull.isOpen && head === pull.head)) return;
  await cancelReview(review, head, pull.isOpen ? SUPERSEDED : "the pull request is closed");
}

function reviewTools(job: Job, isLast: boolean, run: Run, tools: WorkTools): ReviewTools {
  const { signal } = run;
  const { app, settings, mirrors, reviewer, log, database } = tools;
  const { owner, repo, number, installation } = job;
  // Of each account for itself: what one asked is none of another's business.
  const cacheDir = join(settings.dataDir, "answers", String(installation));
  const model = settings.model && { ...settings.model, cacheDir };
  const page = `${settings.serverUrl}/${owner}/${repo}`;
  const onNote = (text: string): void => log.info({ pull: keyOf(job) }, text);
  return {
    target: { client: app.asInstallation(installation, signal), owner, repo, number },
    marker: createMarker(`${owner}/${repo}#${number}`, markerKeyOf(settings.privateKey)),
    page,
    open: async (pull: PullFacts) => {
      const remote = { url: `${page}.git`, token: await app.tokenFor(installation) };
      return openClone(mirrors, remote, { number, base: pull.base, head: pull.head }, signal);
    },
    modelFor: model && modelFor(model, openPurse(database, installation, model.perDay), onNote),
    review: reviewer.review,
    signal,
    onNote,
    willRetry: !isLast,
    buttons: { mayPush: () => app.mayPush(installation) },
  };
}
