/**
 * The durable queue. A delivery is stored once, by GitHub's own id, and answered; then it becomes a job. Of the pushes to one pull
 * request one waits at most, since whoever takes it up reviews the newest head. A job whose worker is gone is given to another.
 */
import PgBoss from "pg-boss";
import type { Database, Query } from "./database.ts";
import { keyOf, newsOf, type Job } from "./job.ts";
import { announce } from "./memory.ts";

const NAME = "pull-requests";
/** GitHub sends a delivery again for three days at most. */
const KEPT_DAYS = 14;
const WORK = { batchSize: 1, pollingIntervalSeconds: 0.5, includeMetadata: true } as const;

export interface QueueOptions {
  /** Seconds after which a job that was begun counts as lost, whatever its worker says. */
  readonly lostSeconds: number;
  readonly onError: (error: Error) => void;
}

export interface QueueStats {
  /** By state. */
  readonly jobs: Readonly<Record<string, number>>;
  readonly undispatched: number;
  /** Seconds that the oldest waiting job has waited. */
  readonly oldestSeconds: number;
}

/** How a job ended: done, or to be taken up again after some seconds, as the job that is left to do. */
export type Ending =
  { readonly kind: "done" } | { readonly kind: "later"; readonly seconds: number; readonly job: Job };

/** `isLast`: the job is not tried again after a failure. */
export type Handler = (job: Job, isLast: boolean) => Promise<Ending>;

export interface Queue {
  /** Stores a delivery; false for one that is stored already. A delivery without a job is remembered all the same. */
  readonly receive: (guid: string, job: Job | undefined) => Promise<boolean>;
  /** Turns stored deliveries into jobs; gives the news of them. */
  readonly dispatch: () => Promise<readonly string[]>;
  /** Takes jobs, so many at a time; a rejected promise leaves the job to be tried again. */
  readonly work: (slots: number, handler: Handler) => Promise<void>;
  /** Something has come: look for jobs at once, and not when it is time to. */
  readonly hurry: () => void;
  /** Gives jobs whose worker is gone to others; `isHeld` tells whether somebody is at a pull request. */
  readonly recover: (isFree: (key: string) => Promise<boolean>, afterSeconds: number) => Promise<number>;
  /** Forgets deliveries that are too old for GitHub to send them again. */
  readonly forget: () => Promise<void>;
  readonly stats: () => Promise<QueueStats>;
  /** Takes no more jobs and waits for those under way. */
  readonly stop: (timeoutMs: number) => Promise<void>;
}

/** Opens the queue in a database. */
export async function openQueue(database: Database, { lostSeconds, onError }: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    db: asDb(database.query),
    schedule: false,
    archiveCompletedAfterSeconds: 86_400,
    deleteAfterDays: 7,
    maintenanceIntervalSeconds: 60,
  });
  boss.on("error", onError);
  await startOnce(database, boss);
  const takers: string[] = [];
  const sending = { retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: lostSeconds };
  const send = async (job: Job, query: Query, startAfter = 0): Promise<string | null> => {
    const own = { singletonKey: singletonOf(job), startAfter, priority: -(await turnOf(job, query)), db: asDb(query) };
    return boss.send(NAME, job, { ...sending, ...own });
  };
  return {
    receive: async (guid, job) => {
      const text = `INSERT INTO review_bot.deliveries (guid, job, queued_at) VALUES ($1, $2, $3) ON CONFLICT (guid) DO NOTHING RETURNING guid`;
      const rows = await database.query(text, [
        guid,
        job ? JSON.stringify(job) : null,
        job ? null : new Date().toISOString(),
      ]);
      return rows.length > 0;
    },
    dispatch: () => dispatch(database, send),
    work: async (slots, handler) => {
      for (let slot = 0; slot < slots; slot++) {
        const taker = await boss.work<Job>(NAME, WORK, async ([job]) => {
          if (!job) return;
          const ending = await handler(job.data, job.retryCount >= job.retryLimit);
          if (ending.kind === "later") await send(ending.job, database.query, ending.seconds);
        });
        takers.push(taker);
      }
    },
    hurry: () => takers.forEach(taker => boss.notifyWorker(taker)),
    recover: (isFree, afterSeconds) => recover(database, isFree, afterSeconds),
    forget: async () => {
      await database.query(`DELETE FROM review_bot.deliveries WHERE queued_at < now() - interval '${KEPT_DAYS} days'`);
    },
    stats: () => statsOf(database),
    stop: timeout => boss.stop({ graceful: true, wait: true, timeout, close: false }),
  };
}

