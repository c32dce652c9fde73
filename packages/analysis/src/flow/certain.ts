/** Where a value is called for sure: directly, by a function inside that always calls it, by one that it is passed to. */
import { isFunctionLikeDeclaration, isSpreadElement, type FunctionLikeDeclaration } from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { Pass } from "../rule.ts";
import { argumentsOf } from "../summaries/callee.ts";
import type { Edge, FlowGraph, Step } from "./graph.ts";
import { findPath } from "./paths.ts";
import { scopesOf, type Scopes } from "./scope.ts";
import { traceValues, type ValueEvent, type ValueTrace } from "./value-events.ts";

/** What is needed to look into functions. */
export type FunctionPort = Pick<Pass, "flow" | "summaries">;

/** Functions that are looked into for one event. */
const DEEPEST = 3;

/** A step after which the value has been called, or will be whatever comes; with what shows it. */
export interface CertainStep {
  readonly step: Step;
  readonly event: ValueEvent;
}

/** The reachable steps of a function's graph that call the value for sure. */
export function* certainSteps(
  port: FunctionPort,
  trace: ValueTrace,
  graph: FlowGraph,
  depth: number = DEEPEST,
): Ask<readonly CertainStep[]> {
  const found: CertainStep[] = [];
  for (const event of trace.in(graph.root)) {
    if (!(yield* isCertain(port, trace, event, depth))) continue;
    for (const step of stepsOfEvent(graph, event)) if (step.block.isReachable) found.push({ step, event });
  }
  return found;
}

/** Where an event happens: at the call itself, not at the evaluation of its parts. */
export function stepsOfEvent(graph: FlowGraph, { kind, node }: ValueEvent): readonly Step[] {
  const steps = graph.stepsOf(node);
  if (kind === "captured") return steps.filter(step => step.kind === "create");
  return kind === "kept" ? steps : steps.filter(step => step.kind === "call");
}

function* isCertain(port: FunctionPort, trace: ValueTrace, event: ValueEvent, depth: number): Ask<boolean> {
  if (event.kind === "called") return true;
  if (depth === 0) return false;
  if (event.kind === "invoked") return yield* isAlwaysCalledIn(port, trace, event.fn, depth - 1);
  return event.kind === "passed" && !event.fn && (yield* isCalledByCallee(port, event, depth - 1));
}

/** Whether a function calls the value on each way to its end. */
export function* isAlwaysCalledIn(
  port: FunctionPort,
  trace: ValueTrace,
  fn: FunctionLikeDeclaration,
  depth: number = DEEPEST,
): Ask<boolean> {
  if ("asteriskToken" in fn && fn.asteriskToken) return false;
  const graph = yield* port.flow(fn);
  if (!graph) return false;
  const certain = new Set((yield* certainSteps(port, trace, graph, depth)).map(({ step }) => step));
  if (certain.size === 0) return false;
  const scopes = scopesOf(fn.getSourceFile());
  const follows = (edge: Edge): boolean => !saysAbsent(trace, scopes, edge);
  return !findPath(graph, { to: "returned", avoiding: step => certain.has(step), follows });
}

/** Whether an edge is the one of a path that has no value to call: `if (!callback)`, `callback?.()`. */
export function saysAbsent({ variables }: ValueTrace, scopes: Scopes, { kind, node }: Edge): boolean {
  if (!node || (kind !== "false" && kind !== "nullish")) return false;
  const variable = scopes.variableOf(node);
  return variable !== undefined && variables.includes(variable);
}

function* isCalledByCallee(
  port: FunctionPort,
  { node, argument }: Extract<ValueEvent, { kind: "passed" }>,
  depth: number,
): Ask<boolean> {
  const passed = argumentsOf(node);
  const position = passed.findIndex(each => each === argument);
  if (position < 0 || passed.slice(0, position).some(isSpreadElement)) return false;
  const callee = yield* port.summaries.calleeOf(node);
  if (callee.kind !== "function" || callee.overridden !== undefined || !isFunctionLikeDeclaration(callee.fn)) {
    return false;
  }
  const parameter = callee.fn.parameters[position];
  const scopes = scopesOf(callee.fn.getSourceFile());
  const variable = parameter && !parameter.dotDotDotToken ? scopes.variableOf(parameter.name) : undefined;
  if (!variable || variable.references.some(({ isWritten }) => isWritten)) return false;
  const trace = traceValues(scopes, [variable]);
  return trace !== undefined && (yield* isAlwaysCalledIn(port, trace, callee.fn, depth));
}
