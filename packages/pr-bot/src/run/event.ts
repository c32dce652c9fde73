/** What made CI start the bot. */
import { z } from "zod";
import { parseCommand } from "../commands/parse.ts";
import type { Order } from "../commands/carry-out.ts";

const actor = z.object({ login: z.string(), type: z.string().default("User") });
const comment = z.object({ id: z.number(), body: z.string(), user: actor, author_association: z.string() });

const shape = z.object({
  action: z.string().optional(),
  pull_request: z.object({ number: z.number() }).optional(),
  issue: z.object({ number: z.number(), pull_request: z.unknown().optional() }).optional(),
  comment: comment.optional(),
  workflow_run: z.object({ head_sha: z.string().regex(/^[0-9a-f]{40,64}$/) }).optional(),
});

/** A pull request to review, an order about one, the end of another workflow, or nothing to do. */
export type Trigger =
  | { readonly kind: "pull"; readonly number: number }
  | { readonly kind: "order"; readonly number: number; readonly order: Order }
  | { readonly kind: "workflow"; readonly sha: string }
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
  const { action, pull_request, issue, comment: said, workflow_run } = parsed.data;
  if (workflow_run) return { kind: "workflow", sha: workflow_run.head_sha };
  const number = pull_request?.number ?? (issue?.pull_request === undefined ? undefined : issue.number);
  if (number === undefined) return { kind: "nothing", reason: "the event is none of a pull request" };
  if (said) return orderIn(number, action, said);
  if (action !== undefined && !WORTHY.includes(action))
    return { kind: "nothing", reason: `"${action}" changes no code` };
  return { kind: "pull", number };
}

function orderIn(
  number: number,
  action: string | undefined,
  { id, body, user, author_association }: z.infer<typeof comment>,
): Trigger {
  const isBot = user.type === "Bot" || user.login.endsWith("[bot]");
  const command = action === "created" && !isBot ? parseCommand(body) : undefined;
  if (!command) return { kind: "nothing", reason: "the comment is no command" };
  return {
    kind: "order",
    number,
    order: { command, commentId: id, author: { login: user.login, isBot, association: author_association } },
  };
}
