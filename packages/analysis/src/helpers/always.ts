/** Code that runs whenever the code around it does. */
import { isBinaryExpression, isFunctionLikeDeclaration, SyntaxKind, type Node } from "@review/program/syntax";
import { LOGICAL } from "./operators.ts";

/** Whether no condition decides whether a part of a block runs; the test of a branch always does. */
export function isAlways(node: Node, block: Node): boolean {
  for (let at = node; at.parent !== block; at = at.parent) {
    const { parent } = at;
    if (isFunctionLikeDeclaration(parent)) return false;
    if (isBinaryExpression(parent) && parent.right === at && LOGICAL.has(parent.operatorToken.kind)) return false;
    const isTest = (parent as Node & { expression?: Node }).expression === at;
    if (BRANCHING.has(parent.kind) && !isTest) return false;
  }
  return true;
}

const BRANCHING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.IfStatement, SyntaxKind.ConditionalExpression, SyntaxKind.SwitchStatement, SyntaxKind.TryStatement],
  ...[SyntaxKind.WhileStatement, SyntaxKind.ForStatement, SyntaxKind.ForOfStatement, SyntaxKind.ForInStatement],
  SyntaxKind.CatchClause,
]);
