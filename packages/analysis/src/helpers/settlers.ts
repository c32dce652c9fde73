/** The functions that settle a promise: those that an executor gets, and those of `Promise.withResolvers()`. */
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isObjectBindingPattern,
  isVariableDeclaration,
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
  type ObjectBindingPattern,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { scopesOf, type Variable } from "../flow/scope.ts";
import { asMethodCall, isGlobal } from "./names.ts";
import { unwrapped, wrapped } from "./nodes.ts";

/** An executor, with the names of what it settles its promise by. */
export interface Executor {
  readonly fn: FunctionLikeDeclaration;
  /** `resolve`, and `reject` if it takes it. */
  readonly settlers: readonly Variable[];
}

/**
 * The executor of `new Promise(…)`: written in place, or the local function that is named. Undefined where it takes its
 * parameters apart, writes them, or is nobody's.
 */
export function* executorOf(checker: TypeChecker, made: NewExpression): Ask<Executor | undefined> {
  const [first] = made.arguments ?? [];
  const fn = first && localFunction(first);
  if (!fn?.body || fn.parameters.length === 0) return undefined;
  const scopes = scopesOf(fn.getSourceFile());
  const settlers: Variable[] = [];
  for (const { name, dotDotDotToken } of fn.parameters.slice(0, 2)) {
    const variable = scopes.variableOf(name);
    if (!variable || dotDotDotToken || isWrittenAgain(variable)) return undefined;
    settlers.push(variable);
  }
  return (yield* isGlobal(checker, made.expression, "Promise")) ? { fn, settlers } : undefined;
}

function localFunction(expression: Node): FunctionLikeDeclaration | undefined {
  const bare = unwrapped(expression);
  if (isFunctionLikeDeclaration(bare)) return bare;
  const variable = isIdentifier(bare) ? scopesOf(bare.getSourceFile()).variableOf(bare) : undefined;
  if (!variable || variable.declarations.length > 1 || isWrittenAgain(variable)) return undefined;
  const declaration = variable.declarations[0]?.parent;
  const value = declaration && isVariableDeclaration(declaration) ? declaration.initializer : declaration;
  const fn = value && unwrapped(value);
  return fn && isFunctionLikeDeclaration(fn) ? fn : undefined;
}

function isWrittenAgain({ references }: Variable): boolean {
  return references.some(({ isWritten }) => isWritten);
}

/** What `const { promise, resolve, reject } = Promise.withResolvers()` names. */
export interface Resolvers {
  readonly promise: Variable | undefined;
  readonly settlers: readonly Variable[];
}

/** Undefined where the parts are not all names of their own. */
export function* resolversOf(checker: TypeChecker, call: CallExpression): Ask<Resolvers | undefined> {
  const { parent } = wrapped(call);
  if (!isVariableDeclaration(parent) || !isObjectBindingPattern(parent.name)) return undefined;
  const parts = partsOf(parent.name);
  if (!parts || !(yield* makesResolvers(checker, call))) return undefined;
  const settlers = [parts.get("resolve"), parts.get("reject")].filter(each => each !== undefined);
  return { promise: parts.get("promise"), settlers };
}

/** Whether a call is `Promise.withResolvers()`. */
export function* makesResolvers(checker: TypeChecker, call: CallExpression): Ask<boolean> {
  const method = asMethodCall(call);
  return method?.name === "withResolvers" && (yield* isGlobal(checker, method.object, "Promise"));
}

/** The variables of a pattern by the names of the members that they get. */
function partsOf(pattern: ObjectBindingPattern): ReadonlyMap<string, Variable> | undefined {
  const scopes = scopesOf(pattern.getSourceFile());
  const named = new Map<string, Variable>();
  for (const { name, propertyName, dotDotDotToken } of pattern.elements) {
    const variable = name && scopes.variableOf(name);
    if (!variable || dotDotDotToken || isWrittenAgain(variable)) return undefined;
    named.set((propertyName ?? name).getText(), variable);
  }
  return named;
}

/** Whether a call is `Promise.withResolvers()`, as far as its syntax says. */
export function mayMakeResolvers(node: Node): node is CallExpression {
  return isCallExpression(node) && asMethodCall(node)?.name === "withResolvers";
}
