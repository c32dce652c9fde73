/** Other places that find the failure of what a local holds. */
import {
  COMPARISONS,
  isWritten,
  literalValue,
  scopeOf,
  unwrapped,
  usesOf,
  wrapped,
  type FixedLocal,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIfStatement,
  isPrefixUnaryExpression,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

/** Whether some use of the local asks for NaN, for a number, or for truth: its author knows what a failure looks like. */
export function isLookedAt(declaration: FixedLocal["declaration"]): boolean {
  return usesOf(scopeOf(declaration), declaration.name.text).some(use => !isWritten(use) && isLook(use));
}

function isLook(use: Node): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (isCallExpression(parent)) return parent.expression !== outer && ASKS.test(parent.expression.getText());
  if (isPrefixUnaryExpression(parent)) return LOOKS.has(parent.operator);
  if (isIfStatement(parent)) return parent.expression === outer;
  if (isConditionalExpression(parent)) return parent.condition === outer;
  if (!isBinaryExpression(parent)) return false;
  const { left, right, operatorToken } = parent;
  if (TRUTHS.has(operatorToken.kind)) return true;
  const other = unwrapped(left === outer ? right : left);
  // `at !== at` and `at < 0`, `at === -1`.
  return COMPARISONS.has(operatorToken.kind) && (typeof literalValue(other) === "number" || isSame(other, use));
}

function isSame(other: Node, use: Node): boolean {
  return other.getText() === use.getText();
}

const ASKS = /(?:isNaN|isFinite|isInteger|isSafeInteger|isValid|assert|Boolean)\w*$/i;
const LOOKS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ExclamationToken, SyntaxKind.TildeToken]);
const TRUTHS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BarBarToken, SyntaxKind.AmpersandAmpersandToken]);
