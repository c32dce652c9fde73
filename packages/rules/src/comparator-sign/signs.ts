/** The signs that a number may have, as far as an expression shows. */
import {
  asMethodCall,
  fixedLocalOf,
  hasOnlyFlags,
  isGlobal,
  literalValue,
  memberName,
  unwrapped,
  type Ask,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** A set of signs, as bits. What is no number counts as zero, as it does in a sort. */
export const NEGATIVE = 1;
export const ZERO = 2;
export const POSITIVE = 4;
const ANY = NEGATIVE | ZERO | POSITIVE;
const NOT_NEGATIVE = ZERO | POSITIVE;

/** How many locals are followed to their values. */
const LONGEST_CHAIN = 3;

/** The signs that the value of an expression may have; all of them where it does not show. */
export function* signsOf(checker: TypeChecker, node: Expression, chain = 0): Ask<number> {
  const expression = unwrapped(node) as Expression;
  const literal = literalValue(expression);
  if (literal !== undefined) return signOf(Number(literal));
  if (isPrefixUnaryExpression(expression))
    return yield* ofPrefix(checker, expression.operator, expression.operand, chain);
  if (isConditionalExpression(expression)) {
    const whenTrue = yield* signsOf(checker, expression.whenTrue, chain);
    return whenTrue === ANY ? ANY : whenTrue | (yield* signsOf(checker, expression.whenFalse, chain));
  }
  if (isBinaryExpression(expression)) return yield* ofBinary(checker, expression, chain);
  if (isCallExpression(expression)) return yield* ofCall(checker, expression, chain);
  if (memberName(expression) === "length") return NOT_NEGATIVE;
  if (isIdentifier(expression) && chain < LONGEST_CHAIN) {
    const local = yield* fixedLocalOf(checker, expression);
    if (local) return yield* signsOf(checker, local.value, chain + 1);
  }
  return yield* ofType(checker, expression);
}

function signOf(value: number): number {
  return value < 0 ? NEGATIVE : value > 0 ? POSITIVE : ZERO;
}

function* ofPrefix(checker: TypeChecker, operator: SyntaxKind, operand: Expression, chain: number): Ask<number> {
  if (operator === SyntaxKind.ExclamationToken) return NOT_NEGATIVE;
  const signs = yield* signsOf(checker, operand, chain);
  if (operator === SyntaxKind.PlusToken) return signs;
  return operator === SyntaxKind.MinusToken ? flipped(signs) : ANY;
}

function flipped(signs: number): number {
  return (signs & ZERO) | (signs & NEGATIVE ? POSITIVE : 0) | (signs & POSITIVE ? NEGATIVE : 0);
}

function* ofBinary(checker: TypeChecker, expression: BinaryExpression, chain: number): Ask<number> {
  const { kind } = expression.operatorToken;
  if (RELATIONS.has(kind)) return NOT_NEGATIVE;
  if (!COMBINATIONS.has(kind)) return ANY;
  const right = yield* signsOf(checker, expression.right, chain);
  if (kind === SyntaxKind.AmpersandAmpersandToken) return right | ZERO;
  if (kind === SyntaxKind.CommaToken || kind === SyntaxKind.EqualsToken || right === ANY) return right;
  const left = yield* signsOf(checker, expression.left, chain);
  switch (kind) {
    case SyntaxKind.BarBarToken:
      return (left & ~ZERO) | right;
    case SyntaxKind.QuestionQuestionToken:
      return left | right;
    case SyntaxKind.PlusToken:
      return left === right && left !== (NEGATIVE | POSITIVE) ? left : ANY;
    default:
      return product(left, right);
  }
}

function product(left: number, right: number): number {
  const zero = (left | right) & ZERO;
  const positive = (left & POSITIVE && right & POSITIVE) || (left & NEGATIVE && right & NEGATIVE) ? POSITIVE : 0;
  const negative = (left & POSITIVE && right & NEGATIVE) || (left & NEGATIVE && right & POSITIVE) ? NEGATIVE : 0;
  return zero | positive | negative;
}

const COMBINATIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.CommaToken,
  SyntaxKind.EqualsToken,
  SyntaxKind.PlusToken,
  SyntaxKind.AsteriskToken,
]);

/** Operators that answer a boolean. */
export const RELATIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InKeyword,
  SyntaxKind.InstanceOfKeyword,
]);

function* ofCall(checker: TypeChecker, call: CallExpression, chain: number): Ask<number> {
  const method = asMethodCall(call);
  const [first] = call.arguments;
  if (first && !method && call.arguments.length === 1 && (yield* isGlobal(checker, call.expression, "Number"))) {
    return yield* signsOf(checker, first, chain);
  }
  if (method?.name === "abs" && (yield* isGlobal(checker, method.object, "Math"))) return NOT_NEGATIVE;
  return yield* ofType(checker, call);
}

/** Whether every value that an expression may have is a boolean. */
export function* isBoolean(checker: TypeChecker, node: Expression): Ask<boolean> {
  return yield* hasOnlyFlags(checker, yield* checker.typeOf(node), TypeFlags.BooleanLike);
}

function* ofType(checker: TypeChecker, node: Node): Ask<number> {
  const type = yield* checker.typeOf(node);
  let signs = 0;
  for (const part of yield* checker.partsOf(type)) signs |= ofPart(part);
  return signs;
}

function ofPart(part: Type): number {
  if (part.flags & (TypeFlags.Nullable | TypeFlags.Void)) return ZERO;
  if (part.flags & TypeFlags.BooleanLike) return NOT_NEGATIVE;
  return part.isNumberLiteralType() ? signOf(part.value) : ANY;
}
