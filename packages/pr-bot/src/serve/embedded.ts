/** PostgreSQL within the process, in a folder that one process may use. */
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { oneLine, UsageError } from "../errors.ts";
import { localLocks, SCHEMA, type Database, type Query } from "./database.ts";

/** Opens or makes the database of a folder. */
export async function openEmbedded(folder: string): Promise<Database> {
  const unlock = lockFolder(folder);
  const pglite = await PGlite.create(join(folder, "db"));
  const locks = localLocks();
  const listeners: ((name: string) => void)[] = [];
  const query: Query = (text, values) => run(pglite, text, values);
  await query(SCHEMA);
  return {
    query,
    transaction: work => pglite.transaction(async inner => work((text, values) => run(inner, text, values))),
    tryLock: name => {
      const release = (): Promise<void> => {
        locks.free(name);
        return Promise.resolve();
      };
      return Promise.resolve(locks.take(name) ? { release } : undefined);
    },
    notify: name => {
      for (const listener of listeners) listener(name);
      return Promise.resolve();
    },
    onNotify: listener => void listeners.push(listener),
    close: async () => {
      await pglite.close();
      unlock();
    },
  };
}

/** Parameters need one statement; a script has none. An aborted transaction would spoil the next call on the one connection. */
async function run(
  on: Pick<PGlite, "query" | "exec">,
  text: string,
  values?: readonly unknown[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (values && values.length > 0) return (await on.query<Record<string, unknown>>(text, [...values])).rows;
  try {
    return (await on.exec(text)).flatMap(result => result.rows as Record<string, unknown>[]);
  } catch (error) {
    if (/^\s*BEGIN/i.test(text)) await on.exec("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** A file with the process id; one whose process is gone counts for nothing. */
function lockFolder(folder: string): () => void {
  const file = join(folder, "bot.lock");
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`REVIEW_DATA_DIR cannot be used: ${oneLine(error)}`);
  }
  for (const isLast of [false, true]) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || isLast) throw error;
      const pid = Number(readFileSync(file, "utf8"));
      if (isRunning(pid))
        throw new UsageError(`${folder} is in use by process ${pid}: set DATABASE_URL for several processes.`);
      rmSync(file, { force: true });
    }
  }
  throw new Error("unreachable");
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
