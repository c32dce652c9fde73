/** Where callbacks end without an answer. */
import type { Ask, Block as FlowBlock, Edge, Pass, Place } from "@review/analysis";
import {
  isBlock,
  isCaseClause,
  isFunctionLikeDeclaration,
  isReturnStatement,
  SyntaxKind,
  type ArrowFunction,
  type FunctionExpression,
  type Node,
} from "@review/program/syntax";

/** The last brace of a callback that is reached, or a `return` without a value. */
export function* silentEndOf({ flow }: Pass, fn: ArrowFunction | FunctionExpression): Ask<Node | Place | undefined> {
  const graph = yield* flow(fn);
  if (!graph) return undefined;
  for (const edge of graph.returned.before) {
    const { from, kind, node } = edge;
    // A switch without `default` may well have a case for every value.
    if (!from.isReachable || kind === "mismatch") continue;
    if (kind !== "return" && isPassed(edge, graph.entry)) return { start: fn.end - 1, end: fn.end };
    if (kind === "return" && node && isReturnStatement(node) && !node.expression) return node;
  }
  return undefined;
}

/** Whether a way leads over an edge that does not come out of such a switch either, through a `finally`. */
function isPassed(end: Edge, entry: FlowBlock): boolean {
  const seen = new Set<FlowBlock>();
  const pending = [end];
  for (let edge = pending.pop(); edge; edge = pending.pop()) {
    const { from, kind, node } = edge;
    if (seen.has(from) || (kind === "mismatch" && node && isLastChoice(node))) continue;
    if (from === entry) return true;
    seen.add(from);
    pending.push(...from.before);
  }
  return false;
}

/** Whether a clause is the last one of a switch without `default` at the end of a function. */
function isLastChoice(clause: Node): boolean {
  const { clauses } = clause.parent as Node & { readonly clauses: readonly Node[] };
  if (clauses.at(-1) !== clause || !clauses.every(isCaseClause)) return false;
  let at = clause.parent.parent;
  for (; !isFunctionLikeDeclaration(at.parent); at = at.parent) {
    if (isBlock(at.parent) ? at.parent.statements.at(-1) !== at : !BRANCHES.has(at.parent.kind)) return false;
  }
  return true;
}

/** Behind these a function goes on where their parts end. */
const BRANCHES: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.IfStatement, SyntaxKind.TryStatement, SyntaxKind.CatchClause, SyntaxKind.LabeledStatement],
]);
