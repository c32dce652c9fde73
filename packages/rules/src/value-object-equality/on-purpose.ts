/** Whether a comparison by identity is meant. */
import {
  asMethodCall,
  enclosingFunction,
  isAccess,
  isSameReference,
  memberName,
  nodesOf,
  unwrapped,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { COMPARES, CONSTANT, REMEMBERED } from "./tables.ts";

/**
 * Whether the code around a comparison shows that one object is meant: an operand is named as what was there before
 * or as a constant that stands for something, one is kept in the other, or both are also compared by value.
 */
export function isOnPurpose(left: Expression, right: Expression): boolean {
  const names = [...namesIn(left), ...namesIn(right)];
  if (names.some(name => REMEMBERED.test(name) || CONSTANT.test(name))) return true;
  const surroundings = enclosingFunction(left) ?? left.getSourceFile();
  for (const node of nodesOf(surroundings)) {
    if (keeps(node, left, right) || comparesByValue(node, left) || comparesByValue(node, right)) return true;
  }
  return false;
}

/** The names in `a.b[0].c`, without what computes them. */
function namesIn(node: Expression): readonly string[] {
  const expression = unwrapped(node);
  if (isIdentifier(expression)) return [expression.text];
  if (!isAccess(expression)) return [];
  return [...namesIn(expression.expression), memberName(expression) ?? ""];
}

function keeps(node: Node, left: Expression, right: Expression): boolean {
  if (!isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
  return (
    (isSameReference(node.left, left) && isSameReference(node.right, right)) ||
    (isSameReference(node.left, right) && isSameReference(node.right, left))
  );
}

function comparesByValue(node: Node, operand: Expression): boolean {
  if (isAccess(node)) return COMPARES.test(memberName(node) ?? "") && isSameReference(node.expression, operand);
  if (isPrefixUnaryExpression(node)) {
    return node.operator === SyntaxKind.PlusToken && isSameReference(node.operand, operand);
  }
  if (!isCallExpression(node) || !node.arguments.some(argument => isSameReference(argument, operand))) return false;
  const callee = unwrapped(node.expression);
  const name = asMethodCall(node)?.name ?? (isIdentifier(callee) ? callee.text : "");
  return name === "Number" || COMPARES.test(name);
}
