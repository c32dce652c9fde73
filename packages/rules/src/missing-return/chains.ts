/** Methods that return `this`, so that calls can be chained, and on one way nothing. */
import { enclosingFunction, isAsync, ownNodesOf, returnedBy, unwrapped } from "@review/analysis";
import {
  isArrowFunction,
  isReturnStatement,
  SyntaxKind,
  type Node,
  type ReturnStatement,
} from "@review/program/syntax";

/** The `return this` of the function that a bare `return` leaves; undefined where it also returns anything else. */
export function chainedReturn(statement: ReturnStatement): Node | undefined {
  if (statement.expression) return undefined;
  const fn = enclosingFunction(statement);
  if (!fn || isArrowFunction(fn) || isAsync(fn) || fn.asteriskToken) return undefined;
  const returned = returnedBy(fn);
  const isChain = returned.length > 0 && returned.every(each => unwrapped(each).kind === SyntaxKind.ThisKeyword);
  return isChain && endsWithReturn(fn) ? returned.at(-1) : undefined;
}

/** A function that falls off its end on purpose returns nothing there either. */
function endsWithReturn(fn: Node & { readonly body?: Node }): boolean {
  const { statements } = (fn.body ?? {}) as { statements?: readonly Node[] };
  const last = statements?.at(-1);
  return (
    last !== undefined &&
    isReturnStatement(last) &&
    [...ownNodesOf(last)].some(node => node.kind === SyntaxKind.ThisKeyword)
  );
}
