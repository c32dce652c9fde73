/** The sentence: what the bot does with one pull request, in its order. Every face calls this. */
import { createHash } from "node:crypto";
import type { AnalysedChange } from "./analyse/analyse-change.ts";
import { settingsAt, type BaseSettings } from "./analyse/settings.ts";
import { NotReviewed, oneLine } from "./errors.ts";
import { HeadMoved, isLockedOut, isReadOnly } from "./github/failures.ts";
import { readConversation, type Conversation } from "./github/conversation.ts";
import { readPull, type PullFacts, type Target } from "./github/target.ts";
import type { ReviewFacts } from "./plan/facts.ts";
import { applicableFix } from "./plan/applied.ts";
import { remembered } from "./plan/marker.ts";
import { plan } from "./plan/plan.ts";
import { bySeverity } from "./plan/reported.ts";
import type { PullRequestSettings } from "./plan/settings.ts";
import { beginCheck, cancelCheck, type CheckRun } from "./publish/check-run.ts";
import { endLeftChecks } from "./publish/left-checks.ts";
import { postReview } from "./publish/post-review.ts";
import { settleThreads } from "./publish/settle-threads.ts";
import { writeSticky } from "./publish/sticky.ts";
import { analyseHead, type OpenedRepository, type Outcome, type ReviewTools } from "./review-tools.ts";
import { skipReason } from "./skip.ts";
import {
  annotationOf,
  buttonsFor,
  checkTitle,
  conclusionOf,
  notReviewedTitle,
  type Button,
  type Conclusion,
} from "./words/check.ts";
import type { CommentWords } from "./words/comment.ts";
import { markedBody, summaryBody } from "./words/summary.ts";
import { usageInWords } from "./words/usage.ts";
import { wordsFor } from "./words/words-for.ts";

/** Why a head was not reviewed that another one came after. */
export const SUPERSEDED = "superseded by a newer push";
export const CLOSED = "the pull request is closed";

/** Reviews the newest head and says so. Begins again, once, when a newer one comes meanwhile. */
export async function reviewPull(tools: ReviewTools): Promise<Outcome> {
  try {
    return await reviewHead(tools);
  } catch (error) {
    if (!(error instanceof HeadMoved)) throw error;
    tools.onNote?.("The pull request has got a newer commit: begun again");
    return reviewHead(tools);
  }
}

/** What the base of the pull request configures. */
export async function settingsOf({ target, open }: ReviewTools): Promise<PullRequestSettings> {
  const pull = await readPull(target);
  const { repository } = await open(pull);
  return (await settingsAt(repository, pull.base)).settings;
}

async function reviewHead(tools: ReviewTools): Promise<Outcome> {
  const { target, marker } = tools;
  const pull = await readPull(target);
  await tools.onPull?.(pull);
  if (!pull.isOpen) return notReviewed(CLOSED);
  const opened = await tools.open(pull);
  const base = await settingsAt(opened.repository, pull.base);
  tools.onSettings?.(base.settings);
  const before = await readConversation(target, marker);
  const isPaused = before.sticky?.mark.isPaused === true;
  const reason = skipReason(pull, base.settings, isPaused);
  const check = await openCheck(tools, pull.head);
  if (reason !== undefined) return skip(tools, check, reason, base.settings, pull.head, isPaused);
  try {
    const change = await analysed(tools, opened, base, pull);
    await tools.onAnalysed?.(pull.head, change);
    return await publish(tools, pull, base.settings, change, check);
  } catch (error) {
    if (error instanceof NotReviewed) return skip(tools, check, error.message, base.settings, pull.head, isPaused);
    if (error instanceof HeadMoved) await cancelReview(tools, pull.head, "a newer commit came");
    else if (!isToldLater(error, tools))
      await skip(tools, check, "the review failed", base.settings, pull.head, isPaused);
    throw error;
  }
}

/** What was found, less what need not be told. */
async function analysed(tools: ReviewTools, ...[opened, base, pull]: Found): Promise<AnalysedChange> {
  const change = await (tools.analyse ? tools.analyse(base) : analyseHead(tools, opened, base, pull));
  return tools.sift?.(change) ?? change;
}

