/** The turns of installations, which several processes share and no restart forgets: whoever wants to send takes the next one in the database. */
import type { Gaps, Turns } from "../github/turns.ts";
import type { Database } from "./database.ts";

/** Turns that all processes of a database share; its clock is the one that counts. */
export function sharedTurns({ query }: Database, account: string, gaps: Gaps): Turns {
  return {
    take: async (kind, mostMs = Infinity) => {
      if (gaps[kind === "notify" ? kind : "write"] === 0) return 0;
      const makes = kind !== "write";
      // Of two processes the second waits for the row, and then sees what the first has taken.
      const hour = `t.created[cardinality(t.created) + 1 - ${gaps.perHour}] + interval '1 hour'`;
      const turn = `greatest(clock_timestamp(), t.write_at${kind === "notify" ? ", t.notify_at" : ""}${makes ? `, ${hour}` : ""})`;
      const values = [gaps.write, kind === "notify" ? gaps.notify : 0];
      const [row] = await query(
        `INSERT INTO review_bot.turns AS t (account, write_at, notify_at, turn_at, created)
         VALUES ($1, ${after("clock_timestamp()", "$2")}, ${after("clock_timestamp()", "$3")}, clock_timestamp(),
           ${makes ? "ARRAY[clock_timestamp()]" : "'{}'"})
         ON CONFLICT (account) DO UPDATE SET
           turn_at = ${turn},
           write_at = ${after(turn, "$2")},
           notify_at = ${kind === "notify" ? after(turn, "$3") : "t.notify_at"},
           created = ${makes ? `(t.created || ${turn})[greatest(1, cardinality(t.created) + 2 - ${gaps.perHour}):]` : "t.created"}
         WHERE ${left(turn)} <= $4
         RETURNING ${left("turn_at")} AS ms`,
        [account, ...values, mostMs],
      );
      if (row) return inMs(row);
      const [far] = await query(`SELECT ${left(turn)} AS ms FROM review_bot.turns AS t WHERE account = $1`, [account]);
      return inMs(far);
    },
    silence: async () => {
      const text = `SELECT ${left("silent_until")} AS ms FROM review_bot.turns WHERE account = $1`;
      const [row] = await query(text, [account]);
      return inMs(row);
    },
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
  return `1000 * extract(epoch FROM ${time} - clock_timestamp())::double precision`;
}

function inMs(row: Readonly<Record<string, unknown>> | undefined): number {
  return Math.max(0, Math.ceil(Number(row?.["ms"] ?? 0)));
}
