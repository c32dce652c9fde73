/**
 * Jumps, and what runs on the way out: a `finally`, the closing of an iterator, the disposal of a resource. Each way
 * out of a finaliser has its own copy of it, so that a path that returns is never mixed with one that breaks.
 */
import type { Node } from "@review/program/syntax";
import {
  addStep,
  continueIn,
  continueNowhere,
  edge,
  linkTo,
  newBlock,
  type Builder,
  type DraftBlock,
} from "./builder.ts";
import type { EdgeKind } from "./graph.ts";

/** What stands around a piece of code and matters to a jump out of it. */
export type Frame = Target | Finalizer;

/** Where `break` and `continue` lead. */
export interface Target {
  readonly outer: Frame | undefined;
  readonly labels: readonly string[];
  readonly breakTo?: DraftBlock;
  readonly continueTo?: DraftBlock;
  /** Whether a `break` without label means this. */
  readonly isUnlabelled: boolean;
}

export interface Finalizer {
  readonly outer: Frame | undefined;
  /** Builds what runs into the current block. */
  readonly build: () => void;
  /** What a finaliser throws to. */
  readonly handler: DraftBlock;
  /** By where the way goes on after it. */
  readonly entries: Map<DraftBlock, DraftBlock>;
  /** The only copy, where there are too many already. */
  readonly shared: { entry: DraftBlock | undefined; end: DraftBlock | undefined } | undefined;
}

/** Copies within copies; further inside, all ways out of a `finally` share one. */
const MOST_COPIES = 2;
/** A function of so many blocks gets no more copies at all. */
const MANY_BLOCKS = 4000;

export interface Final {
  /** What the edge of an exception behind it shows. */
  readonly node: Node;
  readonly build: () => void;
  /** A single step, which is copied without limit. */
  readonly isCheap: boolean;
  /** Whether it runs on exceptions and jumps only. */
  readonly isSkippedAtEnd?: boolean;
}

/** Builds `body` so that every way out of it runs a finaliser, and goes on after its normal end. */
export function withFinalizer(b: Builder, { node, build, isCheap, isSkippedAtEnd }: Final, body: () => void): void {
  const { frame: outer, handler } = b;
  const isShared = !isCheap && (b.copies >= MOST_COPIES || b.blocks.length > MANY_BLOCKS);
  const finalizer: Finalizer = {
    ...{ outer, build, handler, entries: new Map() },
    shared: isShared ? { entry: undefined, end: undefined } : undefined,
  };
  const onThrow = newBlock(b);
  const after = newBlock(b);
  b.frame = finalizer;
  b.handler = onThrow;
  continueIn(b, newBlock(b));
  body();
  b.handler = handler;
  if (isSkippedAtEnd) continueIn(b, after);
  else leave(b, { to: after, until: outer, kind: "next", node: undefined });
  if (onThrow.isLive) {
    b.current = onThrow;
    leave(b, { to: handler, until: outer, kind: "throw", node });
  }
  b.frame = outer;
  b.current = after;
}

/** Builds `body` with a target for its jumps. */
export function withTarget(b: Builder, target: Omit<Target, "outer">, body: () => void): void {
  const { frame } = b;
  b.frame = { ...target, outer: frame };
  body();
  b.frame = frame;
}

/** Leaves the function. */
export function jumpOut(b: Builder, kind: EdgeKind, node: Node): void {
  leave(b, { to: b.returned, until: undefined, kind, node });
}

/** Leaves it, but goes on as well: a generator that may be closed while it waits. */
export function mayJumpOut(b: Builder, kind: EdgeKind, node: Node): void {
  const { current } = b;
  jumpOut(b, kind, node);
  b.current = current;
}

/** Throws to the nearest handler. */
export function jumpToHandler(b: Builder, node: Node): void {
  addStep(b, "throw", node);
  linkTo(b, b.current.handler ?? b.thrown, "throw", node);
  continueNowhere(b);
}

/** `break` and `continue`, with or without label; one without a target is a syntax error and goes nowhere. */
export function jumpTo(b: Builder, kind: "break" | "continue", label: string | undefined, node: Node): void {
  for (let { frame } = b; frame; frame = frame.outer) {
    if ("build" in frame) continue;
    const isMeant = label === undefined ? frame.isUnlabelled : frame.labels.includes(label);
    const to = kind === "break" ? frame.breakTo : frame.continueTo;
    if (isMeant && to) {
      leave(b, { to, until: frame, kind, node });
      return;
    }
  }
  continueNowhere(b);
}

/** Where a way out of some frames leads, how the edges on it are called, and which frame it stays inside of. */
interface Way {
  readonly to: DraftBlock;
  readonly until: Frame | undefined;
  readonly kind: EdgeKind;
  readonly node: Node | undefined;
}

/** Leads out of the current block; the code behind it is unreachable. */
function leave(b: Builder, way: Way): void {
  if (b.current.isLive) linkTo(b, route(b, way), way.kind, way.node);
  continueNowhere(b);
}

/** The first block on the way out: the copy of the nearest finaliser, or the end of the way. */
function route(b: Builder, way: Way): DraftBlock {
  for (let { frame } = b; frame !== way.until && frame; frame = frame.outer) {
    if ("build" in frame) return frame.shared ? sharedCopy(b, frame, way) : ownCopy(b, frame, way);
  }
  return way.to;
}

function ownCopy(b: Builder, finalizer: Finalizer, way: Way): DraftBlock {
  const known = finalizer.entries.get(way.to);
  if (known) return known;
  const { entry, end } = copyOf(b, finalizer, made => finalizer.entries.set(way.to, made));
  leadOn(b, finalizer, end, way);
  return entry;
}

function sharedCopy(b: Builder, finalizer: Finalizer, way: Way): DraftBlock {
  const shared = finalizer.shared as NonNullable<Finalizer["shared"]>;
  if (!shared.entry) {
    shared.end = copyOf(b, finalizer, made => (shared.entry = made)).end;
  }
  if (!finalizer.entries.has(way.to) && shared.end) {
    finalizer.entries.set(way.to, shared.end);
    leadOn(b, finalizer, shared.end, way);
  }
  return shared.entry as DraftBlock;
}

/** Builds what a finaliser does once more, outside of it. `onEntry` is told before, for jumps inside. */
function copyOf(
  b: Builder,
  finalizer: Finalizer,
  onEntry: (entry: DraftBlock) => void,
): { entry: DraftBlock; end: DraftBlock } {
  const saved = { current: b.current, frame: b.frame, handler: b.handler, chainEnd: b.chainEnd };
  b.frame = finalizer.outer;
  b.handler = finalizer.handler;
  b.chainEnd = undefined;
  b.copies++;
  const entry = newBlock(b);
  entry.isLive = true;
  onEntry(entry);
  b.current = entry;
  finalizer.build();
  const end = b.current;
  b.copies--;
  Object.assign(b, saved);
  return { entry, end };
}

function leadOn(b: Builder, finalizer: Finalizer, end: DraftBlock, way: Way): void {
  const { frame } = b;
  b.frame = finalizer.outer;
  if (end.isLive) end.next.push(edge(end, route(b, way), way.kind, way.node));
  b.frame = frame;
}

/** The labels before the statement that is being built; whatever stands inside of it has none. */
export function takeLabels(b: Builder): readonly string[] {
  const { labels } = b;
  b.labels = [];
  return labels;
}
