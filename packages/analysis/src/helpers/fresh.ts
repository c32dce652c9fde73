/** Values that come into being where they are written, so that nothing else can hold them yet. */
import {
  isBlock,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isConditionalExpression,
  isConstructorDeclaration,
  isNewExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type ClassLikeDeclaration,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import { nodesOf } from "../walk.ts";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { functionOf, returnedBy } from "./functions.ts";
import { asMethodCall, builtinOf, isGlobal } from "./names.ts";
import { isAsync, ownNodesOf, unwrapped } from "./nodes.ts";
import { builtinName, isUncertain } from "./types.ts";

const LITERALS: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.ObjectLiteralExpression, "object"],
  [SyntaxKind.ArrayLiteralExpression, "array"],
  [SyntaxKind.RegularExpressionLiteral, "regular expression"],
  [SyntaxKind.ArrowFunction, "function"],
  [SyntaxKind.FunctionExpression, "function"],
  [SyntaxKind.ClassExpression, "class"],
  [SyntaxKind.JsxElement, "element"],
  [SyntaxKind.JsxSelfClosingElement, "element"],
  [SyntaxKind.JsxFragment, "element"],
]);

/** Methods of builtins that make a new object at every call, with what they make. */
const MAKERS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["Array", of("array", "map filter slice concat flat flatMap toSorted toReversed toSpliced with")],
  ["ReadonlyArray", of("array", "map filter slice concat flat flatMap toSorted toReversed toSpliced with")],
  ["String", of("array", "split")],
]);

const STATIC_MAKERS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["Array", of("array", "from of")],
  [
    "Object",
    new Map([...of("array", "keys values entries getOwnPropertyNames"), ...of("object", "fromEntries create")]),
  ],
  ["Buffer", of("buffer", "from alloc concat")],
]);

/** Static methods of `Object` that give back their first argument. */
const HANDS_BACK: ReadonlySet<string> = new Set(["assign", "freeze", "seal", "defineProperty", "defineProperties"]);

function of(what: string, names: string): ReadonlyMap<string, string> {
  return new Map(names.split(" ").map(name => [name, what]));
}

/** Whether `freshKindOf` can answer anything for an expression, by its syntax alone. */
export function mayBeFresh(node: Node): boolean {
  const { kind } = unwrapped(node);
  return (
    LITERALS.has(kind) ||
    kind === SyntaxKind.NewExpression ||
    kind === SyntaxKind.CallExpression ||
    kind === SyntaxKind.ConditionalExpression
  );
}

/**
 * What kind of new object every evaluation of an expression makes, as a noun: "array", "object", "function", "`Date`".
 * Undefined where it may be an old object or a primitive, and where a constructor may have told others of it.
 */
export function* freshKindOf(checker: TypeChecker, node: Node): Ask<string | undefined> {
  const expression = unwrapped(node);
  const literal = LITERALS.get(expression.kind);
  if (literal !== undefined) return literal;
  if (isNewExpression(expression)) return yield* instanceKind(checker, expression);
  if (isCallExpression(expression)) return yield* resultKind(checker, expression);
  if (!isConditionalExpression(expression)) return undefined;
  const kind = yield* freshKindOf(checker, expression.whenTrue);
  return kind === undefined ? undefined : (yield* freshKindOf(checker, expression.whenFalse)) && kind;
}

function* instanceKind(checker: TypeChecker, expression: NewExpression): Ask<string | undefined> {
  const type = yield* checker.typeOf(expression);
  if (isUncertain(type)) return undefined;
  const builtin = yield* builtinName(checker, type);
  if (builtin !== undefined) return `\`${builtin}\``;
  const symbol = yield* checker.symbolOfType(type);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  if (!symbol || !declaration || !(isClassDeclaration(declaration) || isClassExpression(declaration))) return undefined;
  return sharesItself(declaration) ? undefined : `\`${symbol.name}\``;
}

