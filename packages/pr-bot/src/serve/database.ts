/** The one place where the bot keeps what must survive: PostgreSQL for several processes, or an embedded one in a folder for one. */

export type Query = (
  text: string,
  values?: readonly unknown[],
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

export interface Database {
  readonly query: Query;
  readonly transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
  /** Takes a lock that no other process and no other holder has; undefined where one has it. Ends with the process, however that ends. */
  readonly tryLock: (name: string) => Promise<Lock | undefined>;
  /** Tells every process, this one too, that something has come for a name. */
  readonly notify: (name: string) => Promise<void>;
  readonly onNotify: (listener: (name: string) => void) => void;
  readonly close: () => Promise<void>;
}

export interface Lock {
  readonly release: () => Promise<void>;
}

/** What the bot keeps beside the queue: deliveries that it has taken in, what the model cost a day, what is reviewed, and whose turn it is. */
export const SCHEMA = `
  CREATE SCHEMA IF NOT EXISTS review_bot;
  CREATE TABLE IF NOT EXISTS review_bot.deliveries (
    guid text PRIMARY KEY,
    job jsonb,
    received_at timestamptz NOT NULL DEFAULT now(),
    queued_at timestamptz
  );
  CREATE INDEX IF NOT EXISTS deliveries_waiting ON review_bot.deliveries (received_at) WHERE queued_at IS NULL;
  CREATE TABLE IF NOT EXISTS review_bot.spending (
    installation bigint,
    day date,
    usd double precision NOT NULL DEFAULT 0,
    tokens double precision NOT NULL DEFAULT 0,
    PRIMARY KEY (installation, day)
  );
  CREATE TABLE IF NOT EXISTS review_bot.pulls (
    pull text PRIMARY KEY,
    announced text,
    reviewed jsonb
  );
  CREATE TABLE IF NOT EXISTS review_bot.turns (
    account text PRIMARY KEY,
    write_at timestamptz NOT NULL DEFAULT now(),
    notify_at timestamptz NOT NULL DEFAULT now(),
    turn_at timestamptz NOT NULL DEFAULT now(),
    silent_until timestamptz NOT NULL DEFAULT now()
  );
  ALTER TABLE review_bot.pulls ADD COLUMN IF NOT EXISTS reviewing text;
  ALTER TABLE review_bot.turns ADD COLUMN IF NOT EXISTS created timestamptz[] NOT NULL DEFAULT '{}';
`;

/** Locks within a process; a database adds the other processes. */
export function localLocks(): { readonly take: (name: string) => boolean; readonly free: (name: string) => void } {
  const held = new Set<string>();
  return {
    take: name => {
      if (held.has(name)) return false;
      held.add(name);
      return true;
    },
    free: name => void held.delete(name),
  };
}
