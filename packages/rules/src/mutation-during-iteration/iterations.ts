/** The loops and callbacks that walk over a collection, and the names that they give to its elements and indices. */
import {
  asMethodCall,
  isAsync,
  isInside,
  stablePlaceOf,
  unwrapped,
  wrapped,
  type Scopes,
  type StablePlace,
  type Variable,
} from "@review/analysis";
import {
  isArrayBindingPattern,
  isBindingElement,
  isCallExpression,
  isDoStatement,
  isForOfStatement,
  isForStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isVariableDeclarationList,
  isWhileStatement,
  type CallExpression,
  type DoStatement,
  type Expression,
  type ForOfStatement,
  type ForStatement,
  type FunctionLikeDeclaration,
  type Node,
  type WhileStatement,
} from "@review/program/syntax";

/** A walk over a collection that looks at the collection itself, and not at a copy of it. */
export interface Iteration {
  readonly kind: "of" | "callback";
  /** The loop, or the function that is called for each element. */
  readonly node: ForOfStatement | FunctionLikeDeclaration;
  /** The collection. */
  readonly subject: Expression;
  readonly place: StablePlace;
  readonly element: Variable | undefined;
  /** The position in an array, the key in a Map. */
  readonly index: Variable | undefined;
}

export type CountingLoop = ForStatement | WhileStatement | DoStatement;

/** The innermost walk over a place that a node runs in; undefined where there is none in its own function. */
export function iterationAround(scopes: Scopes, node: Node, place: StablePlace): Iteration | undefined {
  for (let at = node.parent as Node | undefined; at; at = at.parent) {
    const iteration = isForOfStatement(at) ? iterationOf(scopes, at) : undefined;
    if (iteration?.place.key === place.key && isInside(node, (iteration.node as ForOfStatement).statement)) {
      return iteration;
    }
    if (!isFunctionLikeDeclaration(at)) continue;
    const called = callbackIteration(scopes, at);
    return called?.place.key === place.key ? called : undefined;
  }
  return undefined;
}

/** The loops around a node that may count, the innermost first, as far as the function around it. */
export function countingLoopsAround(node: Node): readonly CountingLoop[] {
  const loops: CountingLoop[] = [];
  for (let at = node.parent as Node | undefined; at && !isFunctionLikeDeclaration(at); at = at.parent) {
    if (isForStatement(at) || isWhileStatement(at) || isDoStatement(at)) loops.push(at);
  }
  return loops;
}

/** `entries()` and its like look at the collection while they are walked over; what else is called makes a copy. */
const LIVE: ReadonlySet<string> = new Set(["entries", "keys", "values"]);

/** What a `for…of` walks over. */
export function iterationOf(scopes: Scopes, loop: ForOfStatement): Iteration | undefined {
  const walked = unwrapped(loop.expression) as Expression;
  const call = isCallExpression(walked) ? asMethodCall(walked) : undefined;
  if (isCallExpression(walked) && !(call && LIVE.has(call.name))) return undefined;
  const subject = call?.object ?? walked;
  const place = stablePlaceOf(scopes, subject);
  return place && { kind: "of", node: loop, subject, place, ...namesOf(scopes, loop, call?.name) };
}

type Names = Pick<Iteration, "element" | "index">;

function namesOf(scopes: Scopes, { initializer }: ForOfStatement, method: string | undefined): Names {
  const none: Names = { element: undefined, index: undefined };
  const name = isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
  if (!name) return none;
  if (isIdentifier(name)) {
    const variable = scopes.variableOf(name);
    return method === "keys" ? { ...none, index: variable } : { ...none, element: variable };
  }
  if (!isArrayBindingPattern(name)) return none;
  const [first, second] = name.elements.map(each => variableIn(scopes, each));
  return { index: first, element: second };
}

function variableIn(scopes: Scopes, element: Node): Variable | undefined {
  return isBindingElement(element) && element.name && isIdentifier(element.name)
    ? scopes.variableOf(element.name)
    : undefined;
}

/** Methods that call back for every element; those that stop when they are told to are left out. */
const WALKERS: ReadonlySet<string> = new Set(["forEach", "map", "filter", "flatMap"]);

/** What a callback is called for: `list.forEach((element, index) => …)`. */
export function callbackIteration(scopes: Scopes, fn: FunctionLikeDeclaration): Iteration | undefined {
  const callback = wrapped(fn);
  const call = callback.parent;
  if (!isCallExpression(call) || call.arguments[0] !== callback || isGenerator(fn)) return undefined;
  const method = asMethodCall(call);
  const place = method && WALKERS.has(method.name) ? stablePlaceOf(scopes, method.object) : undefined;
  if (!method || !place) return undefined;
  const [element, index] = fn.parameters.map(each =>
    isIdentifier(each.name) ? scopes.variableOf(each.name) : undefined,
  );
  return { kind: "callback", node: fn, subject: method.object, place, element, index };
}

function isGenerator(fn: FunctionLikeDeclaration): boolean {
  return "asteriskToken" in fn && fn.asteriskToken !== undefined;
}

/** Whether a callback may come to a point only after the walk is over. */
export function isLateCallback(iteration: Iteration): boolean {
  return iteration.kind === "callback" && isAsync(iteration.node as FunctionLikeDeclaration);
}

/** The call of a method on a collection, with the place that it changes. */
export interface Change {
  readonly call: CallExpression;
  readonly name: string;
  readonly place: StablePlace;
}

/** What a call changes, by its name. */
export function changeBy(scopes: Scopes, call: CallExpression, names: ReadonlySet<string>): Change | undefined {
  const method = asMethodCall(call);
  const place = method && names.has(method.name) ? stablePlaceOf(scopes, method.object) : undefined;
  return method && place && { call, name: method.name, place };
}