type Found = readonly [opened: OpenedRepository, base: BaseSettings, pull: PullFacts];

/** Nothing can be sent any more, or somebody will try again. */
function isToldLater(error: unknown, { signal, willRetry }: ReviewTools): boolean {
  return signal.aborted || willRetry?.(error) === true;
}

async function openCheck({ target, isForgetful, onNote }: ReviewTools, head: string): Promise<CheckRun | undefined> {
  const check = await beginCheck(target, head);
  if (check && isForgetful === true) await endLeftChecks(target, head, notReviewedTitle(SUPERSEDED), onNote);
  return check;
}

/** Says at a head that there will be no review of it, as far as GitHub lets; a review that was made stays. */
export async function cancelReview(
  { target, onNote }: Pick<ReviewTools, "target" | "onNote">,
  head: string,
  reason: string,
): Promise<void> {
  await cancelCheck(target, head, notReviewedTitle(reason)).catch((error: unknown) =>
    onNote?.(`The check of ${head.slice(0, 12)} could not be cancelled: ${oneLine(error)}`),
  );
}

/** Says at a head that a review of it was begun, or meant to be, and will not come to its end. */
export async function giveUp(
  tools: Pick<ReviewTools, "target" | "buttons">,
  head: string,
  reason: string,
  settings: PullRequestSettings,
): Promise<void> {
  await skip(tools, await beginCheck(tools.target, head), reason, settings, head, false);
}

async function publish(
  tools: ReviewTools,
  pull: PullFacts,
  settings: PullRequestSettings,
  change: AnalysedChange,
  check: CheckRun | undefined,
): Promise<Outcome> {
  const { target, marker } = tools;
  // The analysis took a while; what people and pushes have done meanwhile counts.
  const conversation = await readConversation(target, marker);
  const now = await readPull(target);
  if (now.head !== pull.head) throw new HeadMoved("The pull request has got a newer commit.");
  if (!now.isOpen) throw new NotReviewed(CLOSED);
  const wordsAt = wordsFor(tools.page, change, conversation);
  const made = plan({
    ...change,
    head: pull.head,
    threads: conversation.threads,
    dismissed: dismissedIn(tools, change, conversation),
    settings,
    marker,
    wordsAt,
  });
  const facts = factsOf(pull.head, change, made);
  let isPublished = true;
  let isTold = check !== undefined && change.incomplete.length === 0;
  let told = facts;
  try {
    const left = await settleThreads(target, made, settings);
    const posted = await postReview(target, pull.head, made.create);
    told = {
      ...facts,
      notes: [...facts.notes, ...openInWords(left)],
      plan: {
        ...made,
        create: made.create.filter(({ group: [first] }) => !posted.dropped.includes(first)),
        unplaced: [...made.unplaced, ...posted.dropped],
      },
    };
    if (settings.summary === "sticky" || tools.dismissesAll === true)
      await writeSummary(tools, conversation, told, wordsAt(pull.head));
  } catch (error) {
    const isLocked = isLockedOut(error, pull);
    if (!isReadOnly(error) && !isLocked) throw error;
    isPublished = isLocked;
    isTold = false;
  }
  const result = { title: checkTitle(told), conclusion: conclusionOf(told, settings) };
  const unplaced = told.plan.unplaced.map(({ finding }) => annotationOf(finding));
  const summary = summaryBody(told, wordsAt(pull.head));
  const buttons = await buttonsAt(tools, pull, told);
  const key = keyOf(target, pull.head, [result, summary]);
  await check?.finish({ ...result, summary, annotations: unplaced, buttons, key });
  const { draft, skipLabel } = settings;
  const state = isTold ? { head: pull.head, base: pull.base, draft, skipLabel } : undefined;
  return { kind: "reviewed", facts: told, ...result, isPublished, state };
}

