/** The numbers that an expression can be: what the language's own functions answer, carried through arithmetic. */
import {
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { literalValue } from "./constants.ts";
import { fixedLocalOf } from "./locals.ts";
import { asMethodCall, builtinOf, isGlobal, memberName } from "./names.ts";
import { unwrapped } from "./nodes.ts";
import {
  countRange,
  differenceOf,
  ELEMENTS,
  integers,
  largestOf,
  MATH,
  METHODS,
  numbers,
  productOf,
  remainderOf,
  rounded,
  smallestOf,
  SIZED,
  sumOf,
  unless,
  type NumberRange,
} from "./range-tables.ts";

export type { NumberRange } from "./range-tables.ts";

/** How many locals and operators are followed from an expression to the functions that bound it. */
const DEEPEST = 6;

/**
 * The range of an expression's values, where functions and properties of the language or its operators bound it;
 * undefined where nothing does. A literal is the range of its one value; names of other constants are not looked up,
 * since they are often settings that may be given another value.
 */
export function* rangeOf(checker: TypeChecker, node: Node, depth: number = DEEPEST): Ask<NumberRange | undefined> {
  const expression = unwrapped(node);
  if (depth === 0) return undefined;
  const literal = literalValue(expression);
  if (literal !== undefined) return typeof literal === "number" ? numbers(literal, literal) : undefined;
  if (isCallExpression(expression)) return yield* rangeOfCall(checker, expression, depth);
  if (isBinaryExpression(expression)) {
    const operator = expression.operatorToken.kind;
    return yield* rangeOfOperation(checker, operator, expression.left, expression.right, depth);
  }
  if (isPrefixUnaryExpression(expression)) {
    return expression.operator === SyntaxKind.TildeToken ? integers(-(2 ** 31), 2 ** 31 - 1) : undefined;
  }
  if (isPropertyAccessExpression(expression)) {
    return yield* rangeOfCount(checker, expression.expression, expression.name.text, depth);
  }
  if (isElementAccessExpression(expression)) return yield* rangeOfElement(checker, expression);
  return isIdentifier(expression) ? yield* rangeOfName(checker, expression, depth) : undefined;
}

function* rangeOfName(checker: TypeChecker, name: Node, depth: number): Ask<NumberRange | undefined> {
  const local = yield* fixedLocalOf(checker, name);
  if (local) {
    // A named literal is a setting, see above.
    return literalValue(local.value) === undefined ? yield* rangeOf(checker, local.value, depth - 1) : undefined;
  }
  const symbol = yield* checker.symbolOf(name);
  const binding = symbol?.declarations.length === 1 ? yield* checker.declarationOf(symbol) : undefined;
  if (!binding || !isBindingElement(binding) || binding.dotDotDotToken || binding.initializer) return undefined;
  const variable = binding.parent.parent;
  const key = binding.propertyName ?? binding.name;
  if (!isVariableDeclaration(variable) || !variable.initializer || !key || !isIdentifier(key)) return undefined;
  const isConst = (variable.parent.flags & NodeFlags.BlockScoped) === NodeFlags.Const;
  if (!isConst || !isObjectBindingPattern(binding.parent)) return undefined;
  return yield* rangeOfCount(checker, variable.initializer, key.text, depth);
}

/** The range of `length` or `size` of an object. */
function* rangeOfCount(
  checker: TypeChecker,
  object: Expression,
  name: string,
  depth: number,
): Ask<NumberRange | undefined> {
  const owners = SIZED.get(name);
  if (!owners) return undefined;
  const owner = yield* builtinOf(checker, object);
  if (owner === undefined || !owners.has(owner)) return undefined;
  const value = unwrapped(object);
  if (owner === "Array" && isCallExpression(value)) return yield* pieceCount(checker, value);
  const local = isIdentifier(value) && depth > 1 ? yield* fixedLocalOf(checker, value) : undefined;
  const pieces = local && unwrapped(local.value);
  const isConst = local && (local.declaration.parent.flags & NodeFlags.BlockScoped) === NodeFlags.Const;
  // An array may be emptied after it was made: only an unused one in between would be known, so that stays unbounded.
  return pieces && isConst && isCallExpression(pieces) && (yield* isUnchanged(checker, value))
    ? yield* pieceCount(checker, pieces)
    : countRange;
}

/** The number of pieces that `split` makes: one at least, unless an empty text is cut between its characters. */
function* pieceCount(checker: TypeChecker, call: CallExpression): Ask<NumberRange> {
  const method = asMethodCall(call);
  if (method?.name !== "split" || (yield* builtinOf(checker, method.object)) !== "String") return countRange;
  const [separator, limit] = call.arguments;
  if (separator && cutsEmptyText(separator)) return countRange;
  if (!limit) return { ...countRange, min: 1 };
  const most = literalValue(limit);
  return typeof most === "number" && most >= 1 ? integers(1, Math.floor(most)) : countRange;
}
