/** Methods that return `this`, so that calls can be chained, and on one way nothing. */
import { enclosingFunction, isAsync, mainBlockOf, ownNodesOf, returnedBy, unwrapped } from "@review/analysis";
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isNewExpression,
  isReturnStatement,
  SyntaxKind,
  type Node,
  type ReturnStatement,
} from "@review/program/syntax";

/** The `return this` of the function that a bare `return` leaves; undefined where it also returns anything else. */
export function chainedReturn(statement: ReturnStatement): Node | undefined {
  if (statement.expression || isToldBefore(statement)) return undefined;
  const fn = enclosingFunction(statement);
  if (!fn || isArrowFunction(fn) || isAsync(fn) || fn.asteriskToken) return undefined;
  const returned = returnedBy(fn);
  const isChain = returned.length > 0 && returned.every(each => unwrapped(each).kind === SyntaxKind.ThisKeyword);
  return isChain && endsWithReturn(fn) ? returned.at(-1) : undefined;
}

/** `callback(new Error("…"))` before the `return`: the caller hears of it another way. */
function isToldBefore(statement: ReturnStatement): boolean {
  const { parent } = statement;
  const before = isBlock(parent) ? parent.statements[parent.statements.indexOf(statement) - 1] : undefined;
  if (!before || !isExpressionStatement(before) || !isCallExpression(before.expression)) return false;
  return before.expression.arguments.some(argument => isNewExpression(unwrapped(argument)) || isErrorName(argument));
}

function isErrorName(argument: Node): boolean {
  return /^e(?:rr(?:or)?)?$/.test(argument.getText());
}

/** A function that falls off its end on purpose returns nothing there either. */
function endsWithReturn(fn: Node & { readonly body?: Node }): boolean {
  const last = mainBlockOf(fn.body)?.statements.at(-1);
  return (
    last !== undefined &&
    isReturnStatement(last) &&
    [...ownNodesOf(last)].some(node => node.kind === SyntaxKind.ThisKeyword)
  );
}
