/** From findings to the words and places of comments: everything that will be said, before anything is. */
import { hunkAround, type ChangedFiles } from "../change/changed-files.ts";
import { commentBody, type CommentWords } from "../words/comment.ts";
import { committableOf, isCountable, type Committable } from "./committable.ts";
import type { Marker } from "./marker.ts";
import { onLines, placeOf, type Placement } from "./place.ts";
import { reconcile, type Group, type Reconciliation, type StandingThread, type Wanted } from "./reconcile.ts";
import { bySeverity, isAtLeast, type ReportedFinding } from "./reported.ts";
import type { PullRequestSettings } from "./settings.ts";

export interface PlanInput {
  readonly head: string;
  readonly fresh: readonly ReportedFinding[];
  readonly files: ChangedFiles;
  /** Texts of the head by path, at least of the files that findings name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly threads: readonly StandingThread[];
  readonly dismissed: ReadonlySet<string>;
  readonly isKnown: (file: string) => boolean;
  readonly settings: PullRequestSettings;
  readonly marker: Marker;
  /** The words of comments, with addresses of lines at a commit. */
  readonly wordsAt: (sha: string) => CommentWords;
}

export interface PlannedComment {
  readonly group: Group;
  readonly placement: Exclude<Placement, { readonly kind: "none" }>;
  readonly body: string;
  /** The same without a block that could be committed, for a line that does not take one. */
  readonly plainBody: string;
  /** What it says where GitHub takes it on no line: which line it is about. */
  readonly fileBody: string;
}

/** A thread and what its first comment shall say; undefined where it says so already. */
export interface PlannedThread {
  readonly thread: StandingThread;
  readonly body: string | undefined;
}

export interface Plan extends Pick<Reconciliation, "unplaced" | "dismissed"> {
  readonly create: readonly PlannedComment[];
  readonly keep: readonly PlannedThread[];
  readonly reopen: readonly PlannedThread[];
  readonly fixed: readonly PlannedThread[];
  readonly dismiss: readonly PlannedThread[];
  readonly surplus: readonly PlannedThread[];
  /** Threads whose findings have been mended, now or before. */
  readonly mended: number;
}

/** A comment that is longer than this goes without its block; GitHub takes 65 536 characters. */
const LONGEST_BODY = 60_000;

/** Plans one publication. */
export function plan(input: PlanInput): Plan {
  const blocks = new Map<ReportedFinding, Committable>();
  const wanted = bySeverity(input.fresh)
    .filter(finding => isAtLeast(finding.severity, input.settings.minSeverity))
    .map((finding): Wanted => ({ finding, placement: placementOf(finding, input, blocks) }));
  const { threads, dismissed, isKnown, settings } = input;
  const decided = reconcile({ wanted, threads, dismissed, isKnown, settings });
  return {
    create: decided.create.map(group => created(group, input, blocks)),
    keep: decided.keep.map(({ thread, group }) => told(thread, group, input, blocks)),
    reopen: decided.reopen.map(({ thread, group }) => told(thread, group, input, blocks)),
    fixed: decided.fixed.map(thread => ended(thread, "fixed", `Fixed in ${input.head.slice(0, 12)}.`, input)),
    dismiss: decided.dismiss.map(thread => ended(thread, "dismissed", "Dismissed.", input)),
    surplus: decided.surplus.map(thread => ({ thread, body: undefined })),
    mended: mendedIn(input.threads, decided),
    unplaced: decided.unplaced,
    dismissed: decided.dismissed,
  };
}

/** The same number before and after what is planned was done, so that a second round has nothing else to say. */
function mendedIn(threads: readonly StandingThread[], { fixed, reopen, keep }: Reconciliation): number {
  const open = new Set([...reopen, ...keep].map(({ thread }) => thread));
  return threads.filter(thread => fixed.includes(thread) || (thread.state === "fixed" && !open.has(thread))).length;
}

/** A finding with lines that can be committed stands on just those. */
function placementOf(
  finding: ReportedFinding,
  { files, texts }: PlanInput,
  blocks: Map<ReportedFinding, Committable>,
): Placement {
  const placement = placeOf(finding, files, file => isCountable(texts.get(file) ?? ""));
  if (placement.kind !== "line" || placement.role !== "own") return placement;
  const file = files.get(finding.file);
  const block = committableOf(finding, file, texts.get(finding.file) ?? "");
  if (!block || !hunkAround(file, block.start, block.end)) return placement;
  blocks.set(finding, block);
  return onLines(finding.file, block.start, block.end);
}

function created(group: Group, input: PlanInput, blocks: ReadonlyMap<ReportedFinding, Committable>): PlannedComment {
  const [{ finding, placement }] = group;
  if (placement.kind === "none") throw new Error("A comment needs a place");
  const sha = input.head;
  const plainBody = render(group, undefined, sha, input);
  const fileBody = render(onFile(group, placement.path), undefined, sha, input);
  const body = render(group, blocks.get(finding), sha, input);
  return { group, placement, plainBody, fileBody, body: body.length > LONGEST_BODY ? plainBody : body };
}

function onFile([first, ...others]: Group, path: string): Group {
  return [{ ...first, placement: { kind: "file", path } }, ...others];
}

/** A comment is written anew only where it would say something else; addresses stay those of the head it was written at. */
function told(
  thread: StandingThread,
  findings: Group,
  input: PlanInput,
  blocks: ReadonlyMap<ReportedFinding, Committable>,
): PlannedThread {
  const group = thread.line === null && !thread.isOutdated ? onFile(findings, thread.path) : findings;
  const block = blocks.get(group[0].finding);
  const fits = block && isOn(thread, group[0].placement) ? block : undefined;
  if (render(group, fits, thread.sha, input) === thread.body) return { thread, body: undefined };
  return { thread, body: render(group, fits, input.head, input) };
}

/** A block replaces the lines that its comment stands on now. */
function isOn(thread: StandingThread, placement: Placement): boolean {
  return (
    placement.kind === "line" &&
    !thread.isOutdated &&
    thread.path === placement.path &&
    thread.line === placement.line &&
    (thread.startLine ?? thread.line) === (placement.startLine ?? placement.line)
  );
}

function render(group: Group, block: Committable | undefined, sha: string, input: PlanInput): string {
  const fingerprints = group.map(({ finding }) => finding.fingerprint);
  const mark = input.marker.comment({ fingerprints, state: "open", sha });
  return `${commentBody(group, block, input.wordsAt(sha))}\n\n${mark}`;
}

function ended(thread: StandingThread, state: "fixed" | "dismissed", words: string, input: PlanInput): PlannedThread {
  const { fingerprints, sha, body } = thread;
  // A machine that failed between the words and the resolution does not say them twice.
  if (thread.state === state) return { thread, body: undefined };
  const said = body.replace(/\s*<!-- review:v1 [^>]*-->\s*$/, "");
  const mark = input.marker.comment({ fingerprints, state, sha });
  return { thread, body: `${said}\n\n${words}\n\n${mark}` };
}
