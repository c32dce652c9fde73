/** Whether code may run to its end, by the shape of its statements alone. */
import {
  isBlock,
  isDoStatement,
  isForStatement,
  isIfStatement,
  isLabeledStatement,
  isSwitchStatement,
  isTryStatement,
  isWhileStatement,
  isWithStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import { ownNodesOf } from "../helpers/nodes.ts";

/** Whether the end of a statement may be reached; calls are taken to return, and every `break` to be taken. */
export function mayRunOff(statement: Node): boolean {
  if (isBlock(statement)) return statement.statements.every(mayRunOff);
  if (isIfStatement(statement)) {
    return !statement.elseStatement || mayRunOff(statement.thenStatement) || mayRunOff(statement.elseStatement);
  }
  if (isTryStatement(statement)) {
    if (statement.finallyBlock && !mayRunOff(statement.finallyBlock)) return false;
    return mayRunOff(statement.tryBlock) || (statement.catchClause ? mayRunOff(statement.catchClause.block) : false);
  }
  if (isSwitchStatement(statement)) {
    const { clauses } = statement.caseBlock;
    if (!clauses.some(({ kind }) => kind === SyntaxKind.DefaultClause) || hasBreak(statement)) return true;
    return clauses.at(-1)?.statements.every(mayRunOff) ?? true;
  }
  if (isLabeledStatement(statement) || isWithStatement(statement))
    return mayRunOff(statement.statement) || hasBreak(statement);
  if (isEndless(statement)) return hasBreak(statement);
  return !ENDS.has(statement.kind);
}

const ENDS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ReturnStatement, SyntaxKind.ThrowStatement]);

function isEndless(statement: Node): boolean {
  if (isForStatement(statement)) return statement.condition === undefined;
  if (!isWhileStatement(statement) && !isDoStatement(statement)) return false;
  return statement.expression.kind === SyntaxKind.TrueKeyword;
}

function hasBreak(statement: Node): boolean {
  for (const node of ownNodesOf(statement)) if (node.kind === SyntaxKind.BreakStatement) return true;
  return false;
}
