/** Removals that a loop makes by calling a function: `for (const item of this.items) this.remove(item)`. */
import {
  ownNodesOf,
  scopesOf,
  stablePlaceOf,
  unwrapped,
  type Ask,
  type Callable,
  type Pass,
  type Scopes,
  type StablePlace,
  type Variable,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
} from "@review/program/syntax";
import { isRemoval } from "./counting.ts";
import { isCurrentIndex } from "./current.ts";
import { changeBy, type Iteration } from "./iterations.ts";

const REMOVALS: ReadonlySet<string> = new Set(["splice", "shift"]);

/** The removal of the element that a walk is at, in the function that a call calls. */
export function* removalInCallee(
  pass: Pass,
  call: CallExpression,
  iteration: Iteration,
): Ask<CallExpression | undefined> {
  const scopes = pass.scopes();
  const mapped = mayBeMeant(scopes, call, iteration);
  if (!mapped) return undefined;
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || !isFunctionLikeDeclaration(callee.fn)) return undefined;
  return removalIn(callee.fn, call, iteration, mapped);
}

/** How the callee can see the collection. */
type Mapped = { readonly kind: "this" } | { readonly kind: "argument"; readonly position: number };

/** The element, or the collection itself, has to go to the function. */
function mayBeMeant(scopes: Scopes, call: CallExpression, { place, element }: Iteration): Mapped | undefined {
  const position = call.arguments.findIndex(each => stablePlaceOf(scopes, each)?.key === place.key);
  if (position >= 0) return { kind: "argument", position };
  const callee = unwrapped(call.expression);
  const isOwn = isPropertyAccessExpression(callee) && callee.expression.kind === SyntaxKind.ThisKeyword;
  const takesElement = call.arguments.some(each => scopes.variableOf(unwrapped(each)) === element);
  return isOwn && place.root === "this" && takesElement && element ? { kind: "this" } : undefined;
}

function removalIn(
  fn: Callable,
  call: CallExpression,
  iteration: Iteration,
  mapped: Mapped,
): CallExpression | undefined {
  const scopes = scopesOf(fn.getSourceFile());
  const parameters = isFunctionLikeDeclaration(fn)
    ? fn.parameters.map(({ name }) => (isIdentifier(name) ? scopes.variableOf(name) : undefined))
    : [];
  const callerScopes = scopesOf(call.getSourceFile());
  const at = call.arguments.findIndex(each => callerScopes.variableOf(unwrapped(each)) === iteration.element);
  const element = iteration.element && at >= 0 ? parameters[at] : undefined;
  for (const node of ownNodesOf(fn)) {
    const change = isCallExpression(node) ? changeBy(scopes, node, REMOVALS) : undefined;
    if (!change || !isSame(change.place, iteration.place, mapped, parameters)) continue;
    if (change.name === "shift") return change.call;
    const [index] = change.call.arguments;
    const current = { place: change.place, element, index: undefined };
    if (index && isRemoval(change.call.arguments) && isCurrentIndex(scopes, index, current)) return change.call;
  }
  return undefined;
}

function isSame(
  changed: StablePlace,
  iterated: StablePlace,
  mapped: Mapped,
  parameters: readonly (Variable | undefined)[],
): boolean {
  if (mapped.kind === "argument") return changed.path.length === 0 && changed.root === parameters[mapped.position];
  return changed.root === "this" && changed.path.join(".") === iterated.path.join(".");
}
