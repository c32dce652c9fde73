/** When two tests ask the same. */
import { isSameCode, unwrapped } from "@review/analysis";
import { isBinaryExpression, SyntaxKind, type Node, type SourceFile } from "@review/program/syntax";

/** Whether two tests are the same code, or the same comparison from its other side. */
export function isSameTest(left: Node, right: Node, file: SourceFile): boolean {
  if (isSameCode(left, right, file)) return true;
  const [ours, theirs] = [unwrapped(left), unwrapped(right)];
  if (!isBinaryExpression(ours) || !isBinaryExpression(theirs)) return false;
  if (MIRRORED.get(ours.operatorToken.kind) !== theirs.operatorToken.kind) return false;
  return isSameCode(ours.left, theirs.right, file) && isSameCode(ours.right, theirs.left, file);
}

const MIRRORED: ReadonlyMap<SyntaxKind, SyntaxKind> = new Map([
  [SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsToken],
  [SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken],
  [SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsToken],
  [SyntaxKind.ExclamationEqualsEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
  [SyntaxKind.LessThanToken, SyntaxKind.GreaterThanToken],
  [SyntaxKind.GreaterThanToken, SyntaxKind.LessThanToken],
  [SyntaxKind.LessThanEqualsToken, SyntaxKind.GreaterThanEqualsToken],
  [SyntaxKind.GreaterThanEqualsToken, SyntaxKind.LessThanEqualsToken],
]);
