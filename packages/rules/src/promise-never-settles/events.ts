/** The steps of a function that settle the promise or leave that to others, and the branches that are none. */
import {
  enclosingFunction,
  literalValue,
  saysAbsent,
  stepsOfEvent,
  type Ask,
  type Edge,
  type FlowGraph,
  type Pass,
  type Scopes,
  type Step,
  type ValueEvent,
  type ValueTrace,
} from "@review/analysis";
import { isBinaryExpression, isFunctionLikeDeclaration, isNewExpression } from "@review/program/syntax";

/** Undefined where something happens at a place that the graph does not show. */
export function* eventSteps(
  pass: Pass,
  graph: FlowGraph,
  events: readonly ValueEvent[],
): Ask<ReadonlySet<Step> | undefined> {
  const found = new Set<Step>();
  for (const event of events) {
    const steps = stepsOfEvent(graph, event);
    if (steps.length === 0) return undefined;
    if (yield* isIgnored(pass, event)) continue;
    for (const step of steps) found.add(step);
  }
  return found;
}

/** A function of the project that gets the settler and does nothing with it. */
function* isIgnored({ summaries }: Pass, event: ValueEvent): Ask<boolean> {
  if (event.kind !== "passed" || event.fn) return false;
  const callee = yield* summaries.calleeOf(event.node);
  if (callee.kind !== "function" || callee.overridden !== undefined) return false;
  const position = (event.node.arguments ?? []).findIndex(each => each === event.argument);
  const { fn } = callee;
  if (position < 0 || !isFunctionLikeDeclaration(fn) || position >= fn.parameters.length) return false;
  for (const use of ["called", "settled", "stored", "returned", "spread", "released"] as const) {
    if ((yield* summaries.askParameter(fn, position, use)).verdict !== "no") return false;
  }
  return true;
}

/**
 * Branches that are no way of their own: `if (resolve)` is never false, and `signal?.addEventListener(…)` says that there
 * may be no signal, not that the promise may hang then.
 */
export function isNoBranch(trace: ValueTrace, scopes: Scopes, edge: Edge): boolean {
  return edge.kind === "nullish" || saysAbsent(trace, scopes, edge) || isLatched(scopes, edge);
}

/** `if (isSettled) return; isSettled = true`: the branch is there for calls that come after the promise has settled. */
function isLatched(scopes: Scopes, { kind, node }: Edge): boolean {
  if (!node || (kind !== "true" && kind !== "false")) return false;
  const variable = scopes.variableOf(node);
  const fn = enclosingFunction(node);
  if (!variable || variable.kind !== "let" || variable.root === fn) return false;
  return variable.references.some(({ node: use, isWritten, root }) => {
    const { parent } = use;
    if (!isWritten || root !== fn || !isBinaryExpression(parent)) return false;
    return literalValue(parent.right) === (kind === "true");
  });
}

/** Whether a step settles the promise of an executor around this one, which may be the one that counts. */
export function settlesAnother({ variables }: ValueTrace, scopes: Scopes, { kind, node }: Step): boolean {
  if (kind !== "read") return false;
  const variable = scopes.variableOf(node);
  if (variable?.kind !== "parameter" || variables.includes(variable)) return false;
  const made = isFunctionLikeDeclaration(variable.root) ? variable.root.parent : undefined;
  return made !== undefined && isNewExpression(made) && made.expression.getText() === "Promise";
}