/** Whether the constructor of a class may return another object or hand `this` on; a base class always may. */
function sharesItself(declaration: ClassLikeDeclaration): boolean {
  if (declaration.heritageClauses?.some(clause => clause.token === SyntaxKind.ExtendsKeyword)) return true;
  for (const member of declaration.members) {
    if (!isConstructorDeclaration(member) && member.kind !== SyntaxKind.PropertyDeclaration) continue;
    for (const node of nodesOf(member)) {
      if (node.kind === SyntaxKind.ThisKeyword && !isMemberOwner(node)) return true;
    }
    if (isConstructorDeclaration(member) && (!member.body || returnedBy(member).length > 0)) return true;
  }
  return declaration.getSourceFile().isDeclarationFile;
}

function isMemberOwner(node: Node): boolean {
  const { parent } = node;
  if (!isPropertyAccessExpression(parent)) return parent.kind === SyntaxKind.ElementAccessExpression;
  return !isCallExpression(parent.parent) || parent.parent.expression !== parent;
}

function* resultKind(checker: TypeChecker, call: CallExpression): Ask<string | undefined> {
  const method = asMethodCall(call);
  const noun = method && (yield* builtinResult(checker, call, method.object, method.name));
  if (noun !== undefined) return noun;
  if (!method && (yield* isGlobal(checker, call.expression, "structuredClone"))) return "object";
  if (method?.name === "fill") return (yield* isNewArray(checker, method.object)) ? "array" : undefined;
  const callee = yield* functionOf(checker, call.expression);
  return callee && (yield* madeBy(checker, callee));
}

function* builtinResult(
  checker: TypeChecker,
  call: CallExpression,
  object: Expression,
  name: string,
): Ask<string | undefined> {
  for (const [owner, makers] of STATIC_MAKERS) {
    const noun = makers.get(name);
    if (noun !== undefined && (yield* isGlobal(checker, object, owner))) return noun;
  }
  if (HANDS_BACK.has(name) && (yield* isGlobal(checker, object, "Object"))) {
    const [first] = call.arguments;
    return first && (yield* freshKindOf(checker, first));
  }
  if (name === "bind") return (yield* isFunction(checker, object)) ? "function" : undefined;
  if (![...MAKERS.values()].some(makers => makers.has(name))) return undefined;
  return MAKERS.get((yield* builtinOf(checker, object)) ?? "")?.get(name);
}

/** `new Array(10).fill(0)` is what it fills. */
function* isNewArray(checker: TypeChecker, object: Expression): Ask<boolean> {
  return isNewExpression(unwrapped(object)) && (yield* builtinOf(checker, object)) === "Array";
}

function* isFunction(checker: TypeChecker, object: Expression): Ask<boolean> {
  const type = yield* checker.typeOf(object);
  return !isUncertain(type) && (yield* checker.callSignaturesOf(type)).length > 0;
}

/** What a function of the project makes at every call: it returns nothing but new values, on every way out. */
function* madeBy(checker: TypeChecker, fn: FunctionLikeDeclaration): Ask<string | undefined> {
  if (isAsync(fn)) return "promise";
  if (fn.asteriskToken) return "generator";
  if (mayReturnNothing(fn)) return undefined;
  let kind: string | undefined;
  for (const value of returnedBy(fn)) {
    const bare = unwrapped(value);
    kind = LITERALS.get(bare.kind) ?? (isNewExpression(bare) ? yield* instanceKind(checker, bare) : undefined);
    if (kind === undefined) return undefined;
  }
  return kind;
}

/** Whether a function may end without a value: its last statement is no way out, or a `return` is bare. */
function mayReturnNothing(fn: FunctionLikeDeclaration): boolean {
  if (!fn.body || !isBlock(fn.body)) return false;
  const last = fn.body.statements.at(-1)?.kind;
  return (last !== SyntaxKind.ReturnStatement && last !== SyntaxKind.ThrowStatement) || returnsNothing(fn.body);
}

function returnsNothing(body: Node): boolean {
  for (const node of ownNodesOf(body)) {
    if (node.kind === SyntaxKind.ReturnStatement && !(node as Node & { expression?: Node }).expression) return true;
  }
  return false;
}
