/** Carries out what a person told the bot. What is dismissed is remembered on the pull request itself, so it outlives every machine. */
import { catalogue } from "@review/review";
import { readConversation, type Conversation } from "../github/conversation.ts";
import { statusOf } from "../github/failures.ts";
import { readPull, type Target } from "../github/target.ts";
import { changeThread } from "../github/threads.ts";
import { remembered, type Marker, type StickyMark } from "../plan/marker.ts";
import type { StandingThread } from "../plan/reconcile.ts";
import { readTitle } from "../words/comment.ts";
import { codeBlock, codeSpan } from "../words/safe-text.ts";
import { markedBody } from "../words/summary.ts";
import { isForAuthors, type Command } from "./parse.ts";

export interface Order {
  readonly command: Command;
  /** Absent for a button. */
  readonly commentId?: number | undefined;
  /** What GitHub says of the author's part in the repository, with comments alone. */
  readonly author: { readonly login: string; readonly isBot: boolean; readonly association?: string | undefined };
}

export interface OrderTools {
  readonly target: Target;
  readonly marker: Marker;
  /** What holds for this pull request, for `/review config`. */
  readonly settings: () => Promise<object>;
}

/** What is left to do after an order, whose author may not have had the right to give it. */
export type AfterOrder = "refused" | "nothing" | "review" | "review-and-dismiss" | "apply";

/** Does what is asked, or nothing at all for somebody who may not ask: an answer would be noise that strangers can make. */
export async function carryOut(order: Order, tools: OrderTools): Promise<AfterOrder> {
  const { command } = order;
  if (!(await mayAsk(order, tools.target))) return "refused";
  if (order.commentId !== undefined) await react(tools.target, order.commentId);
  switch (command.name) {
    case "review":
    case "full":
    case "suggest":
      return "review";
    case "apply":
      return "apply";
    case "dismiss-all":
      return "review-and-dismiss";
    case "help":
      return answer(tools.target, HELP);
    case "config":
      return answer(tools.target, codeBlock(JSON.stringify(await tools.settings(), undefined, 2).split("\n"), "json"));
    case "explain":
      return explain(command.id, tools);
    case "pause":
    case "resume":
      await remember(tools, mark => ({ ...mark, isPaused: command.name === "pause" }));
      return command.name === "resume" ? "review" : "nothing";
    case "dismiss":
    case "undismiss":
      return dismiss(command.id, command.name === "dismiss", tools);
  }
}

/** Of them GitHub is not even asked. Members who hide that they are count as contributors. */
const STRANGERS = ["NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN"];

/** People of the repository with the right to write; the author may ask for a review of his own work. */
async function mayAsk({ command, author }: Order, target: Target): Promise<boolean> {
  if (author.isBot) return false;
  if (isForAuthors(command) && (await readPull(target)).author === author.login) return true;
  if (STRANGERS.includes(author.association ?? "")) return false;
  const { client, owner, repo } = target;
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      owner,
      repo,
      username: author.login,
    });
    return ["admin", "maintain", "write"].includes(data.permission);
  } catch (error) {
    if (statusOf(error) === 404 || statusOf(error) === 403) return false;
    throw error;
  }
}

async function react({ client, owner, repo }: Target, comment_id: number): Promise<void> {
  await client
    .request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
      owner,
      repo,
      comment_id,
      content: "+1",
    })
    .catch((error: unknown) => {
      // A command in a thread is no comment of the conversation, and a sign of assent is not worth a failure.
      if (statusOf(error) === undefined) throw error;
    });
}

const HELP = [
  "- `/review` reviews the newest commit again",
  "- `/review explain ID` says what the finding's rule is about, and leads to its page",
  "- `/review dismiss ID reason` is for what will not be mended; it stays dismissed until its code changes",
  "- `/review dismiss all` is for everything that is told now",
  "- `/review undismiss ID` takes a dismissal back",
  "- `/review apply` commits all verified fixes to the branch, where the bot may write to it",
  "- `/review suggest ID` asks the model again, where one is set up",
  "- `/review pause` and `/review resume` are for this pull request",
  "- `/review config` shows what holds here",
].join("\n");

/** Says something in the conversation; there is nothing to do afterwards. */
export async function answer({ client, owner, repo, number }: Target, body: string): Promise<AfterOrder> {
  await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 },
  });
  return "nothing";
}

