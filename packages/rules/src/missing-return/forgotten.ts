/** Calls that stand alone at the end of a function that returns such results elsewhere. */
import {
  asMethodCall,
  enclosingFunction,
  isOnlyEnd,
  nodesOf,
  returnedBy,
  unwrapped,
  wrapped,
  type Scopes,
} from "@review/analysis";
import {
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isReturnStatement,
  type CallExpression,
  type ExpressionStatement,
  type Node,
} from "@review/program/syntax";

/**
 * Another call of the same function whose result is returned, as all others of the file are; undefined where the
 * function returns results of another kind, or goes on behind the statement. Where one more way just ends,
 * `return report(…)` elsewhere only is a short form of leaving.
 */
export function otherReturn(scopes: Scopes, statement: ExpressionStatement): Node | undefined {
  const call = unwrapped(statement.expression);
  const fn = enclosingFunction(statement);
  if (!fn?.body || !isCallExpression(call) || !isOfModule(scopes, call) || !isOnlyEnd(statement)) return undefined;
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
