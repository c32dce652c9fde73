/** Turns what was built into the graph: without empty blocks, in reverse post-order, with loops marked. */
import type { Node } from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import type { Builder, DraftBlock, DraftEdge } from "./builder.ts";
import type { Block, FlowGraph, FlowRoot, Step } from "./graph.ts";

export function finish(b: Builder, root: FlowRoot): FlowGraph {
  const drafts = b.blocks.filter(block => !isPassage(b, block));
  for (const block of drafts) {
    for (const each of edgesOf(block)) each.to = behindPassages(b, each.to);
  }
  const order = reversePostOrder(b.entry);
  const reachable = new Set(order);
  const ends = [b.returned, b.thrown].filter(block => !reachable.has(block));
  const dead = drafts.filter(block => block.steps.length > 0 && !reachable.has(block));
  const blocks = numbered([...order, ...ends, ...dead], reachable);
  const [entry, returned, thrown] = [b.entry, b.returned, b.thrown].map(asBlock) as [Block, Block, Block];
  return { root, blocks, entry, returned, thrown, stepsOf: stepFinder(blocks) };
}

type Finished = DraftBlock & { id: number; isReachable?: boolean };

/** Drafts become blocks in place: steps and edges refer to them already. */
function asBlock(block: DraftBlock): Block {
  return block as unknown as Block;
}

function edgesOf({ next, failure }: DraftBlock): readonly DraftEdge[] {
  return failure ? [...next, failure] : next;
}

/** Whether a block does nothing but lead on. */
function isPassage(b: Builder, block: DraftBlock): boolean {
  const [only, ...others] = block.next;
  if (!only || others.length > 0 || block.steps.length > 0 || block === b.entry) return false;
  return only.kind === "next" && only.to !== block;
}

function behindPassages(b: Builder, from: DraftBlock): DraftBlock {
  const passed = new Set<DraftBlock>();
  let at = from;
  // Empty blocks in a circle are an endless loop that does nothing.
  while (isPassage(b, at) && !passed.has(at)) {
    passed.add(at);
    at = (at.next[0] as DraftEdge).to;
  }
  return at;
}

/** Marks the edges that lead back on the way. */
function reversePostOrder(entry: DraftBlock): DraftBlock[] {
  const order: DraftBlock[] = [];
  const states = new Map<DraftBlock, "open" | "done">([[entry, "open"]]);
  const stack = [{ block: entry, edges: edgesOf(entry), index: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const edge = top.edges[top.index++];
    if (!edge) {
      states.set(top.block, "done");
      order.push(top.block);
      stack.pop();
    } else if (!states.has(edge.to)) {
      states.set(edge.to, "open");
      stack.push({ block: edge.to, edges: edgesOf(edge.to), index: 0 });
    } else edge.isBack = states.get(edge.to) === "open";
  }
  return order.reverse();
}

function numbered(drafts: readonly DraftBlock[], reachable: ReadonlySet<DraftBlock>): readonly Block[] {
  const kept = new Set(drafts);
  drafts.forEach((block: Finished, id) => {
    block.id = id;
    block.isReachable = reachable.has(block);
    block.before.length = 0;
  });
  for (const block of drafts) {
    for (const each of edgesOf(block)) if (kept.has(each.to)) each.to.before.push(each);
  }
  return drafts.map(asBlock);
}

function stepFinder(blocks: readonly Block[]): (node: Node) => readonly Step[] {
  let found: Map<Node, Step[]> | undefined;
  return node => {
    found ??= stepsByNode(blocks);
    return found.get(node) ?? found.get(unwrapped(node)) ?? [];
  };
}

function stepsByNode(blocks: readonly Block[]): Map<Node, Step[]> {
  const found = new Map<Node, Step[]>();
  for (const { steps } of blocks) {
    for (const step of steps) {
      const known = found.get(step.node);
      if (known) known.push(step);
      else found.set(step.node, [step]);
    }
  }
  return found;
}
