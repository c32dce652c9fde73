/** Whether an expression is truthy, as far as its form alone decides that. */
import {
  isBinaryExpression,
  isPrefixUnaryExpression,
  isTemplateExpression,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { literalValue } from "./constants.ts";
import { unwrapped } from "./nodes.ts";

/** True or false where the value always is, whatever its parts are: of literals, new objects and `typeof`, `x || true`. */
export function truthOf(node: Node): boolean | undefined {
  const bare = unwrapped(node);
  const literal = literalValue(bare);
  if (literal !== undefined) return Boolean(literal);
  if (MADE.has(bare.kind) || hasText(bare)) return true;
  if (bare.kind === SyntaxKind.VoidExpression) return false;
  if (isPrefixUnaryExpression(bare) && bare.operator === SyntaxKind.ExclamationToken) {
    const operand = truthOf(bare.operand);
    return operand === undefined ? undefined : !operand;
  }
  return isBinaryExpression(bare) ? truthOfBinary(bare) : undefined;
}

/** Whether a template holds text beside what is put into it. */
export function hasText(node: Node): boolean {
  return (
    isTemplateExpression(node) &&
    (node.head.text !== "" || node.templateSpans.some(({ literal }) => literal.text !== ""))
  );
}

const MADE: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression, SyntaxKind.NewExpression],
  ...[SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression, SyntaxKind.ClassExpression],
  ...[SyntaxKind.RegularExpressionLiteral, SyntaxKind.TypeOfExpression],
]);

function truthOfBinary({ left, operatorToken, right }: BinaryExpression): boolean | undefined {
  switch (operatorToken.kind) {
    case SyntaxKind.CommaToken:
    case SyntaxKind.EqualsToken:
      return truthOf(right);
    case SyntaxKind.BarBarToken:
    case SyntaxKind.BarBarEqualsToken:
      return decidedBy(true, truthOf(left), truthOf(right));
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.AmpersandAmpersandEqualsToken:
      return decidedBy(false, truthOf(left), truthOf(right));
    default:
      return undefined;
  }
}

/** Of `||` one side that is true decides, of `&&` one that is false; otherwise both have to be known. */
function decidedBy(deciding: boolean, left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === deciding || right === deciding) return deciding;
  return left === undefined ? undefined : right;
}
