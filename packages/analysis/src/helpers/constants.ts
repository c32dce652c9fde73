/** The values of expressions that are known before the program runs. */
import {
  isBinaryExpression,
  isIdentifier,
  isNumericLiteral,
  isPrefixUnaryExpression,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import { TypeFlags } from "@review/program";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { isAssignedOnce } from "./assigned-once.ts";
import { isGlobal } from "./names.ts";
import { unwrapped } from "./nodes.ts";

export type Constant = string | number | bigint | boolean | null;

/** The value of a literal or of one with a sign; `undefined` where it is none. */
export function literalValue(node: Node): Constant | undefined {
  const expression = unwrapped(node);
  if (isStringLiteralLikeNode(expression)) return expression.text;
  if (isNumericLiteral(expression)) return Number(expression.text);
  switch (expression.kind) {
    case SyntaxKind.TrueKeyword:
      return true;
    case SyntaxKind.FalseKeyword:
      return false;
    case SyntaxKind.NullKeyword:
      return null;
    case SyntaxKind.BigIntLiteral:
      return BigInt((expression as Node & { text: string }).text.replace(/n$/, ""));
    default:
      return isPrefixUnaryExpression(expression)
        ? signed(expression.operator, literalValue(expression.operand))
        : undefined;
  }
}

/**
 * The constant that an expression folds to: literals, names of constants, enum members, `Infinity`, arithmetic and joined
 * text. `undefined` where it is not known.
 */
export function* constantValue(checker: TypeChecker, node: Node): Ask<Constant | undefined> {
  const expression = unwrapped(node);
  const literal = literalValue(expression);
  if (literal !== undefined) return literal;
  if (isPrefixUnaryExpression(expression)) {
    return signed(expression.operator, yield* constantValue(checker, expression.operand));
  }
  if (isBinaryExpression(expression)) {
    const left = yield* constantValue(checker, expression.left);
    if (left === undefined) return undefined;
    return combined(expression.operatorToken.kind, left, yield* constantValue(checker, expression.right));
  }
  if (isIdentifier(expression)) return yield* valueOfName(checker, expression);
  return expression.kind === SyntaxKind.PropertyAccessExpression
    ? yield* valueOfMember(checker, expression)
    : undefined;
}

/** An enum's member has a type of its own, which holds its value; any other property may be written. */
function* valueOfMember(checker: TypeChecker, member: Node): Ask<Constant | undefined> {
  const type = yield* checker.typeOf(member);
  return type.flags & TypeFlags.EnumLiteral && type.isLiteralType() ? type.value : undefined;
}

function* valueOfName(checker: TypeChecker, name: Node): Ask<Constant | undefined> {
  if (yield* isGlobal(checker, name, "Infinity")) return Infinity;
  if (yield* isGlobal(checker, name, "NaN")) return NaN;
  const symbol = yield* checker.symbolOf(name);
  const declaration = symbol && (yield* checker.declarationOf(yield* checker.targetOf(symbol)));
  if (!declaration || !isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  // A name that refers to itself in its own initialiser has no value yet.
  const isInside =
    name.pos >= declaration.pos && name.end <= declaration.end && name.getSourceFile() === declaration.getSourceFile();
  const value = isInside ? undefined : yield* constantValue(checker, declaration.initializer);
  return value !== undefined && isAssignedOnce(declaration) ? value : undefined;
}

function signed(operator: SyntaxKind, value: Constant | undefined): Constant | undefined {
  if (typeof value === "bigint") return operator === SyntaxKind.MinusToken ? -value : undefined;
  if (operator === SyntaxKind.ExclamationToken) return value === undefined ? undefined : !value;
  if (typeof value !== "number") return undefined;
  if (operator === SyntaxKind.MinusToken) return -value;
  if (operator === SyntaxKind.PlusToken) return value;
  return operator === SyntaxKind.TildeToken ? ~value : undefined;
}

const ARITHMETIC: ReadonlyMap<SyntaxKind, (left: number, right: number) => number> = new Map([
  [SyntaxKind.PlusToken, (left, right) => left + right],
  [SyntaxKind.MinusToken, (left, right) => left - right],
  [SyntaxKind.AsteriskToken, (left, right) => left * right],
  [SyntaxKind.SlashToken, (left, right) => left / right],
  [SyntaxKind.PercentToken, (left, right) => left % right],
  [SyntaxKind.AsteriskAsteriskToken, (left, right) => left ** right],
  [SyntaxKind.LessThanLessThanToken, (left, right) => left << right],
  [SyntaxKind.GreaterThanGreaterThanToken, (left, right) => left >> right],
  [SyntaxKind.BarToken, (left, right) => left | right],
  [SyntaxKind.AmpersandToken, (left, right) => left & right],
]);

function combined(operator: SyntaxKind, left: Constant, right: Constant | undefined): Constant | undefined {
  if (typeof left === "number" && typeof right === "number") return ARITHMETIC.get(operator)?.(left, right);
  if (operator !== SyntaxKind.PlusToken || typeof left !== "string") return undefined;
  return typeof right === "string" || typeof right === "number" ? left + String(right) : undefined;
}
