/** Tests that find out that a value is a view: `ArrayBuffer.isView(data)`, or functions of such names. */
import { isSameReference, nodesOf, unwrapped } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isFunctionLikeDeclaration,
  isIfStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

/** The test around a place that only a view passes. */
export function guardOf(view: Node): { readonly at: Node; readonly message: string } | undefined {
  for (let at = view; at.parent && !isFunctionLikeDeclaration(at); at = at.parent) {
    const condition = conditionAround(at);
    const test = condition && [...nodesOf(condition)].find(node => asksForView(node, view));
    if (test) return { at: test, message: "This is true of a view of any part of a buffer." };
  }
  return undefined;
}

/** The condition that holds in a branch. */
function conditionAround(at: Node): Node | undefined {
  const { parent } = at;
  if (isIfStatement(parent)) return parent.thenStatement === at ? parent.expression : undefined;
  if (isConditionalExpression(parent)) return parent.whenTrue === at ? parent.condition : undefined;
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.AmpersandAmpersandToken) return undefined;
  return parent.right === at ? parent.left : undefined;
}

function asksForView(node: Node, view: Node): boolean {
  if (!isCallExpression(node) || node.arguments.length !== 1) return false;
  const [argument] = node.arguments;
  return (
    argument !== undefined &&
    isSameReference(unwrapped(argument), view) &&
    /\bis(?:(?:ArrayBuffer)?View|TypedArray)$/i.test(node.expression.getText())
  );
}