async function explain(id: string, tools: OrderTools): Promise<AfterOrder> {
  const { threads, sticky } = await readConversation(tools.target, tools.marker);
  const thread = threads.find(entry => entry.fingerprints.some(fingerprint => fingerprint.startsWith(id)));
  const title = thread ? titleIn(thread) : listedTitle(id, sticky?.body ?? "");
  if (title === undefined) return answer(tools.target, unknown(id));
  const rule = catalogue().find(one => one.id === readTitle(title).ruleId);
  return answer(tools.target, [title, ...(rule ? [`${rule.summary} ${rule.repair}`] : [])].join("\n\n"));
}

function titleIn({ body, path, line }: StandingThread): string {
  const place = line === null ? path : `${path}:${line}`;
  return `${body.split("\n", 1)[0] ?? ""} ${codeSpan(place)}`;
}

function unknown(id: string): string {
  return `No finding of this pull request is called \`${id}\`.`;
}

/** The line of the summary about a finding without a comment of its own, which ends in its name. */
function listedTitle(id: string, summary: string): string | undefined {
  const names = summary.split("\n").filter(line => line.startsWith("- **"));
  return names.find(line => / `([0-9a-f]+)`$/.exec(line)?.[1]?.startsWith(id) === true)?.slice(2);
}

async function dismiss(id: string, isDismissed: boolean, tools: OrderTools): Promise<AfterOrder> {
  const conversation = await readConversation(tools.target, tools.marker);
  const { threads, sticky } = conversation;
  const known = [
    ...threads.flatMap(thread => thread.fingerprints),
    ...(sticky?.mark.listed ?? []),
    ...(sticky?.mark.dismissed ?? []),
  ];
  const fingerprint = known.find(entry => entry.startsWith(id));
  if (fingerprint === undefined) return answer(tools.target, unknown(id));
  for (const thread of threads.filter(entry => entry.fingerprints.includes(fingerprint)))
    await setDismissed(tools, thread, isDismissed);
  const isListed = !threads.some(entry => entry.fingerprints.includes(fingerprint));
  await remember(
    tools,
    mark => {
      const others = mark.dismissed.filter(entry => entry !== fingerprint);
      return { ...mark, dismissed: isDismissed && isListed ? remembered([...others, fingerprint]) : others };
    },
    conversation,
  );
  return "review";
}

/** In the order that lets a machine fail in between: resolved without the mark would read the same. */
async function setDismissed(
  { target, marker }: OrderTools,
  thread: StandingThread,
  isDismissed: boolean,
): Promise<void> {
  const { client, owner, repo } = target;
  const { fingerprints, sha } = thread;
  if (!isDismissed) await changeThread(client, "unresolve", thread.id);
  const said = thread.body.replace(/(?:\n\nDismissed\.)?\s*<!-- review:v1 [^>]*-->\s*$/, "");
  const mark = marker.comment({ fingerprints, sha, state: isDismissed ? "dismissed" : "open" });
  const body = [said, ...(isDismissed ? ["Dismissed."] : []), mark].join("\n\n");
  await client.request("PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}", {
    owner,
    repo,
    comment_id: thread.commentId,
    body,
  });
  if (isDismissed) await changeThread(client, "resolve", thread.id);
}

/** Writes the summary's memory; makes a summary where there is none and there is something to remember. */
async function remember(
  tools: OrderTools,
  change: (mark: StickyMark) => StickyMark,
  known?: Conversation,
): Promise<void> {
  const { target, marker } = tools;
  const { client, owner, repo, number } = target;
  const { sticky } = known ?? (await readConversation(target, marker));
  const before: StickyMark = sticky?.mark ?? {
    dismissed: [],
    listed: [],
    isPaused: false,
    sha: (await readPull(target)).head,
  };
  const after = change(before);
  if (marker.sticky(after) === marker.sticky(before)) return;
  const said =
    sticky?.body.replace(/\s*<!-- review:sticky:v1 [^>]*-->\s*$/, "") ??
    "**review** remembers what was decided about this pull request here.";
  const body = markedBody(said, marker.sticky(after));
  if (sticky)
    await client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
      owner,
      repo,
      comment_id: sticky.id,
      body,
    });
  else
    await client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      owner,
      repo,
      issue_number: number,
      body,
      request: { retries: 0 },
    });
}
