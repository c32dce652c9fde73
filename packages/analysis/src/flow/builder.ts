/** What the parts of the builder share: the graph so far, where it is being continued, and how it grows. */
import type { ClassLikeDeclaration, Node } from "@review/program/syntax";
import type { Edge, EdgeKind, StepKind } from "./graph.ts";
import type { Frame } from "./jumps.ts";

/** What the builder has to be told, since syntax does not show it. */
export interface FlowOptions {
  /**
   * What follows on a call or `await` that never gives a result: at most an exception, or nothing at all because the
   * process ends. Undefined for all others.
   */
  readonly endOf?: (node: Node) => CallEnd | undefined;
  /** The argument that is known to be true after a call has returned: that of `assert(x)`. */
  readonly assertedBy?: (call: Node) => Node | undefined;
}

export type CallEnd = "throws" | "exits";

export interface DraftBlock {
  readonly id: number;
  readonly steps: DraftStep[];
  readonly next: DraftEdge[];
  readonly before: DraftEdge[];
  failure: DraftEdge | undefined;
  /** Where its steps throw to. */
  readonly handler: DraftBlock | undefined;
  /** Whether a path leads here, as far as the graph is known; never wrong when false. */
  isLive: boolean;
}

export interface DraftStep {
  readonly kind: StepKind;
  readonly node: Node;
  readonly block: DraftBlock;
  readonly index: number;
  readonly throws: boolean;
  readonly suspends: boolean;
}

export type DraftEdge = { -readonly [Key in keyof Edge]: Edge[Key] extends Edge["from"] ? DraftBlock : Edge[Key] };

/** The parts of the builder that call each other in circles meet here. */
export interface Visitors {
  readonly evaluate: (b: Builder, node: Node) => void;
  readonly execute: (b: Builder, statement: Node) => void;
}

export interface Builder {
  readonly options: FlowOptions;
  readonly blocks: DraftBlock[];
  readonly entry: DraftBlock;
  readonly returned: DraftBlock;
  readonly thrown: DraftBlock;
  /** The block that the next step goes to; one that is not live after a jump. */
  current: DraftBlock;
  /** What new blocks throw to. */
  handler: DraftBlock;
  /** The loops, labels and finalisers around the code that is being built. */
  frame: Frame | undefined;
  /** Where a `?.` goes on nullish, inside an optional chain. */
  chainEnd: DraftBlock | undefined;
  /** The class whose fields `super()` is to initialise. */
  fields: ClassLikeDeclaration | undefined;
  /** Labels that stand before the statement that is built next. */
  labels: readonly string[];
  /** How many copies of finally blocks contain the code that is being built. */
  copies: number;
  steps: number;
  depth: number;
  /** Builds something that is nested once more; gives up beyond the limits. */
  deeper(build: () => void): void;
  /** Builds an expression, or a node that stands for one, into `current`. */
  evaluate(node: Node): void;
  /** Builds a statement into `current`. */
  execute(statement: Node): void;
}

/** Steps in a graph: two hundred times what a long function has. */
const MOST_STEPS = 100_000;
/** Syntax nested deeper than this would come near the end of the stack. */
const DEEPEST = 1200;

const GIVEN_UP = Symbol("given up");

/** Whether an error means that the function is beyond the limits. */
export function isGivenUp(error: unknown): boolean {
  return error === GIVEN_UP;
}

export function createBuilder(options: FlowOptions, { evaluate, execute }: Visitors): Builder {
  const blocks: DraftBlock[] = [];
  const thrown = draft(blocks, undefined, true);
  const returned = draft(blocks, undefined, true);
  const entry = draft(blocks, thrown, true);
  const b: Builder = {
    ...{ options, blocks, entry, returned, thrown },
    ...{ current: entry, handler: thrown, frame: undefined, chainEnd: undefined, fields: undefined },
    ...{ labels: [], copies: 0, steps: 0, depth: 0 },
    deeper(build) {
      // A symbol is nobody else's error, and costs no stack trace where the stack is deep.
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      if (++b.depth > DEEPEST || b.steps > MOST_STEPS) throw GIVEN_UP;
      build();
      b.depth--;
    },
    evaluate: node => b.deeper(() => evaluate(b, node)),
    execute: statement => b.deeper(() => execute(b, statement)),
  };
  return b;
}

function draft(blocks: DraftBlock[], handler: DraftBlock | undefined, isLive: boolean): DraftBlock {
  const block = { id: blocks.length, steps: [], next: [], before: [], failure: undefined, handler, isLive };
  blocks.push(block);
  return block;
}

/** A block that nothing leads to yet; its steps throw to where the code that is being built throws to. */
export function newBlock(b: Builder): DraftBlock {
  return draft(b.blocks, b.handler, false);
}

export interface StepTraits {
  readonly throws?: boolean;
  readonly suspends?: boolean;
}

/** Adds a step to the current block. */
export function addStep(b: Builder, kind: StepKind, node: Node, traits: StepTraits = {}): void {
  const { current: block } = b;
  const { throws = false, suspends = false } = traits;
  block.steps.push({ kind, node, block, index: block.steps.length, throws, suspends });
  b.steps++;
  if (throws && !block.failure && block.handler) block.failure = edge(block, block.handler, "throw", undefined);
}

/** Adds an edge from the current block. */
export function linkTo(b: Builder, to: DraftBlock, kind: EdgeKind, node?: Node): void {
  b.current.next.push(edge(b.current, to, kind, node));
}

/** Goes on in another block, to which the current one leads. */
export function continueIn(b: Builder, to: DraftBlock): void {
  linkTo(b, to, "next");
  b.current = to;
}

/** Decides by the value of a node that was just evaluated. */
export function fork(b: Builder, node: Node, first: [EdgeKind, DraftBlock], second: [EdgeKind, DraftBlock]): void {
  addStep(b, "test", node);
  linkTo(b, first[1], first[0], node);
  linkTo(b, second[1], second[0], node);
}

/** Adds a call or `await`, and ends the path behind one that never gives a result. */
export function addWait(b: Builder, kind: "call" | "await", node: Node): void {
  const end = b.options.endOf?.(node);
  addStep(b, kind, node, { throws: end !== "exits", suspends: kind === "await" });
  if (end) continueNowhere(b);
}

/** Goes on in a block that nothing leads to, as after a jump. */
export function continueNowhere(b: Builder): void {
  b.current = newBlock(b);
}

/** Goes on in a new block behind an edge out of the current one. */
export function continueBehind(b: Builder, kind: EdgeKind, node: Node): void {
  const to = newBlock(b);
  linkTo(b, to, kind, node);
  b.current = to;
}

/** Joins two blocks; for a block that is not the current one. */
export function edge(from: DraftBlock, to: DraftBlock, kind: EdgeKind, node: Node | undefined): DraftEdge {
  const made: DraftEdge = { from, to, kind, node, isBack: false };
  to.before.push(made);
  if (from.isLive) to.isLive = true;
  return made;
}
