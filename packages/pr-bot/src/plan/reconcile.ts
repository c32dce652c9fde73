/**
 * From what shall stand on a pull request and what stands there already to what has to be done. It is pure, and doing what it says
 * leads to a state about which it says nothing more.
 */
import type { Placement } from "./place.ts";
import type { ReportedFinding } from "./reported.ts";
import { MOST_INLINE, MOST_ON_FILES, type PullRequestSettings } from "./settings.ts";

/** One of the bot's own threads. */
export interface StandingThread {
  readonly id: string;
  /** Of the comment that began it. */
  readonly commentId: number;
  readonly nodeId: string;
  readonly fingerprints: readonly string[];
  readonly state: "open" | "fixed" | "dismissed";
  /** The head at which the comment was written or last changed. */
  readonly sha: string;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly path: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly body: string;
  /** Reactions to the comment that began it. */
  readonly votes: { readonly thumbsUp: number; readonly thumbsDown: number };
  /** Whether anybody else has written in it. */
  readonly hasReplies: boolean;
  /** Whether somebody who may has said that it shall not be mended. */
  readonly isDeclined: boolean;
}

/** A finding of the head that the base does not have, worst first. */
export interface Wanted {
  readonly finding: ReportedFinding;
  readonly placement: Placement;
}

/** Findings of one rule in one file, told in one comment. */
export type Group = readonly [Wanted, ...Wanted[]];

export interface Reconciliation {
  readonly create: readonly Group[];
  /** Threads that stay, with the findings that they still tell of. */
  readonly keep: readonly { readonly thread: StandingThread; readonly group: Group }[];
  /** Threads that the bot had resolved and whose finding is back. */
  readonly reopen: readonly { readonly thread: StandingThread; readonly group: Group }[];
  /** Threads whose findings are all gone. */
  readonly fixed: readonly StandingThread[];
  /** Threads that somebody declined and that are still open. */
  readonly dismiss: readonly StandingThread[];
  /** Second threads of findings that have one. */
  readonly surplus: readonly StandingThread[];
  /** Findings without a comment, for the summary. */
  readonly unplaced: readonly Wanted[];
  /** Findings that nobody wants to hear of. */
  readonly dismissed: readonly ReportedFinding[];
}

export interface Situation {
  readonly wanted: readonly Wanted[];
  readonly threads: readonly StandingThread[];
  /** Fingerprints that the summary remembers as dismissed. */
  readonly dismissed: ReadonlySet<string>;
  /** Whether a file was analysed, so that a missing finding means that it is gone. */
  readonly isKnown: (file: string) => boolean;
  readonly settings: Pick<PullRequestSettings, "maxInline">;
}

/** Decides; the same situation gives the same answer. */
export function reconcile(situation: Situation): Reconciliation {
  const { wanted, threads } = situation;
  const rejected = rejectedIn(situation);
  const live = wanted.filter(({ finding }) => !rejected.has(finding.fingerprint));
  const most = Math.min(MOST_INLINE, situation.settings.maxInline);
  const standing = settleThreads(live, threads, rejected, situation.isKnown, most);
  const places = Math.max(0, most - standing.keep.length - standing.reopen.length - standing.unsure);
  const groups = groupsOf(live.filter(({ finding }) => !standing.covered.has(finding.fingerprint)));
  const create = within(places, groups);
  const told = new Set(create.flat());
  return {
    ...standing,
    create,
    unplaced: groups.flat().filter(entry => !told.has(entry)),
    dismissed: wanted.map(entry => entry.finding).filter(finding => rejected.has(finding.fingerprint)),
  };
}

/** As many as there are places for. A comment on a file is a request of its own, and tells a reader little of where to look. */
function within(places: number, groups: readonly Group[]): readonly Group[] {
  const onFiles = groups.filter(([{ placement }]) => placement.kind === "file").slice(0, MOST_ON_FILES);
  const placed = groups.filter(group => group[0].placement.kind === "line" || onFiles.includes(group));
  return placed.slice(0, places);
}

/** What a person has resolved or declined stays so; its fingerprint changes with its code, and then it is another finding. */
export function rejectedIn({ threads, dismissed }: Pick<Situation, "threads" | "dismissed">): ReadonlySet<string> {
  const byPeople = threads.filter(
    thread => thread.isDeclined || thread.state === "dismissed" || (thread.isResolved && thread.state === "open"),
  );
  return new Set([...dismissed, ...byPeople.flatMap(thread => thread.fingerprints)]);
}

interface Settled {
  readonly keep: Reconciliation["keep"];
  readonly reopen: Reconciliation["reopen"];
  readonly fixed: readonly StandingThread[];
  readonly dismiss: readonly StandingThread[];
  readonly surplus: readonly StandingThread[];
  /** Open threads about files that were not analysed: they stay as they are. */
  readonly unsure: number;
  readonly covered: ReadonlySet<string>;
}

function settleThreads(
  live: readonly Wanted[],
  threads: readonly StandingThread[],
  rejected: ReadonlySet<string>,
  isKnown: (file: string) => boolean,
  most: number,
): Settled {
  const byFingerprint = new Map(live.map(entry => [entry.finding.fingerprint, entry]));
  const covered = new Set<string>();
  const take = ({ fingerprints }: StandingThread): readonly Wanted[] => {
    const group = fingerprints.flatMap(fp => (covered.has(fp) ? [] : (byFingerprint.get(fp) ?? [])));
    for (const { finding } of group) covered.add(finding.fingerprint);
    return group;
  };
  const open = threads.filter(thread => !thread.isResolved);
  const dismiss = open.filter(thread => thread.fingerprints.every(fp => rejected.has(fp)));
  const result = { keep: [] as Kept[], fixed: [] as StandingThread[], surplus: [] as StandingThread[], unsure: 0 };
  for (const thread of open.filter(entry => !dismiss.includes(entry))) {
    const isSecond = thread.fingerprints.some(fp => covered.has(fp));
    const group = take(thread);
    if (isGroup(group)) result.keep.push({ thread, group });
    else if (isSecond) result.surplus.push(thread);
    else if (isKnown(thread.path)) result.fixed.push(thread);
    else result.unsure++;
  }
  const reopen: Kept[] = [];
  for (const thread of threads.filter(entry => entry.isResolved && entry.state === "fixed" && !entry.isOutdated)) {
    if (result.keep.length + result.unsure + reopen.length >= most) break;
    const group = take(thread);
    if (isGroup(group)) reopen.push({ thread, group });
  }
  return { ...result, dismiss, reopen, covered };
}

interface Kept {
  readonly thread: StandingThread;
  readonly group: Group;
}

function isGroup(entries: readonly Wanted[]): entries is Group {
  return entries.length > 0;
}

/** From this number on, repeats of a rule in a file are told together. */
const MANY = 3;
/** So that a comment stays short and its mark within bounds. */
const LARGEST_GROUP = 20;

function groupsOf(entries: readonly Wanted[]): readonly Group[] {
  const alike = new Map<string, Wanted[]>();
  for (const entry of entries) alike.set(keyOf(entry), [...(alike.get(keyOf(entry)) ?? []), entry]);
  return entries.flatMap(entry => {
    const members = alike.get(keyOf(entry)) ?? [];
    if (entry.placement.kind === "none" || members.length < MANY) return [[entry] as const];
    const index = members.indexOf(entry);
    if (index % LARGEST_GROUP > 0) return [];
    return [[entry, ...members.slice(index + 1, index + LARGEST_GROUP)] as const];
  });
}

function keyOf({ placement, finding }: Wanted): string {
  return placement.kind === "none" ? "" : `${finding.ruleId}\0${placement.path}`;
}
