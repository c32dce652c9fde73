/** Callbacks of `some`, `filter` and their like that decide without the element, and of `forEach` that act without it. */
import {
  asMethodCall,
  literalValue,
  mayHaveEffects,
  nodesOf,
  onlyExpressionOf,
  unwrapped,
  type Scopes,
} from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type ArrowFunction,
  type CallExpression,
  type FunctionExpression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
} from "@review/program/syntax";

export interface IgnoringCallback {
  readonly callback: Node;
  /** The element that is not looked at; undefined where the callback does not even take it. */
  readonly parameter: Identifier | undefined;
  readonly body: Node;
  readonly method: string;
}

const PREDICATES: ReadonlySet<string> = new Set("some every filter find findIndex findLast findLastIndex".split(" "));

/** Undefined where the callback looks at the element, its index, or something that changes from call to call. */
export function ignoringCallback(scopes: Scopes, call: CallExpression): IgnoringCallback | undefined {
  const method = asMethodCall(call)?.name ?? "";
  if (!PREDICATES.has(method) && method !== "forEach") return undefined;
  const callback = call.arguments.map(unwrapped).find(isCallback);
  if (!callback || takesMore(callback)) return undefined;
  const name = callback.parameters[0]?.name;
  if (name && (!isIdentifier(name) || isUsed(scopes, name))) return undefined;
  const body = bodyOf(method, callback, name);
  return body && { callback, parameter: name, body, method };
}

/** What is the same for every element; undefined where it may not be. */
function bodyOf(
  method: string,
  callback: FunctionLikeDeclaration,
  parameter: Identifier | undefined,
): Node | undefined {
  if (readsArguments(callback)) return undefined;
  return method === "forEach" ? action(callback, parameter) : decision(callback);
}

/** A generator, or a callback that takes the index as well. */
function takesMore({ asteriskToken, parameters }: FunctionLikeDeclaration): boolean {
  return asteriskToken !== undefined || parameters.length > 1;
}

function isCallback(node: Node): node is ArrowFunction | FunctionExpression {
  return isArrowFunction(node) || isFunctionExpression(node);
}

function isUsed(scopes: Scopes, name: Identifier): boolean {
  const variable = scopes.variableOf(name);
  return !variable || variable.references.length > 0;
}

function readsArguments(callback: Node): boolean {
  return [...nodesOf(callback)].some(node => isIdentifier(node) && node.text === "arguments");
}

/** What a predicate of one expression answers, if it is a value that stays the same. */
function decision(callback: FunctionLikeDeclaration): Node | undefined {
  const answer = onlyExpressionOf(callback);
  const bare = answer && unwrapped(answer);
  if (!bare || literalValue(bare) !== undefined || mayHaveEffects(bare)) return undefined;
  return [...nodesOf(bare)].some(isPropertyAccessExpression) ? answer : undefined;
}

/** The single call that `forEach` makes over and over with the arguments that it has from outside. */
function action(callback: FunctionLikeDeclaration, parameter: Identifier | undefined): Node | undefined {
  if (!parameter || parameter.text.startsWith("_")) return undefined;
  const only = onlyExpressionOf(callback);
  const call = only && unwrapped(only);
  if (!call || !isCallExpression(call) || call.arguments.length === 0) return undefined;
  return call.arguments.every(argument => isIdentifier(unwrapped(argument))) ? call : undefined;
}
