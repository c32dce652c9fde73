/** The turns of installations where several processes share their limits: whoever wants to send takes the next one in the database. */
import type { Gaps, Turns } from "../github/turns.ts";
import type { Database } from "./database.ts";

/** Turns that all processes of a database share; its clock is the one that counts. */
export function sharedTurns({ query }: Database, account: string, gaps: Gaps): Turns {
  const milliseconds = async (text: string, ...values: readonly unknown[]): Promise<number> => {
    const [row] = await query(text, [account, ...values]);
    return Math.max(0, Number(row?.["ms"] ?? 0));
  };
  return {
    take: async kind => {
      if (gaps[kind] === 0) return 0;
      // Of two processes the second waits for the row, and then sees what the first has taken.
      const turn = `greatest(clock_timestamp(), t.write_at${kind === "notify" ? ", t.notify_at" : ""})`;
      const wait = await milliseconds(
        `INSERT INTO review_bot.turns AS t (account, write_at, notify_at, turn_at)
         VALUES ($1, ${after("clock_timestamp()", "$2")}, ${after("clock_timestamp()", "$3")}, clock_timestamp())
         ON CONFLICT (account) DO UPDATE SET
           turn_at = ${turn},
           write_at = ${after(turn, "$2")},
           notify_at = ${kind === "notify" ? after(turn, "$3") : "t.notify_at"}
         RETURNING ${left("turn_at")}`,
        gaps.write,
        kind === "notify" ? gaps.notify : 0,
      );
      return Math.ceil(wait);
    },
    silence: () => milliseconds(`SELECT ${left("silent_until")} FROM review_bot.turns WHERE account = $1`),
    pause: async ms => {
      const end = after("clock_timestamp()", "$2");
      await query(
        `INSERT INTO review_bot.turns AS t (account, silent_until) VALUES ($1, ${end})
         ON CONFLICT (account) DO UPDATE SET silent_until = greatest(t.silent_until, ${end})`,
        [account, ms],
      );
    },
  };
}

function after(time: string, ms: string): string {
  return `${time} + make_interval(secs => ${ms}::double precision / 1000)`;
}

function left(time: string): string {
  return `1000 * extract(epoch FROM ${time} - clock_timestamp())::double precision AS ms`;
}
