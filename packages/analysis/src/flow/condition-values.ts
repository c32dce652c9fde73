/** What a value can still be, and what an assignment of a literal says of it. */
import {
  isBinaryExpression,
  isIdentifier,
  isNumericLiteral,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import { unwrapped, wrapped } from "../helpers/nodes.ts";

/** What a value can still be: bits. */
export const TRUTHY = 1;
export const FALSY = 2;
export const NULLISH = 4;
export const ANYTHING: number = TRUTHY | FALSY | NULLISH;

/** What a variable or member can be after it has been written at a place; `ANYTHING` where the code does not say. */
export function valuesWritten(target: Node): number {
  const outer = wrapped(target);
  const { parent } = outer;
  if (isBinaryExpression(parent)) {
    const isAssigned = parent.left === outer && parent.operatorToken.kind === SyntaxKind.EqualsToken;
    return isAssigned ? valuesOfLiteral(parent.right) : ANYTHING;
  }
  if (!isVariableDeclaration(parent) || parent.name !== target) return ANYTHING;
  if (parent.initializer) return valuesOfLiteral(parent.initializer);
  // Without a value it is undefined, unless a loop gives it one.
  return parent.parent.parent.kind === SyntaxKind.VariableStatement ? NULLISH : ANYTHING;
}

function valuesOfLiteral(expression: Node): number {
  const bare = unwrapped(expression);
  if (isNull(bare)) return NULLISH;
  if (bare.kind === SyntaxKind.FalseKeyword) return FALSY;
  if (isStringLiteralLikeNode(bare)) return bare.text === "" ? FALSY : TRUTHY;
  if (isNumericLiteral(bare)) return Number(bare.text) === 0 ? FALSY : TRUTHY;
  return OBJECTS.has(bare.kind) ? TRUTHY : ANYTHING;
}

const OBJECTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.TrueKeyword,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.RegularExpressionLiteral,
]);

/** `null`, or `undefined` by its name. */
export function isNull(node: Node): boolean {
  const bare = unwrapped(node);
  return bare.kind === SyntaxKind.NullKeyword || (isIdentifier(bare) && bare.text === "undefined");
}
