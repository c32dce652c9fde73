/** Whether a value is dead though closures or `arguments` see its variable: none of them does before the next value comes. */
import { canReach, enclosingFunction, type FlowGraph, type Scopes, type Step, type Variable } from "@review/analysis";
import {
  isArrowFunction,
  isPropertyAccessExpression,
  NodeFlags,
  type Identifier,
  type Node,
} from "@review/program/syntax";

/** Whether nobody can read what a step writes, with every closure that captures the variable made behind the next write. */
export function isUnseen(graph: FlowGraph, scopes: Scopes, variable: Variable, write: Step): boolean {
  const watchers = watchersOf(graph, scopes, variable);
  if (!watchers || isSeenBehind({ scopes, variable, watchers }, write)) return false;
  return !watchers.some(step => canReach(graph, step, write));
}

interface Watched {
  readonly scopes: Scopes;
  readonly variable: Variable;
  readonly watchers: readonly Step[];
}

/** Whether a read, or what may see the variable at any time, comes behind a write before the next one. */
function isSeenBehind({ scopes, variable, watchers }: Watched, write: Step): boolean {
  const seen = new Set<Step["block"]>();
  const queue = [{ block: write.block, from: write.index + 1 }];
  for (let at = queue.pop(); at; at = queue.pop()) {
    const end = endIn(at.block.steps.slice(at.from), scopes, variable, watchers);
    if (end === "read") return true;
    // What throws may leave for a handler that reads the variable.
    const handler = at.block.failure?.to;
    const next = end === "written" ? [] : at.block.next.map(({ to }) => to);
    for (const block of handler ? [...next, handler] : next) {
      if (!seen.has(block)) queue.push({ block, from: 0 });
      seen.add(block);
    }
  }
  return false;
}

/** Whether `arguments` alone may see a parameter under another name. */
export function isExposedByArguments({ globals }: Scopes, { kind, references }: Variable): boolean {
  if (kind !== "parameter" || references.some(({ node }) => node.flags & NodeFlags.InWithStatement)) return false;
  return !globals.some(({ text }) => text === "eval");
}

/** Where functions that capture a variable come into being, and `arguments` is read; undefined where one is not known. */
function watchersOf(graph: FlowGraph, scopes: Scopes, variable: Variable): readonly Step[] | undefined {
  const { references, root, isExposed } = variable;
  const watchers: Step[] = [];
  const captures = references.filter(use => use.root !== root).map(({ node }) => node);
  for (const node of [...captures, ...(isExposed ? argumentsIn(scopes, root) : [])]) {
    const steps = createdAround(graph, node);
    if (steps.length === 0) return undefined;
    watchers.push(...steps);
  }
  return watchers;
}

/** Each mention of the `arguments` of a function; their number is no parameter. */
function argumentsIn({ globals }: Scopes, fn: Node): readonly Identifier[] {
  return globals.filter(
    node => node.text === "arguments" && ownerOfArguments(node) === fn && !isLengthOf(node.parent, node),
  );
}

function ownerOfArguments(use: Node): Node | undefined {
  let fn = enclosingFunction(use);
  while (fn && isArrowFunction(fn)) fn = enclosingFunction(fn);
  return fn;
}

function isLengthOf(parent: Node, object: Node): boolean {
  return isPropertyAccessExpression(parent) && parent.expression === object && parent.name.text === "length";
}

/** The steps that make the function around a use, or else those of the use itself. */
function createdAround(graph: FlowGraph, use: Node): readonly Step[] {
  for (let at = use; at.parent; at = at.parent) {
    const steps = graph.stepsOf(at).filter(({ kind }) => kind === "create");
    if (steps.length > 0) return steps;
  }
  return graph.stepsOf(use);
}

function endIn(
  steps: readonly Step[],
  scopes: Scopes,
  variable: Variable,
  watchers: readonly Step[],
): "read" | "written" | undefined {
  for (const step of steps) {
    const isOwn = scopes.variableOf(step.node) === variable;
    if ((isOwn && step.kind === "read") || watchers.includes(step)) return "read";
    if (isOwn && (step.kind === "write" || step.kind === "bind")) return "written";
  }
  return undefined;
}
