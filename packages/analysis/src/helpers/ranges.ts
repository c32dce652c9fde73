/** The numbers that an expression can be: what the language's own functions answer, carried through arithmetic. */
import {
  isArrayBindingPattern,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isObjectBindingPattern,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
  isReturnStatement,
  isSpreadElement,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type BinaryExpression,
  type BindingElement,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { literalValue } from "./constants.ts";
import {
  ANY_NUMBER,
  differenceOf,
  hullOf,
  integers,
  numbers,
  orNaN,
  remainderOf,
  scaled,
  sumOf,
  type NumberRange,
} from "./intervals.ts";
import { functionOf, returnedBy } from "./functions.ts";
import { asFixedLocal, fixedLocalOf, scopeOf, usesOf, type FixedLocal } from "./locals.ts";
import { asMethodCall, builtinOf, isGlobal, memberName } from "./names.ts";
import { isAsync, unwrapped, wrapped } from "./nodes.ts";
import { CALCULATIONS, COUNT, ELEMENTS, INTEGER_32, METHODS, SIZED } from "./range-tables.ts";

/** How many locals, operators and calls are followed from an expression to what bounds it. */
const DEEPEST = 6;

/**
 * The range of an expression's values, where functions and properties of the language or its operators bound it;
 * undefined where nothing does. A literal is the range of its one value. Names of literals are not followed: they are
 * often settings, whose present value says nothing about the code.
 */
export function* rangeOf(checker: TypeChecker, node: Node, depth: number = DEEPEST): Ask<NumberRange | undefined> {
  const expression = unwrapped(node);
  if (depth === 0) return undefined;
  const literal = literalValue(expression);
  if (literal !== undefined) return typeof literal === "number" ? numbers(literal, literal) : undefined;
  if (isCallExpression(expression)) return yield* rangeOfCall(checker, expression, depth);
  if (isBinaryExpression(expression)) return yield* rangeOfOperation(checker, expression, depth);
  if (isIdentifier(expression)) return yield* rangeOfName(checker, expression, depth);
  if (!isPropertyAccessExpression(expression) && !isElementAccessExpression(expression)) return undefined;
  const name = memberName(expression);
  if (name !== undefined) return yield* rangeOfCount(checker, expression.expression, name);
  return ELEMENTS.get((yield* builtinOf(checker, expression.expression)) ?? "");
}

function* rangeOfCall(checker: TypeChecker, call: CallExpression, depth: number): Ask<NumberRange | undefined> {
  const method = asMethodCall(call);
  if (!method) return isIdentifier(call.expression) ? yield* rangeOfResult(checker, call.expression, depth) : undefined;
  const answer = METHODS.get(method.name);
  if (answer) return answer.owners.has((yield* builtinOf(checker, method.object)) ?? "") ? answer.range : undefined;
  const calculate = CALCULATIONS.get(method.name);
  if (!calculate || call.arguments.some(isSpreadElement)) return undefined;
  if (!(yield* isGlobal(checker, method.object, "Math"))) return undefined;
  const ranges: NumberRange[] = [];
  for (const argument of call.arguments) ranges.push((yield* rangeOf(checker, argument, depth - 1)) ?? ANY_NUMBER);
  return calculate(ranges);
}

/** The range of what a function of the project returns; undefined where one of its results has none. */
function* rangeOfResult(checker: TypeChecker, callee: Expression, depth: number): Ask<NumberRange | undefined> {
  const fn = yield* functionOf(checker, callee);
  if (!fn || isAsync(fn) || (fn as { asteriskToken?: Node }).asteriskToken) return undefined;
  const results = returnedBy(fn);
  // A function that returns literals alone may be a stub, or stand for a setting.
  if (results.every(result => literalValue(result) !== undefined)) return undefined;
  const ranges: NumberRange[] = [];
  for (const result of results) {
    const range = yield* rangeOf(checker, result, depth - 1);
    if (!range) return undefined;
    ranges.push(range);
  }
  return orNaN(ranges.reduce(hullOf));
}

function* rangeOfOperation(
  checker: TypeChecker,
  { left, operatorToken, right }: BinaryExpression,
  depth: number,
): Ask<NumberRange | undefined> {
  switch (operatorToken.kind) {
    case SyntaxKind.AmpersandToken:
      return masked(literalValue(right)) ?? masked(literalValue(left));
    case SyntaxKind.BarToken:
    case SyntaxKind.GreaterThanGreaterThanToken:
      // Only a number goes with a number; without one, both may be bigints.
      return typeof literalValue(right) === "number" ? INTEGER_32 : undefined;
    case SyntaxKind.GreaterThanGreaterThanGreaterThanToken:
      return integers(0, 2 ** 32 - 1);
    case SyntaxKind.PercentToken: {
      const divisor = literalValue(right);
      if (typeof divisor !== "number") return undefined;
      return remainderOf((yield* rangeOf(checker, left, depth - 1)) ?? ANY_NUMBER, numbers(divisor, divisor));
    }
    case SyntaxKind.PlusToken:
    case SyntaxKind.MinusToken:
    case SyntaxKind.AsteriskToken: {
      const ours = yield* rangeOf(checker, left, depth - 1);
      const theirs = ours && (yield* rangeOf(checker, right, depth - 1));
      return theirs && calculated(operatorToken.kind, ours, theirs);
    }
    default:
      return undefined;
  }
}

function masked(mask: unknown): NumberRange | undefined {
  return typeof mask === "number" && mask >= 0 && mask < 2 ** 31 ? integers(0, mask) : undefined;
}

function calculated(operator: SyntaxKind, left: NumberRange, right: NumberRange): NumberRange | undefined {
  if (operator === SyntaxKind.PlusToken) return sumOf(left, right);
  if (operator === SyntaxKind.MinusToken) return differenceOf(left, right);
  return scaled(left, right) ?? scaled(right, left);
}

/** The range of what a variable with one value was given, or of the `length` that was taken out of an object. */
function* rangeOfName(checker: TypeChecker, name: Node, depth: number): Ask<NumberRange | undefined> {
  const symbol = yield* checker.symbolOf(name);
  const declaration = symbol?.declarations.length === 1 ? yield* checker.declarationOf(symbol) : undefined;
  if (!declaration) return undefined;
  if (isBindingElement(declaration)) return yield* rangeOfBinding(checker, declaration);
  const value = isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  // To find out whether a variable is written again takes a search, which `let i = 0` need not cause.
  if (!value || literalValue(value) !== undefined) return undefined;
  const range = yield* rangeOf(checker, value, depth - 1);
  return range && asFixedLocal(declaration) ? range : undefined;
}

/** `const { length } = items` */
function* rangeOfBinding(checker: TypeChecker, binding: BindingElement): Ask<NumberRange | undefined> {
  const variable = binding.parent.parent;
  const key = binding.propertyName ?? binding.name;
  if (binding.initializer || !isObjectBindingPattern(binding.parent) || !key || !isIdentifier(key)) return undefined;
  if (!isVariableDeclaration(variable) || !variable.initializer) return undefined;
  const isConst = (variable.parent.flags & NodeFlags.BlockScoped) === NodeFlags.Const;
  return isConst ? yield* rangeOfCount(checker, variable.initializer, key.text) : undefined;
}

/** The range of a `length` or `size`. */
function* rangeOfCount(checker: TypeChecker, object: Expression, name: string): Ask<NumberRange | undefined> {
  const owners = SIZED.get(name);
  if (!owners?.has((yield* builtinOf(checker, object)) ?? "")) return undefined;
  const value = unwrapped(object);
  if (isCallExpression(value)) return yield* pieceCount(checker, value);
  const local = name === "length" && isIdentifier(value) ? yield* fixedLocalOf(checker, value) : undefined;
  const made = local && unwrapped(local.value);
  return made && isCallExpression(made) && isOnlyRead(local) ? yield* pieceCount(checker, made) : COUNT;
}

/** The number of pieces that `split` makes: one at least, unless it cuts an empty text between its characters. */
function* pieceCount(checker: TypeChecker, call: CallExpression): Ask<NumberRange> {
  const method = asMethodCall(call);
  if (method?.name !== "split" || (yield* builtinOf(checker, method.object)) !== "String") return COUNT;
  const [separator, limit] = call.arguments;
  const most = limit ? literalValue(limit) : Infinity;
  if ((separator && !keepsEmptyText(separator)) || typeof most !== "number" || most < 1) return COUNT;
  return integers(1, Math.floor(most));
}

function keepsEmptyText(separator: Expression): boolean {
  const value = literalValue(separator);
  if (typeof value === "string") return value !== "";
  const node = unwrapped(separator);
  if (!isRegularExpressionLiteral(node)) return false;
  const end = node.text.lastIndexOf("/");
  try {
    return !new RegExp(node.text.slice(1, end), node.text.slice(end + 1)).test("");
  } catch {
    return false;
  }
}

const SHRINKING: ReadonlySet<string> = new Set(["pop", "shift", "splice"]);

/** Whether an array stays as long as it was made: nothing takes from it, and nobody else gets it. */
function isOnlyRead({ declaration }: FixedLocal): boolean {
  return usesOf(scopeOf(declaration), declaration.name.text).every(isRead);
}

function isRead(use: Identifier): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent)) {
    if (SHRINKING.has(parent.name.text)) return false;
    return parent.name.text !== "length" || !isAssigned(parent);
  }
  if (isElementAccessExpression(parent)) return parent.expression === outer;
  if (isVariableDeclaration(parent)) return isArrayBindingPattern(parent.name);
  // Who gets it by `return` gets it after everything that is done with it here.
  return isForOfStatement(parent) || isSpreadElement(parent) || isReturnStatement(stepOut(outer).parent);
}

/** The whole of which an expression is one arm: `a ? b : c`. */
function stepOut(node: Node): Node {
  let outer = wrapped(node);
  while (isConditionalExpression(outer.parent) && outer.parent.condition !== outer) outer = wrapped(outer.parent);
  return outer;
}

function isAssigned(target: Node): boolean {
  const { parent } = wrapped(target);
  if (isBinaryExpression(parent)) return parent.left === target && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  return parent.kind === SyntaxKind.PostfixUnaryExpression || isPrefixUnaryExpression(parent);
}
