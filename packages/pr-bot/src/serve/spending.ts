/**
 * What the model may cost an installation a day, of UTC. A review takes out the most that it may spend and puts the rest back, so
 * neither several workers nor a restart can overspend; what a worker took that was killed counts as spent.
 */
import type { Budget, Usage } from "@review/suggestions";
import type { Purse } from "../suggester.ts";
import type { Database } from "./database.ts";

interface Amount {
  readonly usd: number;
  readonly tokens: number;
}

const TODAY = "(now() AT TIME ZONE 'utc')::date";

/** The purse of one installation; undefined where its days are not bounded. */
export function openPurse(database: Database, installation: number, perDay: Budget): Purse | undefined {
  if (perDay.usd === undefined && perDay.tokens === undefined) return undefined;
  return {
    take: async most => {
      const { day, budget, taken } = await takeOut(database, installation, most, perDay);
      const isCut = isLess(budget.usd, most.usd) || isLess(budget.tokens, most.tokens);
      return {
        budget,
        shortage: isCut
          ? `The budget of the day for the model (${inWords(perDay)}) is used up: findings without its words have those of their rules.`
          : undefined,
        settle: usage => putBack(database, installation, day, taken, spentOf(usage, taken)),
      };
    },
  };
}

interface Taken {
  readonly day: string;
  readonly budget: Budget;
  readonly taken: Amount;
}

/** The row is locked until it is written: of two workers the second sees what the first has taken. */
function takeOut({ transaction }: Database, installation: number, most: Budget, perDay: Budget): Promise<Taken> {
  return transaction(async query => {
    await query(
      `INSERT INTO review_bot.spending (installation, day) VALUES ($1, ${TODAY}) ON CONFLICT (installation, day) DO NOTHING`,
      [installation],
    );
    const [row] = await query(
      `SELECT day::text AS day, usd, tokens FROM review_bot.spending WHERE installation = $1 AND day = ${TODAY} FOR UPDATE`,
      [installation],
    );
    const day = String(row?.["day"]);
    const usd = leftFor(most.usd, perDay.usd, Number(row?.["usd"]));
    const tokens = leftFor(most.tokens, perDay.tokens, Number(row?.["tokens"]));
    const taken = {
      usd: perDay.usd === undefined ? 0 : (usd ?? 0),
      tokens: perDay.tokens === undefined ? 0 : (tokens ?? 0),
    };
    await query(
      `UPDATE review_bot.spending SET usd = usd + $3, tokens = tokens + $4 WHERE installation = $1 AND day = $2::date`,
      [installation, day, taken.usd, taken.tokens],
    );
    return { day, budget: { ...most, usd, tokens }, taken };
  });
}

function leftFor(most: number | undefined, perDay: number | undefined, spent: number): number | undefined {
  if (perDay === undefined) return most;
  return Math.max(0, Math.min(most ?? Infinity, perDay - spent));
}

/** A review that ends after midnight spent on the day on which it began. */
async function putBack(
  { query }: Database,
  installation: number,
  day: string,
  taken: Amount,
  spent: Amount,
): Promise<void> {
  await query(
    `UPDATE review_bot.spending SET usd = usd + $3, tokens = tokens + $4 WHERE installation = $1 AND day = $2::date`,
    [installation, day, spent.usd - taken.usd, spent.tokens - taken.tokens],
  );
}

/** Answers whose price nobody told may have taken all that was left. */
function spentOf({ costUsd, inputTokens, outputTokens, unreported }: Usage, taken: Amount): Amount {
  return { usd: costUsd ?? 0, tokens: unreported > 0 ? taken.tokens : inputTokens + outputTokens };
}

function isLess(value: number | undefined, than: number | undefined): boolean {
  return (value ?? Infinity) < (than ?? Infinity);
}

function inWords({ usd, tokens }: Budget): string {
  return [usd === undefined ? [] : [`$${usd}`], tokens === undefined ? [] : [`${tokens} tokens`]].flat().join(", ");
}
