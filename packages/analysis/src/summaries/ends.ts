/** Whether a function gives control back at all. */
import {
  isAwaitExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isReturnStatement,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { Block, FlowGraph, Step } from "../flow/graph.ts";
import type { FlowOf } from "../flow/flows.ts";
import { isAsync, unwrapped, wrapped } from "../helpers/nodes.ts";
import { calleeOf } from "./callee.ts";
import type { Callable, Knowledge } from "./gathering.ts";

/** `throws`: every call ends in an exception or rejection. `exits`: the process ends. `returns`: so it may. */
export type FunctionEnd = "returns" | "throws" | "exits";

export interface EndsPort {
  readonly known: Knowledge;
  readonly flow: FlowOf;
  readonly remembered: Map<Callable, FunctionEnd>;
}

/** Functions between the one that is asked about and the one that ends it. */
const DEEPEST = 6;

/** How a function ends; `returns` where it is unknown. Functions that call each other in circles never return. */
export function* endOf(port: EndsPort, fn: Callable, around: readonly Callable[] = []): Ask<FunctionEnd> {
  const found = port.remembered.get(fn);
  if (found) return found;
  if (around.includes(fn)) return "throws";
  if (around.length > DEEPEST || isClassLikeDeclaration(fn) || fn.asteriskToken) return "returns";
  const graph = yield* port.flow(fn);
  const end = graph ? yield* endOfGraph(port, graph, fn, [...around, fn]) : "returns";
  // Within a circle, the answer holds only for the function that was asked about.
  if (around.length === 0 || end === "returns") port.remembered.set(fn, end);
  return end;
}

function* endOfGraph(port: EndsPort, graph: FlowGraph, fn: Callable, around: readonly Callable[]): Ask<FunctionEnd> {
  // Most functions return whatever their calls do; asking about these comes second.
  if ((yield* reached(graph, noCallReturns)).returned) return "returns";
  const ends = yield* reached(graph, step => stepEnd(port, step, fn, around));
  if (ends.returned) return "returns";
  return ends.thrown ? "throws" : "exits";
}

type EndOfStep = (step: Step) => Ask<FunctionEnd>;

/** For the first look: as if no call returned that stands where it may end a path. */
function* noCallReturns(step: Step): Ask<FunctionEnd> {
  return calledBy(step) ? "throws" : "returns";
}

/** The ends of the function that some path reaches. */
function* reached(graph: FlowGraph, endOfStep: EndOfStep): Ask<{ returned: boolean; thrown: boolean }> {
  const seen = new Set<Block>([graph.entry]);
  for (const block of seen) {
    for (const next of yield* blocksAfter(block, endOfStep)) seen.add(next);
    if (seen.has(graph.returned)) break;
  }
  return { returned: seen.has(graph.returned), thrown: seen.has(graph.thrown) };
}

function* blocksAfter(block: Block, endOfStep: EndOfStep): Ask<readonly Block[]> {
  const after: Block[] = [];
  for (const step of block.steps) {
    const end = yield* endOfStep(step);
    if (step.throws && end !== "exits" && block.failure) after.push(block.failure.to);
    if (end !== "returns") return after;
  }
  return [...after, ...block.next.map(({ to }) => to)];
}

/** An async function that never returns ends who waits for it, not who calls it. */
function* stepEnd(port: EndsPort, step: Step, within: Callable, around: readonly Callable[]): Ask<FunctionEnd> {
  const call = calledBy(step);
  if (!call || !isCallExpression(call)) return "returns";
  const callee = yield* calleeOf(port.known, call, within);
  if (callee.kind === "model") return step.kind === "call" ? (callee.facts.ends ?? "returns") : "returns";
  if (callee.kind !== "function" || callee.overridden !== undefined) return "returns";
  const isLate = isFunctionLikeDeclaration(callee.fn) && isAsync(callee.fn);
  if (isLate !== (step.kind === "await")) return "returns";
  return yield* endOf(port, callee.fn, around);
}

/** The call that a step makes, or waits for, where its value is not needed: who needs one expects a return. */
function calledBy({ kind, node }: Step): Node | undefined {
  if (kind === "await" && isAwaitExpression(node)) return isOnItsOwn(node) ? unwrapped(node.expression) : undefined;
  if (kind !== "call" || !isCallExpression(node)) return undefined;
  const outer = wrapped(node);
  return isOnItsOwn(isAwaitExpression(outer.parent) ? outer.parent : node) ? node : undefined;
}

function isOnItsOwn(node: Node): boolean {
  const { parent } = wrapped(node);
  return isExpressionStatement(parent) || isReturnStatement(parent) || isFunctionLikeDeclaration(parent);
}
