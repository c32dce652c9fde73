/** Whether the new value of some state is made of its old one. */
import { asMethodCall, unwrapped, wrapped } from "@review/analysis";
import { isBinaryExpression, isCallExpression, SyntaxKind, type Node } from "@review/program/syntax";

/** Whether the old value becomes a part of the new one, with nothing but operators, literals and spreads in between. */
export function isCombined(read: Node, assignment: Node): boolean {
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
