/** `review-bot serve`: the GitHub App. */
import { rm } from "node:fs/promises";
import { setPriority } from "node:os";
import { join } from "node:path";
import { serve as listen } from "@hono/node-server";
import type { Hono } from "hono";
import { openReviewer } from "@review/review";
import { createMirrors } from "../git/mirror.ts";
import { oneLine } from "../errors.ts";
import { failureInWords } from "../github/failures.ts";
import { fetchByProxy } from "../github/proxy.ts";
import { gapsFor } from "../github/turns.ts";
import type { Database } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { openGitHubApp, type GitHubApp } from "./github-app.ts";
import { readNews } from "./job.ts";
import { createLog, type Log } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { openPostgres } from "./postgres.ts";
import { openQueue, type Queue } from "./queue.ts";
import { serverSettings, type ServerSettings } from "./settings.ts";
import { sharedTurns } from "./shared-turns.ts";
import { sweepDeliveries } from "./sweep.ts";
import { createWeb } from "./web.ts";
import { createWorker } from "./work-off.ts";

const USAGE = 2;
/** Every so often stored deliveries are looked for, beside when one comes. */
const DISPATCH_MS = 1_000;
const RECOVER_MS = 3_000;
const FORGET_MS = 3_600_000;
/** What a worker has to say that its review takes too long, before its job counts as lost. */
const LAST_WORDS_SECONDS = 120;
/** A job that was begun this long ago has its lock, or lost it with its worker. */
const RECOVER_AFTER_SECONDS = 5;

/** What GitHub has us wait for longer than this is left to a job that comes later: it would hold a slot that others need. */
const PATIENCE_SECONDS = 130;

/** Runs until the signal is aborted, then lets what is under way come to its end. */
export async function serve(
  variables: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<void> {
  const settings = serverSettings(variables);
  // Compilers take what they can get; where webhooks are answered by another process of this machine, that one goes first.
  if (settings.role === "worker") setPriority(10);
  const log = createLog(variables["REVIEW_LOG_LEVEL"] ?? "info");
  const database = await openDatabase(settings, log);
  const queue = await openQueue(database, {
    lostSeconds: Math.ceil(settings.jobSeconds) + LAST_WORDS_SECONDS,
    onError: error => log.error({ error }, "the queue failed"),
  });
  const metrics = createMetrics();
  const gaps = gapsFor(settings.pace.writePauseMs);
  const app = openGitHubApp(settings, {
    onNote: text => log.info(text),
    fetch: fetchByProxy(variables, settings.apiUrl),
    patienceSeconds: PATIENCE_SECONDS,
    turnsOf: account => sharedTurns(database, account, gaps),
  });
  const clones = join(settings.dataDir, settings.databaseUrl === undefined ? "clones" : `clones-${process.pid}`);
  // Those of a process that had this number before may be used by nobody, and were perhaps not finished.
  if (settings.databaseUrl !== undefined) await rm(clones, { recursive: true, force: true });
  const mirrors = createMirrors({ folder: clones, maxBytes: settings.mirrorBytes });
  // A review analyses a head, and its base beside it.
  const reviewer = openReviewer(settings.slots);
  const worker = createWorker({ settings, database, app, mirrors, reviewer, metrics, log });
  const rounds = startRounds(database, queue, settings, log);
  database.onNotify(text => {
    worker.supersede(readNews(text));
    queue.hurry();
  });
  const web = createWeb({
    secret: settings.webhookSecret,
    queue,
    metrics,
    log,
    onReceived: rounds.hurry,
    isReady: () => isReady(database, signal),
  });
  answerUntil(signal, web, settings, log);
  if (settings.role !== "web") await queue.work(settings.slots, worker.workOff);
  await sweep(database, app, signal, log);
  await aborted(signal);
  log.info("stopping");
  rounds.stop();
  const timer = setTimeout(worker.abandon, settings.drainMs);
  await queue.stop(settings.drainMs + 10_000);
  clearTimeout(timer);
  await reviewer.close();
  await database.close();
  if (settings.databaseUrl !== undefined) await rm(clones, { recursive: true, force: true });
  log.info("stopped");
}

/** Listens until the signal is aborted. */
function answerUntil(signal: AbortSignal, { fetch }: Hono, { port, role }: ServerSettings, log: Log): void {
  const server = listen({ fetch, port });
  server.on("error", error => {
    log.fatal({ reason: oneLine(error) }, "cannot listen");
    process.exit(USAGE);
  });
  server.on("listening", () => log.info({ address: server.address(), role }, "listening"));
  signal.addEventListener("abort", () => void server.close(), { once: true });
}

async function openDatabase(settings: ServerSettings, log: Log): Promise<Database> {
  if (settings.databaseUrl === undefined) return openEmbedded(settings.dataDir);
  return openPostgres(settings.databaseUrl, error => {
    // Locks are gone with their connection. Whoever started this process starts it again.
    log.fatal({ error }, "lost the database");
    process.exit(3);
  });
}

/** Of processes that start together one asks. */
async function sweep(database: Database, app: GitHubApp, signal: AbortSignal, log: Log): Promise<void> {
  const lock = await database.tryLock("sweep");
  if (!lock) return;
  await sweepDeliveries(app.asApp, signal).then(
    count => log.info({ count }, "asked for deliveries that failed"),
    (error: unknown) => log.warn({ reason: failureInWords(error) }, "could not ask for deliveries that failed"),
  );
  await lock.release();
}

async function isReady({ query }: Database, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  return query("SELECT 1 AS one").then(
    () => true,
    () => false,
  );
}

interface Rounds {
  /** Something has come: look at once. */
  readonly hurry: () => void;
  readonly stop: () => void;
}

function startRounds(database: Database, queue: Queue, settings: ServerSettings, log: Log): Rounds {
  // Whoever takes deliveries in does nothing else: that is what keeps its answers quick.
  if (settings.role === "web") return { hurry: () => undefined, stop: () => undefined };
  const dispatch = oneAtATime(async () => {
    for (let news = await queue.dispatch(); news.length > 0; news = await queue.dispatch()) {
      for (const one of new Set(news)) await database.notify(one);
    }
  }, log);
  const isFree = async (key: string): Promise<boolean> => {
    const lock = await database.tryLock(key);
    await lock?.release();
    return lock !== undefined;
  };
  const recover = oneAtATime(async () => {
    const count = await queue.recover(isFree, RECOVER_AFTER_SECONDS);
    if (count > 0) log.warn({ count }, "took up jobs whose worker is gone");
  }, log);
  const forget = oneAtATime(() => queue.forget(), log);
  const timers = [setInterval(dispatch, DISPATCH_MS), setInterval(recover, RECOVER_MS), setInterval(forget, FORGET_MS)];
  dispatch();
  return { hurry: dispatch, stop: () => timers.forEach(timer => clearInterval(timer)) };
}

/** A round that is asked for while one runs comes after it, once. */
function oneAtATime(round: () => Promise<void>, log: Log): () => void {
  const state = { isRunning: false, isWanted: false };
  const start = (): void => {
    if (state.isRunning) {
      state.isWanted = true;
      return;
    }
    state.isRunning = true;
    state.isWanted = false;
    void round()
      .catch((error: unknown) => log.error({ error }, "a round failed"))
      .finally(() => {
        state.isRunning = false;
        if (state.isWanted) start();
      });
  };
  return start;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(done => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
