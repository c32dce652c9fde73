/** What becomes of a null or undefined value from some place on: whether anything but a TypeError can follow. */
import { isCallExpression, isParameterDeclaration, type Node } from "@review/program/syntax";
import { catchingTryOf } from "../helpers/catching.ts";
import { ownNodesOf } from "../helpers/nodes.ts";
import { dereferencedBy } from "./dereferences.ts";
import type { Block, Edge, FlowGraph, Step } from "./graph.ts";
import { nullFactsOf } from "./null-tests.ts";
import type { Scopes } from "./scope.ts";
import { isVolatile, stablePathOf, type StablePath } from "./stable-paths.ts";
import { isHarmlessCall, mayWriteElsewhere, writtenBy } from "./writes.ts";

/** A place with the bits of what it holds. */
export interface Subject {
  readonly graph: FlowGraph;
  readonly scopes: Scopes;
  readonly path: StablePath;
  readonly values: number;
}

/** Where a path starts or goes on. */
export type Place = Pick<Step, "block" | "index">;

/** Nothing but crashes. */
export interface Fate {
  /** Dereferences of the place, one of which is reached on every way that comes to an end. */
  readonly crashes: readonly Step[];
  /** Calls on these ways. */
  readonly calls: readonly Step[];
}

/**
 * What becomes of an absent value from the start of a block on; undefined where some way avoids a crash, or where the
 * value may be another one by then.
 */
export function fateOf(subject: Subject, start: Place): Fate | undefined {
  const { graph } = subject;
  const crashes: Step[] = [];
  const calls: Step[] = [];
  const seen = new Set<Block>();
  const queue = [start];
  for (let at = queue.pop(); at; at = queue.pop()) {
    const { block } = at;
    if (block === graph.returned || block === graph.thrown) return undefined;
    const end = walk(subject, at, calls);
    if (end === "escapes") return undefined;
    if (end) {
      crashes.push(end);
      continue;
    }
    // That a consumer closes a generator is no way around what comes next.
    const edges = block.next.filter(edge => edge.kind !== "abandon" && isPossible(subject, edge));
    if (edges.length === 0 || edges.some(edge => edge.kind === "throw" || isOpaque(subject, edge))) return undefined;
    for (const { to } of edges) {
      if (seen.has(to)) continue;
      seen.add(to);
      queue.push({ block: to, index: 0 });
    }
  }
  return crashes.length > 0 ? { crashes, calls } : undefined;
}

/** The step that throws in a block, whether the value escapes before, or neither. */
function walk(subject: Subject, { block, index }: Place, calls: Step[]): Step | "escapes" | undefined {
  const { graph, scopes, path } = subject;
  for (const step of block.steps.slice(index)) {
    const used = dereferencedBy(step);
    if (used && stablePathOf(scopes, used)?.key === path.key) {
      return isCaught(graph, step) ? "escapes" : step;
    }
    if (letsEscape(subject, step)) return "escapes";
    if (step.kind === "call") calls.push(step);
  }
  return undefined;
}

/** Whether a `catch` may expect the step to throw; the closing of an iterator and a `finally` let what is thrown go on. */
export function isCaught({ thrown }: FlowGraph, { block, node }: Step): boolean {
  return block.failure !== undefined && block.failure.to !== thrown && catchingTryOf(node) !== undefined;
}

/** Whether the place may hold another value behind a step, or the step is a call that may end on seeing this one. */
function letsEscape({ graph, scopes, path }: Subject, step: Step): boolean {
  // A parameter has its value before its name is bound.
  if (step.kind === "bind" && isParameterDeclaration(step.node.parent)) return false;
  if (writtenBy(scopes, step)?.invalidates(path)) return true;
  if (mayWriteElsewhere(step) && isVolatile(path, graph.root)) return true;
  return step.kind === "call" && !isHarmlessCall(step.node) && isGiven(scopes, step.node, path);
}

/** Whether a call gets the place to see, alone or in a condition, and may end where it is absent. */
function isGiven(scopes: Scopes, call: Node, { key }: StablePath): boolean {
  if (!isCallExpression(call)) return false;
  return call.arguments.some(argument =>
    [...ownNodesOf(argument)].some(node => stablePathOf(scopes, node)?.key === key),
  );
}

function isPossible({ scopes, path, values }: Subject, edge: Edge): boolean {
  return nullFactsOf(scopes, edge).every(fact => fact.path.key !== path.key || (fact.values & values) !== 0);
}

function isOpaque({ scopes, path }: Subject, edge: Edge): boolean {
  return nullFactsOf(scopes, edge).some(fact => fact.path.key === path.key && fact.isOpaque);
}
