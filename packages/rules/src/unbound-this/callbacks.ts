/** Function expressions that use `this` for the object of the method around them, and are called without one. */
import { asMethodCall, isInside, nodesOf, quoted, wrapped, type Ask, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type FunctionExpression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { isPrepared } from "./bound.ts";
import { lostCallOf, type LostCall } from "./calls.ts";
import { isMethodLike, ownerOfThis } from "./plain.ts";

/** `save() { write(data, function (error) { this.close(); }); }` */
export function* checkCallback(pass: Pass, fn: FunctionExpression): Ask<void> {
  const use = isTaken(fn) ? ownMember(fn) : undefined;
  const owner = use && ownerOfThis(fn);
  if (!use || !owner || !isOfObject(owner) || isPrepared(fn)) return;
  const known = memberOf(owner, fn, use.name.text);
  const lost = known && ((yield* lostCallOf(pass, fn, use.expression)) ?? ofErrorFirst(fn));
  if (!known || !lost) return;
  pass.report(use, {
    message: `${quoted(use, pass.file.sourceFile)} is not the method's: the function has a \`this\` of its own, and is called without an object.`,
    evidence: [
      { at: known, message: `Here \`${use.name.text}\` is a member of the method's object.` },
      { at: lost.at, message: lost.because },
    ],
    repair: "Make it an arrow function, which has the `this` of the method.",
  });
}

/** Whether a call takes the function that may well call it without an object. */
function isTaken(fn: FunctionExpression): boolean {
  const outer = wrapped(fn);
  const call = outer.parent;
  return isCallExpression(call) && call.expression !== outer && !GIVES_THIS.test(nameOf(call));
}

/** What takes an error first is called by whoever finished, and hardly as a method. */
function ofErrorFirst({ parameters: [first] }: FunctionExpression): LostCall | undefined {
  const isError = first && isIdentifier(first.name) && /^(?:err|error)$/.test(first.name.text);
  return isError
    ? { at: first, because: "A callback that takes an error first is called without an object." }
    : undefined;
}

/** Functions that call others as methods of something: events, iterations of libraries, tests. */
const GIVES_THIS =
  /^(?:on\w*|once|one|prepend\w*|addListener|each\w*|bind\w*|use|before\w*|after\w*|describe|it|test|call|apply|pre|post)$/;

function nameOf(call: Node): string {
  if (!isCallExpression(call)) return "";
  const method = asMethodCall(call);
  // A target of events calls its listeners as its own; the global one is no object of the program.
  if (method) return method.name === "addEventListener" ? "on" : method.name;
  return isIdentifier(call.expression) ? call.expression.text : "";
}

function isOfObject(owner: Node): boolean {
  if (owner.kind === SyntaxKind.Constructor) return true;
  return isFunctionLikeDeclaration(owner) && isMethodLike(owner);
}

function ownMember(fn: FunctionExpression): PropertyAccessExpression | undefined {
  for (const node of nodesOf(fn.body)) {
    if (!isPropertyAccessExpression(node) || node.expression.kind !== SyntaxKind.ThisKeyword) continue;
    if (ownerOfThis(node) === fn) return node;
  }
  return undefined;
}

/** What says that the object of the method has such a member: the class, the prototype, the method's own use of it. */
function memberOf(owner: Node, fn: Node, name: string): Node | undefined {
  const top = isClassLikeDeclaration(owner.parent) ? owner.parent : owner;
  for (const node of nodesOf(top)) {
    if (!isInside(node, fn) && (isMemberOfClass(node, top, name) || isUseIn(node, top, name))) return node;
  }
  return isClassLikeDeclaration(top) ? undefined : onPrototype(owner, name);
}

function isMemberOfClass(node: Node, top: Node, name: string): boolean {
  return isClassLikeDeclaration(top) && node.parent === top && nameOfMember(node) === name;
}

/** `this.name` in a method of the class, or in the method itself. */
function isUseIn(node: Node, top: Node, name: string): boolean {
  if (!isPropertyAccessExpression(node) || node.name.text !== name) return false;
  if (node.expression.kind !== SyntaxKind.ThisKeyword) return false;
  const user = ownerOfThis(node);
  return user === top || user?.parent === top;
}

function nameOfMember(member: Node): string | undefined {
  const { name } = member as Node & { readonly name?: Node };
  return name && isIdentifier(name) ? name.text : undefined;
}

/** `X.prototype.name = …` beside `X.prototype.method = function () { … }` */
function onPrototype(owner: Node, name: string): Node | undefined {
  const assignment = wrapped(owner).parent;
  if (!isBinaryExpression(assignment) || !isPropertyAccessExpression(assignment.left)) return undefined;
  const prototype = assignment.left.expression.getText();
  const file = assignment.getSourceFile();
  for (const node of nodesOf(file)) {
    if (!isPropertyAccessExpression(node) || node.name.text !== name) continue;
    if (isBinaryExpression(node.parent) && node.parent.left === node && node.expression.getText() === prototype)
      return node;
  }
  return undefined;
}