/** Silent when clean: a summary is only begun when there is something to say. */
async function writeSummary(
  { target, marker }: ReviewTools,
  conversation: Conversation,
  facts: ReviewFacts,
  words: CommentWords,
): Promise<void> {
  const { sticky } = conversation;
  const threads = new Set(conversation.threads.flatMap(({ fingerprints }) => fingerprints));
  const dismissed = facts.plan.dismissed.map(({ fingerprint }) => fingerprint).filter(one => !threads.has(one));
  const mark = marker.sticky({
    dismissed: remembered([...(sticky?.mark.dismissed ?? []), ...dismissed]),
    listed: facts.plan.unplaced.slice(0, 50).map(({ finding }) => finding.fingerprint),
    isPaused: sticky?.mark.isPaused ?? false,
    sha: facts.head,
  });
  await writeSticky(
    target,
    sticky,
    markedBody(summaryBody(facts, words), mark),
    facts.fresh.length > 0 || dismissed.length > 0,
  );
}

function openInWords(left: number): readonly string[] {
  const some = left === 1 ? "1 thread that has come to its end" : `${left} threads that have come to their end`;
  return left === 0 ? [] : [`GitHub does not let me resolve ${some}: please do, or let me write contents.`];
}

/** What the summary remembers; where a person dismisses all, all that is told now, and what stands of files that could not be analysed. */
function dismissedIn(
  { dismissesAll }: ReviewTools,
  change: AnalysedChange,
  { threads, sticky }: Conversation,
): ReadonlySet<string> {
  const told = change.fresh.map(({ fingerprint }) => fingerprint);
  const unsure = threads.filter(({ isResolved, path }) => !isResolved && !change.isKnown(path));
  const all = [...told, ...unsure.flatMap(({ fingerprints }) => fingerprints)];
  return new Set([...(sticky?.mark.dismissed ?? []), ...(dismissesAll === true ? all : [])]);
}

/** Only an App hears that a button was pressed; in a fork's branch it may not write. */
async function buttonsAt(
  { buttons }: ReviewTools,
  { isFork }: PullFacts,
  { fresh }: ReviewFacts,
): Promise<readonly Button[]> {
  if (!buttons) return [];
  const hasFixes = !isFork && fresh.some(applicableFix) && (await buttons.mayPush());
  return buttonsFor({ hasFindings: fresh.length > 0, hasFixes });
}

function factsOf(head: string, change: AnalysedChange, made: ReviewFacts["plan"]): ReviewFacts {
  const dismissed = new Set(made.dismissed.map(({ fingerprint }) => fingerprint));
  const { standing, changed, analysed, incomplete, skipped, notes, usage } = change;
  const fresh = bySeverity(change.fresh.filter(({ fingerprint }) => !dismissed.has(fingerprint)));
  return {
    head,
    fresh,
    standing,
    changed,
    analysed,
    incomplete,
    skipped,
    notes,
    usage: usageInWords(usage, change.fresh),
    cost: usage,
    plan: made,
  };
}

async function skip(
  { target, buttons }: Pick<ReviewTools, "target" | "buttons">,
  check: CheckRun | undefined,
  reason: string,
  settings: PullRequestSettings,
  head: string,
  isPaused: boolean,
): Promise<Outcome> {
  const outcome = notReviewed(reason, settings.notReviewed);
  await check?.finish({
    title: outcome.title,
    conclusion: outcome.conclusion,
    summary: outcome.title,
    annotations: [],
    buttons: buttons ? buttonsFor({ isPaused }) : [],
    key: keyOf(target, head, outcome),
  });
  return outcome;
}

function notReviewed(reason: string, conclusion: Conclusion = "neutral"): Outcome {
  return { kind: "not-reviewed", reason, title: notReviewedTitle(reason), conclusion };
}

/** Begins with the pull request's number: GitHub does not name those from forks with their checks. */
function keyOf({ number }: Target, head: string, content: unknown): string {
  const digest = createHash("sha256")
    .update(`${head}\0${JSON.stringify(content)}`)
    .digest("hex");
  return `${number}/${digest.slice(0, 32)}`;
}
