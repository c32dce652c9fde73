/** Where functions end: what leaves them, and what stands last in them. */
import {
  isBlock,
  isCatchClause,
  isFunctionLikeDeclaration,
  isIfStatement,
  isReturnStatement,
  isThrowStatement,
  isTryStatement,
  type Block,
  type Node,
  type TryStatement,
} from "@review/program/syntax";

/** Whether a statement, or the last one of a block, leaves the function. */
export function leavesFunction(statement: Node): boolean {
  const last = isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (isReturnStatement(last) || isThrowStatement(last));
}

/** Whether control never passes the end of a statement, since each of its branches leaves the function. */
export function alwaysLeaves(node: Node | undefined): boolean {
  if (!node) return false;
  if (isBlock(node)) return alwaysLeaves(node.statements.at(-1));
  if (isIfStatement(node)) return alwaysLeaves(node.thenStatement) && alwaysLeaves(node.elseStatement);
  if (isTryStatement(node))
    return alwaysLeaves(node.tryBlock) && (!node.catchClause || alwaysLeaves(node.catchClause.block));
  return leavesFunction(node);
}

/** Whether the function is left behind a statement, and behind no other that returns nothing. */
export function isOnlyEnd(statement: Node): boolean {
  let at = statement;
  for (; at.parent && !isFunctionLikeDeclaration(at.parent); at = at.parent) {
    if (isBlock(at.parent) ? at.parent.statements.at(-1) !== at : !leavesBeside(at)) return false;
  }
  return true;
}

/** Whether what may run in place of a part of a statement leaves the function. */
function leavesBeside(part: Node): boolean {
  const { parent } = part;
  if (isIfStatement(parent))
    return alwaysLeaves(part === parent.thenStatement ? parent.elseStatement : parent.thenStatement);
  if (isCatchClause(parent)) return alwaysLeaves((parent.parent as TryStatement).tryBlock);
  if (!isTryStatement(parent)) return false;
  return parent.catchClause === undefined || part !== parent.tryBlock || alwaysLeaves(parent.catchClause.block);
}

/** The block that holds all that a function does: its body, or what stands alone in that in a block or a `try` with `finally` only. */
export function mainBlockOf(body: Node | undefined): Block | undefined {
  if (!body || !isBlock(body)) return undefined;
  const [only, ...others] = body.statements;
  if (!only || others.length > 0) return body;
  const inner = isTryStatement(only) && !only.catchClause ? only.tryBlock : only;
  return isBlock(inner) ? mainBlockOf(inner) : body;
}
