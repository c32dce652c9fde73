/** Knowledge without a branch: what a call that returned has proved. */
import { isBinaryExpression, isPrefixUnaryExpression, SyntaxKind, type Node } from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { continueBehind, type Builder } from "./builder.ts";

/** Goes on with the knowledge that an expression, evaluated before, was true (or false). */
export function assume(b: Builder, condition: Node, isTrue: boolean): void {
  const node = unwrapped(condition);
  if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    b.deeper(() => assume(b, node.operand, !isTrue));
    return;
  }
  const joint = isTrue ? SyntaxKind.AmpersandAmpersandToken : SyntaxKind.BarBarToken;
  if (!isBinaryExpression(node) || node.operatorToken.kind !== joint) {
    continueBehind(b, isTrue ? "true" : "false", node);
    return;
  }
  b.deeper(() => {
    assume(b, node.left, isTrue);
    assume(b, node.right, isTrue);
  });
}
