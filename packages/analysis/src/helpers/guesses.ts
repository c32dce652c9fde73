/** Types that JavaScript's inference takes from one value of a variable, which may hold others. */
import { TypeFlags } from "@review/program";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAsExpression,
  isAwaitExpression,
  isBindingElement,
  isBindingPattern,
  isCallExpression,
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type CallExpression,
  type ElementAccessExpression,
  type Expression,
  type Node,
  type ParameterDeclaration,
  type PropertyAccessExpression,
  type VariableDeclaration,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { functionOf } from "./functions.ts";
import { isWritten, scopeOf, usesOf } from "./locals.ts";
import { unwrapped, wrapped } from "./nodes.ts";
import { isUncertain } from "./types.ts";

/**
 * Whether the type of an expression in a JavaScript file is that of one value among several: it starts at a parameter
 * that has its type from a default, at a name that is written again, or at what such a name gives to a constant or to a
 * callback (`names.map(each => each.title)`). Types in doc comments are no guesses.
 */
export function* isGuess(checker: TypeChecker, node: Node): Ask<boolean> {
  return yield* startsAtGuess(checker, node, DEEPEST);
}

/** Constants and callbacks between an expression and the name that its type is from. */
const DEEPEST = 4;

function* startsAtGuess(checker: TypeChecker, node: Node, depth: number): Ask<boolean> {
  if (yield* isReachedByGuess(checker, node)) return true;
  const declaration = yield* originOf(checker, node);
  if (!declaration) return false;
  if (isPlaceholder(declaration)) return true;
  const isOwn = isVariableDeclaration(declaration) ? isWrittenAgain(declaration) : hasDefaultOnly(declaration);
  if (isOwn || depth === 0 || !JAVASCRIPT.test(declaration.getSourceFile().fileName)) return isOwn;
  if (isParameterDeclaration(declaration)) return yield* takesGuess(checker, declaration, depth - 1);
  const value = isVariableDeclaration(declaration) && !declaration.type ? declaration.initializer : undefined;
  return value !== undefined && (yield* givesGuess(checker, unwrapped(value), depth - 1));
}

/** Whether a step of the way to a value is a guess by itself, wherever the way starts. */
function* isReachedByGuess(checker: TypeChecker, node: Node): Ask<boolean> {
  if (isThisOfOptions(node) || (yield* isKeyedBySymbol(checker, node))) return true;
  return yield* isOfNamepath(checker, node);
}

/** `computed: { url() { return this.base } }`: what calls the functions of a group of options has its own `this` for them. */
function isThisOfOptions(node: Node): boolean {
  let root = unwrapped(node);
  while (isStep(root)) root = unwrapped(root.expression);
  if (root.kind !== SyntaxKind.ThisKeyword) return false;
  let at: Node | undefined = root;
  while (at && !(isFunctionLikeDeclaration(at) && !isArrowFunction(at))) at = at.parent;
  const member = at && (isObjectLiteralExpression(at.parent) ? at : at.parent);
  const literal = member?.parent;
  return literal !== undefined && isObjectLiteralExpression(literal) && isPropertyAssignment(wrapped(literal).parent);
}

function* takesGuess(checker: TypeChecker, parameter: ParameterDeclaration, depth: number): Ask<boolean> {
  const { name, type, parent: fn } = parameter;
  if (!type && isIdentifier(name) && usesOf(fn, name.text).some(isWritten)) return true;
  const giver = giverOf(parameter);
  return giver !== undefined && (yield* startsAtGuess(checker, giver, depth));
}

/** `@param {[[Type]]} added` is what an editor writes where nobody has said a type yet; to the compiler it is a tuple. */
function isPlaceholder(declaration: Node): boolean {
  return isParameterDeclaration(declaration) && declaration.type?.getText() === "[[Type]]";
}

/**
 * `this[kIndex]`: in JavaScript a symbol that comes from `require` is any symbol, and the type that of any member that the object
 * has under one.
 */
function* isKeyedBySymbol(checker: TypeChecker, node: Node): Ask<boolean> {
  for (let at = unwrapped(node); isStep(at); at = unwrapped(at.expression)) {
    if (!isElementAccessExpression(at) || !isIdentifier(at.argumentExpression)) continue;
    if (!JAVASCRIPT.test(at.getSourceFile().fileName)) return false;
    if ((yield* checker.typeOf(at.argumentExpression)).flags & TypeFlags.ESSymbolLike) return true;
  }
  return false;
}

/** `@returns {Component~Size}` is a type inside of `Component` to JSDoc, and `Component` itself to the compiler. */
function* isOfNamepath(checker: TypeChecker, node: Node): Ask<boolean> {
  for (let at = unwrapped(node); isStep(at); at = unwrapped(at.expression)) {
    const fn = isCallExpression(at) ? yield* functionOf(checker, at.expression) : undefined;
    const text = fn?.type?.getSourceFile().text;
    if (fn?.type && text && (text[fn.type.end] === "~" || text[fn.type.end] === "#")) return true;
  }
  return false;
}

function isStep(node: Node): node is CallExpression | ElementAccessExpression | PropertyAccessExpression {
  return isCallExpression(node) || isPropertyAccessExpression(node) || isElementAccessExpression(node);
}

