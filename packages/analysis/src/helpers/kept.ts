/** What a use of a local may do with the object that it holds. */
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isPropertyAccessExpression,
  SyntaxKind,
  type Identifier,
} from "@review/program/syntax";
import { asMethodCall } from "./names.ts";
import { isCondition, wrapped } from "./nodes.ts";

/**
 * Whether a use cannot keep the object: it reads or writes a member, tests, compares, spreads, or looks it up. A method
 * of a user's own class may hand `this` on.
 */
export function keepsNothing(use: Identifier, methodsAreHarmless: boolean): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) {
    const isCalled = isCallExpression(parent.parent) && parent.parent.expression === parent;
    return parent.expression === outer && (methodsAreHarmless || !isCalled);
  }
  if (isCallExpression(parent)) return LOOKUPS.has(asMethodCall(parent)?.name ?? "");
  if (isForOfStatement(parent)) return parent.expression === outer;
  if (isBinaryExpression(parent)) return COMPARED_BY.has(parent.operatorToken.kind);
  return COPIES.has(parent.kind) || isCondition(outer);
}

const COMPARED_BY: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InstanceOfKeyword,
  SyntaxKind.InKeyword,
]);

const COPIES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.SpreadElement,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.TypeOfExpression,
  SyntaxKind.TemplateSpan,
]);

/** Methods of collections that look for an object and do not keep it. */
const LOOKUPS: ReadonlySet<string> = new Set(["has", "get", "delete", "includes", "indexOf", "lastIndexOf"]);