/** Whatever somebody asks for counts: what a stranger presses must not stand for what a writer presses. Of pushes one waiting is enough. */
function singletonOf(job: Job): string {
  const { order } = job;
  if (job.mergeGroup !== undefined) return `${keyOf(job)}/${job.mergeGroup}`;
  if (job.isAsked === true) return `${keyOf(job)}/again`;
  return order ? `${keyOf(job)}/${order.commentId ?? `${order.command.name}/${order.author.login}`}` : keyOf(job);
}

/**
 * Installations take turns: the second job that waits for one comes after the first of each other, however many one has sent.
 * Whoever comes later begins with the turn that it is now, so that nobody waits for ever.
 */
async function turnOf({ installation }: Job, query: Query): Promise<number> {
  const text = `SELECT min(-priority) AS now, max(-priority) FILTER (WHERE data->>'installation' = $2) AS last FROM pgboss.job WHERE name = $1 AND state IN ('created', 'retry')`;
  const [{ now, last } = {}] = await query(text, [NAME, String(installation)]);
  return Math.max(Number(now ?? 0), last === null || last === undefined ? 0 : Number(last) + 1);
}

function asDb(query: Query): PgBoss.Db {
  return { executeSql: async (text, values) => ({ rows: [...(await query(text, values as readonly unknown[]))] }) };
}

/** Several processes may start at the same time, and only one may set up the tables. */
async function startOnce({ tryLock }: Database, boss: PgBoss): Promise<void> {
  for (;;) {
    const lock = await tryLock("queue set-up");
    if (lock) {
      try {
        await boss.start();
        await boss.createQueue(NAME, { name: NAME, policy: "short" });
        return;
      } finally {
        await lock.release();
      }
    }
    await new Promise(done => setTimeout(done, 200));
  }
}

/** In one transaction, so that a delivery is never both dispatched and waiting, nor neither. */
function dispatch(
  { transaction }: Database,
  send: (job: Job, query: Query) => Promise<string | null>,
): Promise<readonly string[]> {
  return transaction(async query => {
    const text = `SELECT guid, job FROM review_bot.deliveries WHERE queued_at IS NULL ORDER BY received_at LIMIT 50 FOR UPDATE SKIP LOCKED`;
    const rows = (await query(text)) as readonly { readonly guid: string; readonly job: Job }[];
    // Always in the same order: two processes that do this at once wait for one another, and never each for the other.
    const jobs = rows.map(({ job }) => job).sort((one, other) => (singletonOf(one) < singletonOf(other) ? -1 : 1));
    for (const job of jobs) {
      await announce(job, query);
      await send(job, query);
    }
    if (rows.length > 0)
      await query(`UPDATE review_bot.deliveries SET queued_at = now() WHERE guid = ANY($1)`, [
        rows.map(({ guid }) => guid),
      ]);
    return rows.map(({ job }) => newsOf(job));
  });
}

/** A worker holds the lock of its pull request, and the lock goes when the worker goes. */
async function recover(
  { query }: Database,
  isFree: (key: string) => Promise<boolean>,
  afterSeconds: number,
): Promise<number> {
  const text = `SELECT id, data FROM pgboss.job WHERE name = $1 AND state = 'active' AND started_on < now() - make_interval(secs => $2)`;
  const rows = (await query(text, [NAME, afterSeconds])) as readonly { readonly id: string; readonly data: Job }[];
  let recovered = 0;
  for (const { id, data } of rows) {
    if (!(await isFree(keyOf(data)))) continue;
    await query(
      `UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE name = $1 AND id = $2 AND state = 'active'`,
      [NAME, id],
    );
    recovered++;
  }
  return recovered;
}

async function statsOf({ query }: Database): Promise<QueueStats> {
  const states = await query(
    `SELECT state::text AS state, count(*)::int AS number FROM pgboss.job WHERE name = $1 GROUP BY state`,
    [NAME],
  );
  const [waiting] = await query(`SELECT count(*)::int AS number FROM review_bot.deliveries WHERE queued_at IS NULL`);
  const [oldest] = await query(
    `SELECT coalesce(extract(epoch FROM now() - min(created_on)), 0)::float AS seconds FROM pgboss.job WHERE name = $1 AND state IN ('created', 'retry')`,
    [NAME],
  );
  return {
    jobs: Object.fromEntries(states.map(({ state, number }) => [String(state), Number(number)])),
    undispatched: Number(waiting?.["number"] ?? 0),
    oldestSeconds: Number(oldest?.["seconds"] ?? 0),
  };
}
