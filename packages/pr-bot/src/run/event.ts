/** What made CI start the bot. */
import { z } from "zod";
import { buttonCommand, parseCommand } from "../commands/parse.ts";
import type { Order } from "../commands/carry-out.ts";

const actor = z.object({ login: z.string(), type: z.string().default("User") });
const comment = z.object({ id: z.number(), body: z.string(), user: actor, author_association: z.string() });

const shape = z.object({
  action: z.string().optional(),
  pull_request: z.object({ number: z.number() }).optional(),
  issue: z.object({ number: z.number(), pull_request: z.unknown().optional() }).optional(),
  comment: comment.optional(),
  check_run: z.object({ external_id: z.string().nullish() }).optional(),
  requested_action: z.object({ identifier: z.string() }).optional(),
  sender: actor.optional(),
  check_suite: z.object({ pull_requests: z.array(z.object({ number: z.number() })) }).optional(),
  merge_group: z.object({ head_sha: z.string().regex(/^[0-9a-f]{40,64}$/) }).optional(),
  workflow_run: z.object({ head_sha: z.string().regex(/^[0-9a-f]{40,64}$/) }).optional(),
});

/** A pull request to review, an order about one, the end of another workflow, a commit of a merge queue, or nothing to do. */
export type Trigger =
  | {
      readonly kind: "pull";
      readonly number: number;
      /** Somebody wants a review, whatever has been reviewed. */
      readonly isAsked?: boolean | undefined;
    }
  | { readonly kind: "order"; readonly number: number; readonly order: Order }
  | { readonly kind: "workflow"; readonly sha: string }
  | { readonly kind: "merge-group"; readonly sha: string }
  | { readonly kind: "nothing"; readonly reason: string };

/** Actions that leave the pull request with other code, or with another reason to look at it. */
const WORTHY = [
  "opened",
  "reopened",
  "synchronize",
  "ready_for_review", // cspell:disable-next-line
  "labeled",
  "unlabeled",
  "edited",
];

/** Reads an event's payload, as GitHub writes it into a file for CI and sends it to an App. */
export function triggerOf(payload: unknown): Trigger {
  const parsed = shape.safeParse(payload);
  if (!parsed.success) return { kind: "nothing", reason: "the event is none of a pull request" };
  const { action, comment: said, check_run, check_suite, merge_group, workflow_run } = parsed.data;
  if (check_run) return atCheck(check_run.external_id ?? "", parsed.data);
  if (check_suite) return atSuite(action, check_suite);
  if (merge_group) return atMergeGroup(action, merge_group);
  if (workflow_run) return { kind: "workflow", sha: workflow_run.head_sha };
  const number = numberIn(parsed.data);
  if (number === undefined) return { kind: "nothing", reason: "the event is none of a pull request" };
  if (said) return orderIn(number, action, said);
  if (action !== undefined && !WORTHY.includes(action))
    return { kind: "nothing", reason: `"${action}" changes no code` };
  return { kind: "pull", number };
}

/** An issue may be a pull request. */
function numberIn({ pull_request, issue }: z.infer<typeof shape>): number | undefined {
  return pull_request?.number ?? (issue?.pull_request === undefined ? undefined : issue.number);
}

/** A button of a check, or GitHub's own "Re-run"; the check's name of ours begins with the pull request's number. */
function atCheck(name: string, { action, requested_action, sender }: z.infer<typeof shape>): Trigger {
  const number = Number(/^(\d{1,9})\//.exec(name)?.[1] ?? NaN);
  if (Number.isNaN(number)) return { kind: "nothing", reason: "the check is none of ours" };
  if (action === "rerequested") return { kind: "pull", number, isAsked: true };
  const command = action === "requested_action" ? buttonCommand(requested_action?.identifier ?? "") : undefined;
  if (!command || !sender) return { kind: "nothing", reason: "nobody asked for anything" };
  const author = { login: sender.login, isBot: isBot(sender) };
  return { kind: "order", number, order: { command, author } };
}

/** "Re-run all checks" is told of the App's checks of a commit as a whole; of pull requests from forks it does not tell. */
function atSuite(
  action: string | undefined,
  { pull_requests: [pull] }: NonNullable<z.infer<typeof shape>["check_suite"]>,
): Trigger {
  if (action !== "rerequested" || !pull) return { kind: "nothing", reason: "nobody asked for a pull request's checks" };
  return { kind: "pull", number: pull.number, isAsked: true };
}

/** A branch that requires our check waits for it here too. */
function atMergeGroup(
  action: string | undefined,
  { head_sha }: NonNullable<z.infer<typeof shape>["merge_group"]>,
): Trigger {
  if (action !== "checks_requested") return { kind: "nothing", reason: "the merge group is gone" };
  return { kind: "merge-group", sha: head_sha };
}

function isBot({ type, login }: z.infer<typeof actor>): boolean {
  return type === "Bot" || login.endsWith("[bot]");
}

function orderIn(
  number: number,
  action: string | undefined,
  { id, body, user, author_association }: z.infer<typeof comment>,
): Trigger {
  const command = action === "created" && !isBot(user) ? parseCommand(body) : undefined;
  if (!command) return { kind: "nothing", reason: "the comment is no command" };
  return {
    kind: "order",
    number,
    order: { command, commentId: id, author: { login: user.login, isBot: false, association: author_association } },
  };
}
