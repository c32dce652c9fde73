/** The first parameter of an async reducer, which is a promise from the second round on, whatever is known of its type. */
import { asMethodCall, isAsync, nodesOf, unwrapped, wrapped, type Pass } from "@review/analysis";
import {
  isAwaitExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isParameterDeclaration,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

/**
 * The parameter that a name means, as in `list.reduce(async (all, each) => ({ ...all }), Promise.resolve({}))`. Libraries that wait for
 * what a reducer gives have one of that name, too; so the reduction has to start with a promise, or the reducer to await the parameter.
 */
export function accumulatorOf(pass: Pass, value: Expression): Node | undefined {
  const variable = isIdentifier(value) ? pass.scopes().variableOf(value) : undefined;
  const parameter = variable?.declarations[0]?.parent;
  if (!variable || !parameter || !isParameterDeclaration(parameter)) return undefined;
  const { parent: fn } = parameter;
  if (!isReducer(fn, parameter) || variable.references.some(({ isWritten }) => isWritten)) return undefined;
  return startsWithPromise(fn) || isAwaitedIn(fn, variable.name) ? parameter : undefined;
}

function isReducer(fn: Node, parameter: Node): fn is FunctionLikeDeclaration {
  if (!isFunctionLikeDeclaration(fn) || !isAsync(fn)) return false;
  return fn.parameters[0] === parameter && reductionAround(fn)[0] === wrapped(fn);
}

function reductionAround(fn: FunctionLikeDeclaration): readonly Expression[] {
  const { parent } = wrapped(fn);
  const isReduction = isCallExpression(parent) && /^reduce(?:Right)?$/.test(asMethodCall(parent)?.name ?? "");
  return isReduction ? parent.arguments : [];
}

function startsWithPromise(fn: FunctionLikeDeclaration): boolean {
  const [, start] = reductionAround(fn);
  const call = start && unwrapped(start);
  return call !== undefined && isCallExpression(call) && call.expression.getText() === "Promise.resolve";
}

function isAwaitedIn(fn: FunctionLikeDeclaration, name: string): boolean {
  return [...nodesOf(fn)].some(node => isAwaitExpression(node) && unwrapped(node.expression).getText() === name);
}
