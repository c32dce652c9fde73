/** Assignments to names that nothing declares: which of them make a value that one function alone uses. */
import { flowRootOf, isInside, isTarget, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isClassLikeDeclaration,
  isExpression,
  isExpressionStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isFunctionLikeDeclaration,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isStringLiteral,
  isVariableDeclaration,
  isWhileStatement,
  SyntaxKind,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { declaredNames } from "./declared-names.ts";
import { isAnyModule } from "./modules.ts";

/** Whether a function has given the name a value of its own above a use of it, so that the use asks about that value. */
export function isWrittenAbove(use: Identifier, writes: readonly Identifier[]): boolean {
  return writes.some(write => isAbove(write, use));
}

function isAbove(write: Identifier, use: Identifier): boolean {
  const root = flowRootOf(write);
  const { parent } = write;
  // `a = a || {}` asks about the value that was there before.
  const from = isBinaryExpression(parent) ? parent.end : write.end;
  return use.pos >= from && isInside(use, root) && root.kind !== SyntaxKind.SourceFile;
}

/** `name = value`, and no `name += value` or `name++`, which read it first. */
export function isPlainWrite(use: Identifier): boolean {
  if (!isTarget(use)) return false;
  const { parent } = use;
  if (isPrefixUnaryExpression(parent) || isPostfixUnaryExpression(parent)) return false;
  return !isBinaryExpression(parent) || parent.operatorToken.kind === SyntaxKind.EqualsToken;
}

/** The first write of each function that uses the name as if it were its own; none where the value goes from one to another. */
export function ownWrites(pass: Pass, uses: readonly Identifier[]): readonly Identifier[] {
  const written = uses.find(use => isTarget(use));
  if (!written) return [];
  const root = flowRootOf(written);
  if (root === pass.file.sourceFile) return [];
  if (uses.every(use => isInside(use, root))) return [written];
  const writes = uses.filter(isPlainWrite);
  if (uses.some(use => !writes.includes(use) && !isWrittenAbove(use, writes))) return [];
  return writes.filter((write, index) => !writes.slice(0, index).some(earlier => isInside(write, flowRootOf(earlier))));
}

/** Whether something says that no other script reads what is written: the file is a module, a loop counts with it, … */
export function isSurelyOwn(pass: Pass, written: Identifier, uses: readonly Identifier[]): boolean {
  if (isAnyModule(pass) || isOfLoop(written)) return true;
  const root = flowRootOf(written);
  const isRead = uses.some(use => !isTarget(use) && isInside(use, root) && use.pos > written.pos);
  return isRead && (isStrict(written) || isLocalElsewhere(pass, written.text));
}

/** A name that other functions of the file declare for themselves, and more than once, is hardly that of a global. */
function isLocalElsewhere(pass: Pass, name: string): boolean {
  const { sourceFile } = pass.file;
  const locals = declaredNames(pass.scopes(), sourceFile).filter(each => each.name === name);
  return (
    locals.length > 1 && locals.some(({ at }) => isVariableDeclaration(at.parent) && flowRootOf(at) !== sourceFile)
  );
}

/** Strict code cannot make a global: assigning one throws. */
function isStrict(node: Node): boolean {
  for (let at = node as Node | undefined; at; at = at.parent) {
    if (isClassLikeDeclaration(at)) return true;
    if (isFunctionLikeDeclaration(at) && at.body && hasDirective(at.body)) return true;
    if (at.kind === SyntaxKind.SourceFile && hasDirective(at)) return true;
  }
  return false;
}

function hasDirective(owner: Node): boolean {
  const { statements } = owner as Node & { readonly statements?: readonly Node[] };
  const first = statements?.[0];
  return first !== undefined && isExpressionStatement(first) && isStringLiteral(first.expression)
    ? first.expression.text === "use strict"
    : false;
}

/** `for (i = 0; …)`, `for (key in object)`, `while (match = next())`: what a loop counts with is no one else's. */
function isOfLoop(written: Identifier): boolean {
  let at: Node = written;
  while (isExpression(at.parent) && !isArrowFunction(at.parent)) at = at.parent;
  const { parent } = at;
  if (isForStatement(parent)) return parent.initializer === at || parent.condition === at;
  if (isForInStatement(parent) || isForOfStatement(parent)) return parent.initializer === at;
  return isWhileStatement(parent) && parent.expression === at;
}
