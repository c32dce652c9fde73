/** Values that are truthy by what they are, where their truth is asked for. */
import { EQUALITIES, hasText, isCondition, literalValue, unwrapped, wrapped, type Constant } from "@review/analysis";
import {
  isBinaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type CaseClause,
  type Node,
} from "@review/program/syntax";

/** Objects, functions, and the text that `typeof` gives. */
export function madeTruthy(node: Node): boolean {
  const bare = unwrapped(node);
  if (MADE.has(bare.kind)) return true;
  if (isCommaExpression(bare)) return madeTruthy(bare.right);
  const literal = literalValue(bare);
  return (typeof literal === "string" && literal !== "") || hasText(bare);
}

function isCommaExpression(node: Node): node is BinaryExpression {
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.CommaToken;
}

/** An arrow function as a condition is a misspelt `>=`, which has a rule of its own. */
const MADE: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression, SyntaxKind.RegularExpressionLiteral],
  ...[SyntaxKind.FunctionExpression, SyntaxKind.ClassExpression, SyntaxKind.NewExpression],
  ...[SyntaxKind.TypeOfExpression],
]);

/** `case "a" || "b":` is the first of them alone. */
export function strayLabel({ expression }: CaseClause): Stray | undefined {
  const label = unwrapped(expression);
  if (!isLogicalOf(label, SyntaxKind.BarBarToken) && !isLogicalOf(label, SyntaxKind.AmpersandAmpersandToken)) {
    return undefined;
  }
  const value = literalValue(unwrapped(label.left));
  return typeof value === "string" || typeof value === "number"
    ? { operand: label.left, outcome: value ? "truthy" : "falsy" }
    : undefined;
}

interface Stray {
  readonly operand: Node;
  readonly outcome: string;
}

/** `x === 1 || 2` in a condition, and `[] || list` anywhere: the second is never looked at. */
export function strayOperand(node: BinaryExpression): Stray | undefined {
  const { kind } = node.operatorToken;
  if (kind !== SyntaxKind.AmpersandAmpersandToken && kind !== SyntaxKind.BarBarToken) return undefined;
  const left = unwrapped(node.left);
  if (MADE.has(left.kind)) return { operand: left, outcome: "truthy" };
  const right = unwrapped(node.right);
  if (!isCondition(node) || isChosen(right)) return undefined;
  if (MADE.has(right.kind)) return { operand: right, outcome: "truthy" };
  const value = literalValue(right);
  return isStray(value, left) ? { operand: right, outcome: value ? "truthy" : "falsy" } : undefined;
}

/**
 * `isReady || true` was to be taken out again. `url || "__URL__"` alone is a default, or a placeholder that is filled in
 * when the program is built.
 */
function isStray(value: Constant | undefined, left: Node): boolean {
  if (typeof value === "boolean") return true;
  return (typeof value === "number" || typeof value === "string") && isEquality(left);
}

/** `isBold && isItalic && BOTH || NORMAL` chooses a value: what stands last before the `||` is no test. */
export function isChosen(operand: Node): boolean {
  const last = wrapped(operand);
  const both = last.parent;
  if (!isLogicalOf(both, SyntaxKind.AmpersandAmpersandToken) || both.right !== last) return false;
  let choice = wrapped(both);
  if (!isLogicalOf(choice.parent, SyntaxKind.BarBarToken)) return false;
  while (isLogicalOf(choice.parent, SyntaxKind.BarBarToken)) choice = wrapped(choice.parent);
  return !isCondition(choice);
}

function isLogicalOf(node: Node, kind: SyntaxKind): node is BinaryExpression {
  return isBinaryExpression(node) && node.operatorToken.kind === kind;
}

function isEquality(node: Node): boolean {
  if (!isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  if (kind === SyntaxKind.BarBarToken || kind === SyntaxKind.AmpersandAmpersandToken)
    return isEquality(unwrapped(node.left));
  return EQUALITIES.has(kind);
}
