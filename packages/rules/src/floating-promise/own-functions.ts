/** What the function that is called says of its promise where its type does not: that it is one, and what it is for. */
import { functionOf, isAsyncFunction, unwrapped, type Ask, type TypeChecker } from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionLikeDeclaration,
  isNewExpression,
  isReturnStatement,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

/** An async function that calls itself or what has no types has no type either, and gives a promise all the same. */
export function* isOfAsyncFunction(checker: TypeChecker, call: Expression): Ask<boolean> {
  return isCallExpression(call) && (yield* isAsyncFunction(checker, call.expression));
}

/** `delay(100)` of `const delay = ms => new Promise(resolve => setTimeout(resolve, ms))`: to be waited for is all it is for. */
export function* pauseIn(checker: TypeChecker, expression: Expression): Ask<Node | undefined> {
  const call = unwrapped(expression);
  if (!isCallExpression(call) || call.arguments.length > 1) return undefined;
  const fn = yield* functionOf(checker, call.expression);
  const made = fn && onlyResult(fn);
  if (!made || !isNewExpression(made) || made.expression.getText() !== "Promise") return undefined;
  return isTimer(made.arguments?.[0]) ? made : undefined;
}

/** What a function gives back that does nothing else. */
function onlyResult({ body }: FunctionLikeDeclaration): Node | undefined {
  if (!body || !isBlock(body)) return body && unwrapped(body);
  const [only, ...more] = body.statements;
  if (!only || more.length > 0) return undefined;
  if (isReturnStatement(only)) return only.expression && unwrapped(only.expression);
  return isExpressionStatement(only) ? unwrapped(only.expression) : undefined;
}

function isTimer(executor: Expression | undefined): boolean {
  const fn = executor && unwrapped(executor);
  if (!fn || !isFunctionLikeDeclaration(fn)) return false;
  const call = onlyResult(fn);
  const resolve = fn.parameters[0]?.name.getText();
  if (!call || !isCallExpression(call) || call.expression.getText() !== "setTimeout") return false;
  return resolve !== undefined && call.arguments[0]?.getText() === resolve;
}
