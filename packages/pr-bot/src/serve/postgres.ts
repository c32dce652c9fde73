/** PostgreSQL that several processes share. */
import pg from "pg";
import { oneLine } from "../errors.ts";
import { localLocks, SCHEMA, type Database, type Query } from "./database.ts";

const CHANNEL = "review_bot";
/** Held open, since to open one takes PostgreSQL longer than to store a delivery: the first of a burst would wait for them. */
const CONNECTIONS = 10;
/** Any number; all processes that set up the schema take it first. */
const SETUP = 4_242_001;

/** Connects and sets up the schema. `onLost` is told when the connection that holds the locks is gone: nothing is safe then. */
export async function openPostgres(url: string, onLost: (error: Error) => void): Promise<Database> {
  const bounds = { min: CONNECTIONS, max: CONNECTIONS };
  const pool = new pg.Pool({ connectionString: url, ...bounds, application_name: "review-bot" });
  // A connection that breaks while it is idle is replaced.
  pool.on("error", () => undefined);
  const keeper = new pg.Client({ connectionString: url, application_name: "review-bot locks", keepAlive: true });
  await keeper.connect().catch((error: unknown) => {
    throw new Error(`DATABASE_URL leads to no database: ${reasonOf(error)}`, { cause: error });
  });
  const end = { isWanted: false };
  keeper.on("error", onLost);
  keeper.on("end", () => {
    if (!end.isWanted) onLost(new Error("the connection that holds the locks has ended"));
  });
  await keeper.query("SELECT pg_advisory_lock($1)", [SETUP]);
  await keeper.query(SCHEMA).finally(() => keeper.query("SELECT pg_advisory_unlock($1)", [SETUP]));
  await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.query("SELECT 1")));
  const locks = localLocks();
  const listeners: ((name: string) => void)[] = [];
  keeper.on("notification", ({ payload }) => {
    for (const listener of listeners) listener(payload ?? "");
  });
  await keeper.query(`LISTEN ${CHANNEL}`);
  return {
    query: queryOn(pool),
    transaction: work => inTransaction(pool, work),
    tryLock: async name => {
      if (!locks.take(name)) return undefined;
      const { rows } = await keeper.query<{ taken: boolean }>(
        "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken",
        [name],
      );
      if (rows[0]?.taken !== true) {
        locks.free(name);
        return undefined;
      }
      return {
        release: async () => {
          await keeper.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [name]);
          locks.free(name);
        },
      };
    },
    notify: async name => {
      await pool.query("SELECT pg_notify($1, $2)", [CHANNEL, name]);
    },
    onNotify: listener => void listeners.push(listener),
    close: async () => {
      end.isWanted = true;
      await keeper.end();
      await pool.end();
    },
  };
}

/** Where a name has several addresses, each has failed for a reason of its own. */
function reasonOf(error: unknown): string {
  const reasons: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return reasons.map(oneLine).join(", ");
}

function queryOn(on: pg.Pool | pg.PoolClient): Query {
  return async (text, values) => {
    const result: unknown = await on.query(text, values ? [...values] : undefined);
    // A script of several statements has several results.
    const results = (Array.isArray(result) ? result : [result]) as readonly pg.QueryResult<Record<string, unknown>>[];
    return results.flatMap(({ rows }) => rows);
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work((text, values) => queryOn(client)(text, values));
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    await client.query("ROLLBACK").then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}
