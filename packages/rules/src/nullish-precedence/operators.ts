/** Operators that bind tighter than `??`, and what they make. */
import { literalValue, ORDERINGS } from "@review/analysis";
import { isBinaryExpression, isTemplateExpression, SyntaxKind, type Node } from "@review/program/syntax";

export const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken],
  ...[SyntaxKind.PercentToken, SyntaxKind.AsteriskAsteriskToken, SyntaxKind.AmpersandToken, SyntaxKind.BarToken],
]);

export const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  ...ORDERINGS,
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
  ...[SyntaxKind.InstanceOfKeyword, SyntaxKind.InKeyword],
]);

/** Whether an expression without brackets joins texts of which one is known and not empty. */
export function isTextWithContent(node: Node): boolean {
  if (!isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.PlusToken) return false;
  return [node.left, node.right].some(side => hasContent(side) || isTextWithContent(side));
}

function hasContent(node: Node): boolean {
  const value = literalValue(node);
  if (typeof value === "string") return value !== "";
  return isTemplateExpression(node) && node.head.text !== "";
}
