/** What is to be done for a pull request, as it is kept in the queue. */
import { z } from "zod";
import type { Order } from "../commands/carry-out.ts";
import { triggerOf } from "../run/event.ts";

export interface Job {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly installation: number;
  /** Absent in jobs of former versions. */
  readonly repositoryId?: number | undefined;
  /** A command to carry out first; absent for a push and for a check that is to be run again. */
  readonly order?: Order | undefined;
  /** Somebody has asked for a check to be run again. */
  readonly isAsked?: boolean | undefined;
  /** A commit of a merge queue, in place of a pull request; the number is 0 then. */
  readonly mergeGroup?: string | undefined;
  /** The head that an event of a pull request tells of. */
  readonly head?: string | undefined;
}

const shape = z.object({
  repository: z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) }),
  installation: z.object({ id: z.number() }),
  pull_request: z
    .object({ head: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) }) })
    .optional()
    .catch(undefined),
});

const EVENTS = [
  "pull_request",
  "issue_comment",
  "pull_request_review_comment",
  "check_run",
  "check_suite",
  "merge_group",
];

/** The job of a delivery; undefined where there is nothing to do. */
export function jobOf(event: string, payload: unknown): Job | undefined {
  if (!EVENTS.includes(event)) return undefined;
  const parsed = shape.safeParse(payload);
  if (!parsed.success) return undefined;
  const { repository, installation, pull_request } = parsed.data;
  const trigger = triggerOf(payload);
  if (trigger.kind === "nothing" || trigger.kind === "workflow") return undefined;
  const number = trigger.kind === "merge-group" ? 0 : trigger.number;
  const about = {
    ...{ owner: repository.owner.login, repo: repository.name, number },
    ...{ installation: installation.id, repositoryId: repository.id },
  };
  if (trigger.kind === "merge-group") return { ...about, mergeGroup: trigger.sha };
  if (trigger.kind === "order") return { ...about, order: trigger.order };
  return trigger.isAsked === true ? { ...about, isAsked: true } : { ...about, head: pull_request?.head.sha };
}

/** Whether somebody asked: then there is a review, whatever has been reviewed. */
export function isAsked(job: Job): boolean {
  return job.order !== undefined || job.isAsked === true;
}

/** What all processes are told when a job has come. */
export interface News {
  readonly key: string;
  /** The head that it is about; absent for what somebody asked for. */
  readonly head: string | undefined;
}

/** News as one text. */
export function newsOf(job: Job): string {
  return [keyOf(job), job.head ?? []].flat().join(" ");
}

/** Reads news. */
export function readNews(text: string): News {
  const [key = "", head] = text.split(" ");
  return { key, head };
}

/** The name of a pull request, for locks. */
export function keyOf({ owner, repo, number }: Job): string {
  return `${owner}/${repo}#${number}`.toLowerCase();
}
