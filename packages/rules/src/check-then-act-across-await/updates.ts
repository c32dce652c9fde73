/** Updates that read before they wait and write after: what others wrote in between is lost. */
import {
  asMethodCall,
  isReplacedIn,
  nodesOf,
  ownNodesOf,
  unwrapped,
  wrapped,
  type FlowGraph,
  type Scopes,
} from "@review/analysis";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  SyntaxKind,
  type AwaitExpression,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { sharedPlace } from "./acts.ts";

/** The read and the wait of one lost update. */
export interface LostUpdate {
  readonly assignment: BinaryExpression;
  readonly read: Node;
  readonly wait: AwaitExpression;
}

/** `this.n = this.n + await f()`, `this.n += await f()`, `this.list = [...this.list, await f()]`. */
export function lostUpdate(graph: FlowGraph, scopes: Scopes, assignment: BinaryExpression): LostUpdate | undefined {
  const place = sharedPlace(graph, scopes, assignment.left);
  if (!place) return undefined;
  const waits = [...ownNodesOf(assignment.right)].filter(isAwaitExpression);
  const last = waits.at(-1);
  if (!last || isReplacedIn(scopes, assignment.right, place)) return undefined;
  if (ARITHMETIC.has(assignment.operatorToken.kind)) return { assignment, read: assignment.left, wait: last };
  if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  for (const node of nodesOf(assignment.right)) {
    if (node.end > last.pos || sharedPlace(graph, scopes, node)?.key !== place.key) continue;
    if (isCombined(node, assignment)) return { assignment, read: node, wait: last };
  }
  return undefined;
}

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.AsteriskEqualsToken,
  SyntaxKind.BarEqualsToken,
]);

/** Whether the old value becomes a part of the new one, with nothing but operators, literals and spreads in between. */
function isCombined(read: Node, assignment: Node): boolean {
  for (let at = joinedWith(read), { parent } = at; at !== assignment; at = parent, { parent } = at) {
    if (parent === assignment) return at !== wrapped(read);
    if (isBinaryExpression(parent) ? !OPERATORS.has(parent.operatorToken.kind) : !COMBINES.has(parent.kind))
      return false;
  }
  return false;
}

/** `this.list.concat(…)` is the list with something added. */
function joinedWith(read: Node): Node {
  const outer = wrapped(read);
  const call = outer.parent.parent;
  const method = call && isCallExpression(call) ? asMethodCall(call) : undefined;
  return call && method?.name === "concat" && unwrapped(method.object) === unwrapped(read) ? call : outer;
}

const OPERATORS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.BarToken,
]);

const COMBINES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.SpreadElement,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.TemplateSpan,
  SyntaxKind.TemplateExpression,
  SyntaxKind.AsExpression,
  SyntaxKind.NonNullExpression,
]);
