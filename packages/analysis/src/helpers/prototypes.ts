/** Methods of classes that are written as functions with prototypes, of which the compiler infers nothing. */
import {
  isArrowFunction,
  isBinaryExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";
import { nodesOf } from "../walk.ts";
import { perFile } from "./per-file.ts";
import { unwrapped } from "./nodes.ts";

/**
 * The function that `this.name` means in a function that is itself a method of a prototype: `Type.prototype.name = …`,
 * if the file has one of the name for that type.
 */
export function prototypeMethodOf(callee: Node): FunctionLikeDeclaration | undefined {
  if (!isPropertyAccessExpression(callee) || callee.expression.kind !== SyntaxKind.ThisKeyword) return undefined;
  const owner = ownerOf(callee);
  const found = owner === undefined ? undefined : methodsOf(callee.getSourceFile()).get(`${owner}.${callee.name.text}`);
  return found ?? undefined;
}

/** The type whose prototype has the function that a `this` belongs to. */
function ownerOf(node: Node): string | undefined {
  for (let at = node; at.parent; at = at.parent) {
    if (!isFunctionLikeDeclaration(at) || isArrowFunction(at)) continue;
    return isBinaryExpression(at.parent) ? memberOf(at.parent.left)?.owner : undefined;
  }
  return undefined;
}

/** `Type` and `name` of `Type.prototype.name`. */
function memberOf(target: Node): { readonly owner: string; readonly name: string } | undefined {
  if (!isPropertyAccessExpression(target)) return undefined;
  const prototype = unwrapped(target.expression);
  if (!isPropertyAccessExpression(prototype) || prototype.name.text !== "prototype") return undefined;
  return isIdentifier(prototype.expression) ? { owner: prototype.expression.text, name: target.name.text } : undefined;
}

/** By type and name; null where several are assigned. */
const methodsOf = perFile((file): ReadonlyMap<string, FunctionLikeDeclaration | null> => {
  const methods = new Map<string, FunctionLikeDeclaration | null>();
  for (const node of nodesOf(file)) {
    if (!isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.EqualsToken) continue;
    const member = memberOf(node.left);
    if (!member) continue;
    const key = `${member.owner}.${member.name}`;
    const value = unwrapped(node.right);
    methods.set(key, methods.has(key) || !isFunctionLikeDeclaration(value) ? null : value);
  }
  return methods;
});
