/** The functions that arrays are sorted by, and what those compare. */
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";
import { nodesOf } from "../walk.ts";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { usesOf } from "./locals.ts";
import { asMethodCall, builtinOf } from "./names.ts";
import { mentions, unwrapped, wrapped } from "./nodes.ts";
import { isSameCode } from "./tokens.ts";

/** The array call that gets a comparator as its argument: `xs.sort(f)`, `xs.toSorted(f)`. */
export function* isArraySort(checker: TypeChecker, call: CallExpression): Ask<boolean> {
  const method = asMethodCall(call);
  if (!method || (method.name !== "sort" && method.name !== "toSorted")) return false;
  return (yield* builtinOf(checker, method.object))?.endsWith("Array") ?? false;
}

/** Whether an array is sorted by a function: it is written as the argument, or its name is, in the same file. */
export function* isComparator(checker: TypeChecker, fn: FunctionLikeDeclaration): Ask<boolean> {
  const outer = wrapped(fn);
  const holder = isVariableDeclaration(outer.parent) ? outer.parent : fn;
  const { name } = holder as Node & { name?: Node };
  const places = name && isIdentifier(name) ? [outer, ...usesOf(fn.getSourceFile(), name.text)] : [outer];
  for (const place of places) {
    const { parent } = wrapped(place);
    if (isCallExpression(parent) && parent.arguments[0] === wrapped(place) && (yield* isArraySort(checker, parent))) {
      return true;
    }
  }
  return false;
}

/** The two sides of what a comparator of these parameters compares, where both are the same code of an element. */
export function comparedWithItself(fn: FunctionLikeDeclaration, node: Node): boolean {
  const sides = sidesOf(node);
  if (!sides || !isOfElement(fn, sides[0])) return false;
  return isSameCode(sides[0], sides[1], node.getSourceFile());
}

const COMPARES = /^(?:localeCompare|compare\w*|cmp|collate)$/i;

/** Equality is left out: `x !== x` looks for NaN. */
const ORDERS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.MinusToken,
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
]);

function sidesOf(node: Node): readonly [Expression, Expression] | undefined {
  if (isCallExpression(node)) return sidesOfCall(node);
  return isBinaryExpression(node) && ORDERS.has(node.operatorToken.kind) ? [node.left, node.right] : undefined;
}

function sidesOfCall(call: CallExpression): readonly [Expression, Expression] | undefined {
  const [first, second] = call.arguments;
  const method = asMethodCall(call);
  if (method?.name === "localeCompare" && first) return [method.object, first];
  const callee = unwrapped(call.expression);
  const name = method?.name ?? (isIdentifier(callee) ? callee.text : "");
  return first && second && COMPARES.test(name) ? [first, second] : undefined;
}

function isOfElement(fn: FunctionLikeDeclaration, side: Expression): boolean {
  return fn.parameters.some(({ name }) => {
    for (const node of nodesOf(name)) if (isIdentifier(node) && mentions(side, node.text)) return true;
    return false;
  });
}
