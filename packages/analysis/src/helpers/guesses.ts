/** Types that JavaScript's inference takes from one value of a variable, which may hold others. */
import {
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  NodeFlags,
  type Node,
  type VariableDeclaration,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { isWritten, scopeOf, usesOf } from "./locals.ts";
import { unwrapped } from "./nodes.ts";

/**
 * Whether the type of an expression in a JavaScript file is that of one value among several: it starts at a parameter
 * that has its type from a default, or at a variable that is written again. Types in doc comments are no guesses.
 */
export function* isGuess(checker: TypeChecker, node: Node): Ask<boolean> {
  let root = unwrapped(node);
  while (isCallExpression(root) || isPropertyAccessExpression(root) || isElementAccessExpression(root)) {
    root = unwrapped(root.expression);
  }
  if (!isIdentifier(root)) return false;
  const symbol = yield* checker.symbolOf(root);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  if (!declaration) return false;
  if (isVariableDeclaration(declaration)) return isWrittenAgain(declaration);
  return hasDefaultOnly(declaration);
}

function isWrittenAgain(declaration: VariableDeclaration): boolean {
  const isConst = (declaration.parent.flags & NodeFlags.BlockScoped) === NodeFlags.Const;
  if (isConst || declaration.type || !isIdentifier(declaration.name)) return false;
  return usesOf(scopeOf(declaration), declaration.name.text).some(isWritten);
}

/** A parameter, or a name in one's pattern, with a default on the way to it and no type. */
function hasDefaultOnly(declaration: Node): boolean {
  let hasDefault = false;
  for (let at = declaration; at.parent; at = at.parent) {
    if (isParameterDeclaration(at)) return !at.type && (hasDefault || at.initializer !== undefined);
    if (isBindingElement(at)) hasDefault ||= at.initializer !== undefined;
    else if (!("elements" in at)) return false;
  }
  return false;
}