const JAVASCRIPT = /\.[cm]?jsx?$/;

/** The object whose method calls a function back: `names` of `names.map(each => …)`. */
function giverOf({ parent: fn, type }: ParameterDeclaration): Node | undefined {
  const call = wrapped(fn).parent;
  if (type || !isCallExpression(call) || !isPropertyAccessExpression(call.expression)) return undefined;
  return call.arguments[0] === wrapped(fn) ? call.expression.expression : undefined;
}

/** Without a check nobody hears that no signature of `reduce` fits, and the first one has the type. */
function* givesGuess(checker: TypeChecker, value: Node, depth: number): Ask<boolean> {
  if (isAwaitExpression(value)) return yield* givesGuess(checker, unwrapped(value.expression), depth);
  if (isCallExpression(value) && isPropertyAccessExpression(value.expression)) {
    if (REDUCERS.has(value.expression.name.text) && value.arguments.length > 1) return true;
  }
  for (const part of isArrayLiteralExpression(value) ? value.elements : [value]) {
    if (yield* startsAtGuess(checker, part, depth)) return true;
  }
  return false;
}

const REDUCERS: ReadonlySet<string> = new Set(["reduce", "reduceRight"]);

/**
 * Whether an expression starts at a name with a type, or at what a function with one gives: in JavaScript a doc comment
 * says so, which nobody checks.
 */
export function* isClaimed(checker: TypeChecker, node: Node): Ask<boolean> {
  if (yield* hasClaimedMember(checker, node)) return true;
  const origin = yield* originOf(checker, node);
  if (origin && isVariableDeclaration(origin)) return yield* isClaimedVariable(checker, origin);
  for (let at = origin; at; at = at.parent) {
    if (isParameterDeclaration(at)) return at.type !== undefined;
    if (!isBindingElement(at) && !isBindingPattern(at)) return false;
  }
  return false;
}

/** `meta.path`, where a doc comment of a class of JavaScript says what `path` is. */
function* hasClaimedMember(checker: TypeChecker, node: Node): Ask<boolean> {
  for (let at = unwrapped(node); isStep(at); at = unwrapped(at.expression)) {
    if (!isPropertyAccessExpression(at) || isCallExpression(at.parent)) continue;
    const symbol = yield* checker.symbolOf(at.name);
    const member = symbol && (yield* checker.declarationOf(symbol));
    if (member && isPropertyDeclaration(member) && hasClaim(member)) return true;
  }
  return false;
}

function* isClaimedVariable(checker: TypeChecker, declaration: VariableDeclaration): Ask<boolean> {
  if (declaration.type !== undefined || !declaration.initializer) return hasClaim(declaration);
  const value = unwrapped(declaration.initializer);
  if (yield* hasClaimedMember(checker, value)) return true;
  const call = isAwaitExpression(value) ? unwrapped(value.expression) : value;
  const fn = isCallExpression(call) ? yield* functionOf(checker, call.expression) : undefined;
  return fn !== undefined && hasClaim(fn);
}

function hasClaim(declaration: Node & { readonly type?: Node | undefined }): boolean {
  return declaration.type !== undefined && JAVASCRIPT.test(declaration.getSourceFile().fileName);
}

/** The declaration of the name that a chain of members and calls starts with. */
function* originOf(checker: TypeChecker, node: Node): Ask<Node | undefined> {
  let root = unwrapped(node);
  while (isStep(root)) root = unwrapped(root.expression);
  if (!isIdentifier(root)) return undefined;
  const symbol = yield* checker.symbolOf(root);
  return symbol && (yield* checker.declarationOf(symbol));
}

/** Whether the type of a name is only what a check found out of something unknown, as in a `catch` clause. */
export function* isNarrowedFromUnknown(checker: TypeChecker, node: Node): Ask<boolean> {
  const name = unwrapped(node);
  const symbol = isIdentifier(name) ? yield* checker.symbolOf(name) : undefined;
  if (!symbol) return false;
  if (isUncertain(yield* checker.typeOfSymbol(symbol))) return true;
  const declaration = yield* checker.declarationOf(symbol);
  const { initializer } = (declaration ?? {}) as { readonly initializer?: Expression };
  return initializer !== undefined && isAsExpression(initializer)
    ? isUncertain(yield* checker.typeOf(initializer.expression))
    : false;
}

function isWrittenAgain(declaration: VariableDeclaration): boolean {
  const isConst = (declaration.parent.flags & NodeFlags.BlockScoped) === NodeFlags.Const;
  if (isConst || declaration.type || !isIdentifier(declaration.name)) return false;
  return usesOf(scopeOf(declaration), declaration.name.text).some(isWritten);
}

/** A parameter, or a name in one's pattern, with a default on the way to it and no type. */
function hasDefaultOnly(declaration: Node): boolean {
  let hasDefault = false;
  for (let at = declaration as Node | undefined; at; at = at.parent) {
    if (isParameterDeclaration(at)) return !at.type && (hasDefault || at.initializer !== undefined);
    if (isBindingElement(at)) hasDefault ||= at.initializer !== undefined;
    else if (!isBindingPattern(at)) return false;
  }
  return false;
}
