/** What is to be done for a pull request, as it is kept in the queue. */
import { z } from "zod";
import type { Order } from "../commands/carry-out.ts";
import { triggerOf } from "../run/event.ts";

export interface Job {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly installation: number;
  /** A command to carry out first; absent for a push and for a check that is to be run again. */
  readonly order?: Order | undefined;
}

const shape = z.object({
  repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }),
  installation: z.object({ id: z.number() }),
});

const EVENTS = ["pull_request", "issue_comment", "pull_request_review_comment", "check_run"];

/** The job of a delivery; undefined where there is nothing to do. */
export function jobOf(event: string, payload: unknown): Job | undefined {
  if (!EVENTS.includes(event)) return undefined;
  const parsed = shape.safeParse(payload);
  if (!parsed.success) return undefined;
  const { repository, installation } = parsed.data;
  const trigger = triggerOf(payload);
  if (trigger.kind !== "pull" && trigger.kind !== "order") return undefined;
  const { number } = trigger;
  const order = trigger.kind === "order" ? { order: trigger.order } : {};
  return { owner: repository.owner.login, repo: repository.name, number, installation: installation.id, ...order };
}

/** The name of a pull request, for locks. */
export function keyOf({ owner, repo, number }: Job): string {
  return `${owner}/${repo}#${number}`.toLowerCase();
}
