/** Whether a value is dead though closures see its variable: none of them exists before the next value comes. */
import { canReach, type FlowGraph, type Scopes, type Step, type Variable } from "@review/analysis";
import type { Node } from "@review/program/syntax";

/** Whether nobody can read what a step writes, with every closure that captures the variable made behind the next write. */
export function isUnseen(graph: FlowGraph, scopes: Scopes, variable: Variable, write: Step): boolean {
  const closures = closuresOf(graph, variable);
  if (!closures || closures.some(step => canReach(graph, step, write))) return false;
  const seen = new Set<Step["block"]>();
  const queue = [{ block: write.block, from: write.index + 1 }];
  for (let at = queue.pop(); at; at = queue.pop()) {
    const end = endIn(at.block.steps.slice(at.from), scopes, variable, closures);
    if (end === "read") return false;
    // What throws may leave for a handler that reads the variable.
    const handler = at.block.failure?.to;
    const next = end === "written" ? [] : at.block.next.map(({ to }) => to);
    for (const block of handler ? [...next, handler] : next) {
      if (!seen.has(block)) queue.push({ block, from: 0 });
      seen.add(block);
    }
  }
  return true;
}

/** Where the functions that capture a variable come into being; undefined where one of them is not known. */
function closuresOf(graph: FlowGraph, { references, root }: Variable): readonly Step[] | undefined {
  const closures: Step[] = [];
  for (const { node, root: user } of references) {
    if (user === root) continue;
    const created = createdAround(graph, node);
    if (created.length === 0) return undefined;
    closures.push(...created);
  }
  return closures;
}

function createdAround(graph: FlowGraph, use: Node): readonly Step[] {
  for (let at = use; at.parent; at = at.parent) {
    const steps = graph.stepsOf(at).filter(({ kind }) => kind === "create");
    if (steps.length > 0) return steps;
  }
  return [];
}

function endIn(
  steps: readonly Step[],
  scopes: Scopes,
  variable: Variable,
  closures: readonly Step[],
): "read" | "written" | undefined {
  for (const step of steps) {
    const isOwn = scopes.variableOf(step.node) === variable;
    if ((isOwn && step.kind === "read") || closures.includes(step)) return "read";
    if (isOwn && (step.kind === "write" || step.kind === "bind")) return "written";
  }
  return undefined;
}
