/** Calls that stand alone at the end of a function that returns such results elsewhere. */
import {
  asMethodCall,
  enclosingFunction,
  leavesFunction,
  nodesOf,
  returnedBy,
  unwrapped,
  wrapped,
  type Scopes,
} from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isCatchClause,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  isTryStatement,
  type CallExpression,
  type ExpressionStatement,
  type Node,
  type TryStatement,
} from "@review/program/syntax";

/**
 * Another call of the same function whose result is returned, as all others of the file are; undefined where the
 * function returns results of another kind, or goes on behind the statement.
 */
export function otherReturn(scopes: Scopes, statement: ExpressionStatement): Node | undefined {
  const call = unwrapped(statement.expression);
  const fn = enclosingFunction(statement);
  if (!fn?.body || !isCallExpression(call) || !isOfModule(scopes, call) || !isLast(statement)) return undefined;
  const owner = asMethodCall(call)?.object.getText();
  const results = returnedBy(fn).map(unwrapped);
  if (
    results.length === 0 ||
    !results.every(each => isCallExpression(each) && asMethodCall(each)?.object.getText() === owner)
  )
    return undefined;
  const name = call.expression.getText();
  const others = [...nodesOf(statement.getSourceFile())].filter(
    (node): node is CallExpression => node !== call && isCallExpression(node) && node.expression.getText() === name,
  );
  return others.some(other => isExpressionStatement(wrapped(other).parent))
    ? undefined
    : others.find(other => isReturnStatement(wrapped(other).parent));
}

/** `Result.fail(…)` of something imported: a method of an object may be called for what it does. */
function isOfModule(scopes: Scopes, call: CallExpression): boolean {
  const object = asMethodCall(call)?.object;
  return object !== undefined && isIdentifier(object) && scopes.variableOf(object)?.kind === "import";
}

/**
 * Whether the function is left behind a statement, and behind no other that returns nothing: where one more way just
 * ends, `return report(…)` elsewhere only is a short form of leaving.
 */
function isLast(statement: Node): boolean {
  let at = statement;
  for (; at.parent && !isFunctionLikeDeclaration(at.parent); at = at.parent) {
    if (isBlock(at.parent) ? at.parent.statements.at(-1) !== at : !leavesBeside(at)) return false;
  }
  return true;
}

/** Whether what may run in place of a part of a statement leaves the function. */
function leavesBeside(part: Node): boolean {
  const { parent } = part;
  if (isIfStatement(parent)) return leaves(part === parent.thenStatement ? parent.elseStatement : parent.thenStatement);
  if (isCatchClause(parent)) return leaves((parent.parent as TryStatement).tryBlock);
  if (!isTryStatement(parent)) return false;
  return parent.catchClause === undefined || part !== parent.tryBlock || leaves(parent.catchClause.block);
}

export function leaves(node: Node | undefined): boolean {
  if (!node) return false;
  if (isBlock(node)) return leaves(node.statements.at(-1));
  if (isIfStatement(node)) return leaves(node.thenStatement) && leaves(node.elseStatement);
  if (isTryStatement(node)) return leaves(node.tryBlock) && (!node.catchClause || leaves(node.catchClause.block));
  return leavesFunction(node);
}
