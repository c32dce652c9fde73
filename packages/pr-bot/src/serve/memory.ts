/**
 * What was reviewed last of each pull request, so that an event which brings nothing new costs a question and no review; whatever is
 * not remembered is reviewed. And which head is under review, whose check seems to be under way for ever when its worker is killed.
 */
import type { ReviewedState } from "../skip.ts";
import { version } from "../version.ts";
import type { Database, Query } from "./database.ts";
import { keyOf, type Job } from "./job.ts";
import type { ServerSettings } from "./settings.ts";

export interface Memory {
  /** The last review, unless another bot than this one made it or a delivery has told of another head since. */
  readonly recall: (job: Job) => Promise<ReviewedState | undefined>;
  /** The head of a review that was begun and has not come to its end. */
  readonly underReview: (job: Job) => Promise<string | undefined>;
  /** Notes that the review of a head begins. One that does not come to its end leaves nothing to rely on. */
  readonly begin: (job: Job, head: string) => Promise<void>;
  /** Notes that it has ended, and what was reviewed, as far as there is something to rely on. */
  readonly end: (job: Job, state: ReviewedState | undefined) => Promise<void>;
}

/** Opens the memory of a bot with these settings. */
export function openMemory({ query }: Database, { model }: Pick<ServerSettings, "model">): Memory {
  // Another version has other rules, and another model other words.
  const by = [version, model?.model, model?.baseUrl].join(" ");
  const write = async (job: Job, reviewing: string | undefined, state: ReviewedState | undefined): Promise<void> => {
    const text = `INSERT INTO review_bot.pulls (pull, reviewing, reviewed) VALUES ($1, $2, $3) ON CONFLICT (pull) DO UPDATE SET reviewing = excluded.reviewing, reviewed = excluded.reviewed`;
    await query(text, [keyOf(job), reviewing ?? null, state ? JSON.stringify({ ...state, by }) : null]);
  };
  return {
    recall: async job => {
      const [row] = await query(
        `SELECT reviewed FROM review_bot.pulls WHERE pull = $1 AND reviewed->>'by' = $2 AND (announced IS NULL OR announced = reviewed->>'head')`,
        [keyOf(job), by],
      );
      return row?.["reviewed"] as ReviewedState | undefined;
    },
    underReview: async job => {
      const [row] = await query(`SELECT reviewing FROM review_bot.pulls WHERE pull = $1`, [keyOf(job)]);
      return (row?.["reviewing"] ?? undefined) as string | undefined;
    },
    begin: (job, head) => write(job, head, undefined),
    end: (job, state) => write(job, undefined, state),
  };
}

/**
 * Notes which head a delivery tells of, together with its job. GitHub may answer with the old head for a while after it has told of
 * the new one, and a job that was waiting already stands for the new push as well.
 */
export async function announce(job: Job, query: Query): Promise<void> {
  if (job.head === undefined) return;
  const text = `INSERT INTO review_bot.pulls (pull, announced) VALUES ($1, $2) ON CONFLICT (pull) DO UPDATE SET announced = excluded.announced`;
  await query(text, [keyOf(job), job.head]);
}
