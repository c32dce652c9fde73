/** Functions inside of a method that use `this` and are called by their bare name. */
import { enclosingFunction, nodesOf, ownNodesOf, quoted, wrapped, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionExpression,
  isFunctionLikeDeclaration,
  isMethodDeclaration,
  isNewExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type FunctionDeclaration,
  type FunctionExpression,
  type FunctionLikeDeclaration,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { isPrepared } from "./bound.ts";

/** `read() { function end() { this.push(null); } end(); }`: a bare call gives no object. */
export function checkPlain(pass: Pass, fn: FunctionDeclaration): void {
  const use = fn.name && !isPrepared(fn) ? ownThis(fn) : undefined;
  if (!fn.name || !use) return;
  const owner = enclosingFunction(fn);
  const call = lostCallOfPlain(pass, fn, owner);
  if (call) reportPlain(pass, fn.name, { use, call, isInner: owner !== undefined });
  else if (!owner && isComponent(pass, fn)) reportComponent(pass, fn.name, use);
}

/** A bare call of a function in a method, or of one of the module's from a method. */
function lostCallOfPlain(
  pass: Pass,
  fn: FunctionDeclaration,
  owner: FunctionLikeDeclaration | undefined,
): Node | undefined {
  const calls = bareCalls(pass, fn) ?? [];
  if (!owner) return calls.find(isInMethod);
  return isMethodLike(owner) ? calls[0] : undefined;
}

interface LostThis {
  readonly use: Node;
  readonly call: Node;
  /** Whether the function stands in the method whose object it lacks. */
  readonly isInner: boolean;
}

function reportPlain(pass: Pass, name: Identifier, { use, call, isInner }: LostThis): void {
  pass.report(use, {
    message: `${quoted(use, pass.file.sourceFile)} is not the method's object: \`${name.text}()\` is called without one.`,
    evidence: [
      { at: name, message: "This function has a `this` of its own." },
      { at: call, message: "Here it is called by its bare name." },
    ],
    repair: isInner
      ? "Make it an arrow function, which has the `this` of the method."
      : "Pass the object as an argument, or call the function as `name.call(this, …)`.",
  });
}

/** Whether a call stands in a method, whose object the function was hardly meant to do without. */
function isInMethod(call: Node): boolean {
  const owner = ownerOfThis(call);
  return owner !== undefined && isFunctionLikeDeclaration(owner) && isMethodLike(owner);
}

/** A function with the name of a component that makes elements, and that nobody uses as a class. */
function isComponent(pass: Pass, { name, body }: FunctionDeclaration): boolean {
  if (pass.file.isChecked || !name || !body || !/^[A-Z]/.test(name.text)) return false;
  const references = pass.scopes().variableOf(name)?.references ?? [];
  const isClass = references.some(
    ({ node: { parent } }) => isNewExpression(parent) || isPropertyAccessExpression(parent),
  );
  return !isClass && [...ownNodesOf(body)].some(node => ELEMENTS.has(node.kind));
}

const ELEMENTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.JsxElement, SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxFragment],
]);

function reportComponent(pass: Pass, name: Node, use: Node): void {
  pass.report(use, {
    message: `${quoted(use, pass.file.sourceFile)} throws: a component that is a function is called without an object.`,
    evidence: [{ at: name, message: "This component is a function, not a class." }],
    repair: "Use the parameters of the function.",
  });
}

export function isMethodLike(owner: FunctionLikeDeclaration): boolean {
  if (isMethodDeclaration(owner)) return true;
  if (!isFunctionExpression(owner)) return false;
  const { parent } = wrapped(owner);
  return isBinaryExpression(parent) && isPropertyAccessExpression(parent.left);
}

/** A member of `this` that is read in the function itself, arrow functions included. */
export function ownThis(fn: FunctionDeclaration | FunctionExpression): PropertyAccessExpression | undefined {
  for (const node of fn.body ? nodesOf(fn.body) : []) {
    if (!isPropertyAccessExpression(node) || node.expression.kind !== SyntaxKind.ThisKeyword) continue;
    if (ownerOfThis(node) === fn) return node;
  }
  return undefined;
}

export function ownerOfThis(node: Node): Node | undefined {
  for (let at = node.parent as Node | undefined; at; at = at.parent) {
    if (isClassLikeDeclaration(at) || (isFunctionLikeDeclaration(at) && !isArrowFunction(at))) return at;
  }
  return undefined;
}

/** The calls of a function, if nothing else is done with it. */
function bareCalls(pass: Pass, { name }: FunctionDeclaration): readonly Node[] | undefined {
  const references = (name && pass.scopes().variableOf(name)?.references) ?? [];
  const calls = references.map(({ node }) => node.parent);
  const isBare = references.every(({ node }) => isCallExpression(node.parent) && node.parent.expression === node);
  return isBare ? calls : undefined;
}
