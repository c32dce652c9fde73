/** Where a function sends a response: by itself, or by a function that always does. */
import {
  alwaysReaches,
  isSameReference,
  ownNodesOf,
  unwrapped,
  type Ask,
  type FlowGraph,
  type FlowRoot,
  type Pass,
  type Scopes,
  scopesOf,
  type Step,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";
import { mayEnd, sendingOf, type Effect } from "./sending.ts";

export interface Send {
  readonly call: CallExpression;
  readonly effect: Effect;
  /** The expression that the response is. */
  readonly response: Node;
  /** Where the function that is called sends it. */
  readonly inside: CallExpression | undefined;
}

/** Functions that a send is looked for in, one inside the other. */
const DEEPEST = 2;

/** The calls of a function that send or write a response which stays the same there. */
export function* sendsIn(pass: Pass, root: FlowRoot, depth: number = DEEPEST): Ask<readonly Send[]> {
  const scopes = scopesOf(root.getSourceFile());
  const sends: Send[] = [];
  for (const call of ownNodesOf(root)) {
    if (!isCallExpression(call)) continue;
    const sending = yield* sendingOf(pass, call);
    if (sending && isFixed(scopes, sending.response)) sends.push({ call, ...sending, inside: undefined });
    else if (!sending && depth > 0) sends.push(...(yield* sendsThrough(pass, scopes, call, depth)));
  }
  return sends;
}

/** A name that is never written again, `this`, or a member of one of these. */
function isFixed(scopes: Scopes, node: Node): boolean {
  if (node.kind === SyntaxKind.ThisKeyword) return true;
  if (isPropertyAccessExpression(node)) return isFixed(scopes, unwrapped(node.expression));
  if (!isIdentifier(node)) return false;
  const variable = scopes.variableOf(node);
  return variable !== undefined && !variable.references.some(({ isWritten }) => isWritten);
}

/** `fail(res)`: a function of the project that ends the response on each of its paths. */
function* sendsThrough(pass: Pass, scopes: Scopes, call: CallExpression, depth: number): Ask<readonly Send[]> {
  const position = call.arguments.findIndex(each => isIdentifier(each) && RESPONSE.test(each.text));
  const response = call.arguments[position];
  if (!response || !isFixed(scopes, response)) return [];
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || callee.overridden !== undefined || !isFunctionLikeDeclaration(callee.fn)) return [];
  const inside = yield* endIn(pass, callee.fn, position, depth - 1);
  return inside ? [{ call, effect: "ends", response, inside }] : [];
}

/** A call that ends the response which is a function's parameter, where every path has one. */
function* endIn(
  pass: Pass,
  fn: FunctionLikeDeclaration,
  position: number,
  depth: number,
): Ask<CallExpression | undefined> {
  const name = fn.parameters[position]?.name;
  const graph = name && isIdentifier(name) ? yield* pass.flow(fn) : undefined;
  if (!graph || !name) return undefined;
  const ends = (yield* sendsIn(pass, fn, depth)).filter(
    send => send.effect === "ends" && isSameReference(send.response, name),
  );
  const steps = stepsOf(graph, ends);
  return steps.length > 0 && alwaysReaches(graph, undefined, step => steps.includes(step)) ? ends[0]?.call : undefined;
}

/** Whether a call may end a response, as far as names say. */
export function maySend(call: CallExpression): boolean {
  return mayEnd(call) || call.arguments.some(each => isIdentifier(each) && RESPONSE.test(each.text));
}

/** How responses are called; looking into every function that gets anything would cost too much. */
const RESPONSE = /^(?:_?res|response|reply|resp|rep)$|Res(?:ponse)?$|Reply$/;

/** The steps of calls, where a path leads to them. */
export function stepsOf(graph: FlowGraph, sends: readonly Send[]): readonly Step[] {
  return sends.flatMap(({ call }) =>
    graph.stepsOf(call).filter(step => step.kind === "call" && step.block.isReachable),
  );
}
