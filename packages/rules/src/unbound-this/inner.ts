/** Functions inside of a method that say `this` and are called by their name alone, so that theirs is another. */
import { enclosingFunction, nodesOf, thisOwnerOf, wrapped, type Scopes, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionLikeDeclaration,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

export interface InnerThis {
  /** What the function is called by. */
  readonly name: Node;
  readonly use: Node;
  readonly call: Node;
}

/** The first `this` of a function that is only ever called plainly inside of a method that has a `this` itself. */
export function innerThis(scopes: Scopes, fn: FunctionLikeDeclaration): InnerThis | undefined {
  const variable = variableOf(scopes, fn);
  const method = enclosingFunction(fn);
  if (!variable || !method || !isMethod(method) || declaresOther(fn) || /^[A-Z]/.test(variable.name)) return undefined;
  const [use] = usesOfThis(fn);
  const call = use && plainCallOf(variable);
  if (!call || usesOfThis(method).length === 0) return undefined;
  const [name = use] = variable.declarations;
  return { name, use, call };
}

/** A generator, or a function that says what its `this` is. */
function declaresOther({ asteriskToken, parameters }: FunctionLikeDeclaration): boolean {
  return asteriskToken !== undefined || parameters.some(({ name }) => name.getText() === "this");
}

/** A call by the name alone, if the name is used for nothing else. */
function plainCallOf({ references }: Variable): Node | undefined {
  const names = references.map(({ node }) => wrapped(node));
  return references.every(({ isWritten }) => !isWritten) && names.every(isPlainCall) ? names[0]?.parent : undefined;
}

function variableOf(scopes: Scopes, fn: FunctionLikeDeclaration): Variable | undefined {
  if (isFunctionDeclaration(fn)) return fn.name && scopes.variableOf(fn.name);
  if (!isFunctionExpression(fn)) return undefined;
  const { parent } = wrapped(fn);
  return isVariableDeclaration(parent) && parent.initializer === fn ? scopes.variableOf(parent.name) : undefined;
}

/** A method of a class or object, or a function that is kept in a member. */
function isMethod(fn: FunctionLikeDeclaration): boolean {
  if (isMethodDeclaration(fn) || fn.kind === SyntaxKind.Constructor) return true;
  if (!isFunctionExpression(fn)) return false;
  const { parent } = fn;
  return isBinaryExpression(parent) && parent.right === fn && isPropertyAccessExpression(parent.left);
}

function usesOfThis(fn: FunctionLikeDeclaration): readonly Node[] {
  return [...nodesOf(fn)].filter(node => node.kind === SyntaxKind.ThisKeyword && thisOwnerOf(node) === fn);
}

function isPlainCall(name: Node): boolean {
  return isCallExpression(name.parent) && name.parent.expression === name && !isFunctionLikeDeclaration(name.parent);
}
