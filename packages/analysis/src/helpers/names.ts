/** What a name or a member stands for: a global, a module's member, a method of the language's library. */
import { SymbolFlags, TypeFlags, type Symbol, type Type } from "@review/program";
import {
  isCallExpression,
  isElementAccessExpression,
  isExportSpecifier,
  isExternalModuleReference,
  isIdentifier,
  isImportClause,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isImportSpecifier,
  isBindingElement,
  isNamespaceImport,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { isAccess, unwrapped } from "./nodes.ts";
import { builtinName, certainParts, isBuiltin } from "./types.ts";

/** Names under which the global object is known. */
export const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(["globalThis", "window", "self", "global"]);

/**
 * Whether an expression is the global `name`, also as `globalThis.name`, and not a user's own thing of that name. A
 * name that nobody declares counts: in JavaScript without types that is what a global looks like.
 */
export function* isGlobal(checker: TypeChecker, node: Node, name: string): Ask<boolean> {
  const expression = unwrapped(node);
  if (isAccess(expression)) {
    const object = unwrapped(expression.expression);
    if (memberName(expression) !== name || !isIdentifier(object) || !GLOBAL_OBJECTS.has(object.text)) return false;
    return yield* isGlobal(checker, object, object.text);
  }
  if (!isIdentifier(expression) || expression.text !== name) return false;
  const symbol = yield* checker.symbolOf(expression);
  return (
    symbol === undefined ||
    symbol.declarations.length === 0 ||
    (isBuiltin(symbol) && !(symbol.flags & SymbolFlags.Alias))
  );
}

/** The name of a member access, written `a.b`, `a?.b` or `a["b"]`; undefined where it is computed. */
export function memberName(node: Node): string | undefined {
  if (isPropertyAccessExpression(node)) return node.name.text;
  if (!isElementAccessExpression(node)) return undefined;
  const key = unwrapped(node.argumentExpression);
  return isStringLiteralLikeNode(key) ? key.text : undefined;
}

/** What stands for the symbol of a name or a member: `b` of `a.b` and `a["b"]`; undefined where it is computed. */
export function nameNodeOf(node: Node): Node | undefined {
  if (isPropertyAccessExpression(node)) return node.name;
  if (isIdentifier(node)) return node;
  return isElementAccessExpression(node) && memberName(node) !== undefined
    ? unwrapped(node.argumentExpression)
    : undefined;
}

/** A call of a member: `object.name(…)`. */
export interface MethodCall {
  readonly object: Expression;
  readonly name: string;
}

/** What was found of each call: many rules ask, and every look at a name decodes its text anew. */
const methodCalls = new WeakMap<CallExpression, MethodCall | null>();

/** The object and name of a call of a member, and undefined for any other call. */
export function asMethodCall(call: CallExpression): MethodCall | undefined {
  let found = methodCalls.get(call);
  if (found === undefined) {
    found = methodCallOf(call);
    methodCalls.set(call, found);
  }
  return found ?? undefined;
}

function methodCallOf(call: CallExpression): MethodCall | null {
  const callee = unwrapped(call.expression);
  if (!isAccess(callee)) return null;
  const name = memberName(callee);
  return name === undefined ? null : { object: callee.expression, name };
}

/**
 * The builtin that every possible value of an expression is: `Array`, `Map`, `String` for a primitive string.
 * Undefined where the values are uncertain, of several kinds or a user's own.
 */
export function* builtinOf(checker: TypeChecker, node: Node): Ask<string | undefined> {
  const parts = yield* certainParts(checker, yield* checker.typeOf(node));
  let found: string | undefined;
  for (const part of parts ?? []) {
    const name = yield* builtinOfPart(checker, part);
    if (name === undefined || (found !== undefined && found !== name)) return undefined;
    found = name;
  }
  return found;
}

/** The builtin that a type which is no union is. */
export function* builtinOfPart(checker: TypeChecker, part: Type): Ask<string | undefined> {
  return primitiveName(part) ?? ((yield* checker.isTuple(part)) ? "Array" : yield* builtinName(checker, part));
}

function primitiveName(type: Type): string | undefined {
  if (type.flags & TypeFlags.StringLike) return "String";
  return type.flags & TypeFlags.NumberLike ? "Number" : undefined;
}

/** A member of a module, as the module exports it; `default` and `*` (the module itself) are names too. */
export interface ModuleMember {
  /** The specifier as written, without `node:`; a path for a module of the project. */
  readonly module: string;
  readonly name: string;
}

/**
 * The module and name that an expression refers to, through imports, `require`, namespaces, destructuring and
 * re-exports: `readFile` of `fs` for `fs.promises.readFile` is `{ module: "fs", name: "promises.readFile" }`.
 */
export function* moduleMemberOf(checker: TypeChecker, node: Node): Ask<ModuleMember | undefined> {
  const expression = unwrapped(node);
  const required = requiredModule(expression);
  if (required !== undefined) return { module: required, name: "*" };
  if (isAccess(expression)) {
    const name = memberName(expression);
    const owner = name === undefined ? undefined : yield* moduleMemberOf(checker, expression.expression);
    return owner && name !== undefined ? memberOf(owner, name) : undefined;
  }
  if (!isIdentifier(expression)) return undefined;
  const symbol = yield* checker.symbolOf(expression);
  return symbol && (yield* memberOfSymbol(checker, symbol));
}

/** The longest chain of re-exports that is followed. */
const LONGEST_CHAIN = 10;

function* memberOfSymbol(checker: TypeChecker, symbol: Symbol): Ask<ModuleMember | undefined> {
  let found: ModuleMember | undefined;
  let at: Symbol | undefined = symbol;
  for (let step = 0; at && step < LONGEST_CHAIN; step++) {
    const [declaration]: readonly Node[] = yield* checker.declarationsOf(at);
    const member: ModuleMember | undefined = declaration && (yield* memberOfDeclaration(checker, declaration));
    // The innermost package wins: `export { readFile } from "fs"` in a file of the project means `fs`.
    if (!member) return found;
    found = found && isPathOf(member.module) ? found : member;
    at = at.flags & SymbolFlags.Alias && isPathOf(member.module) ? yield* checker.nextAliasOf(at) : undefined;
  }
  return found;
}

function isPathOf(module: string): boolean {
  return module.startsWith(".") || module.startsWith("/") || module.startsWith("#") || module.startsWith("@/");
}

function* memberOfDeclaration(checker: TypeChecker, declaration: Node): Ask<ModuleMember | undefined> {
  if (isVariableDeclaration(declaration)) {
    const initializer = declaration.initializer;
    return initializer && (yield* moduleMemberOf(checker, initializer));
  }
  if (isBindingElement(declaration)) return yield* memberOfBinding(checker, declaration);
  const module = specifierOf(declaration);
  if (module === undefined) return undefined;
  if (isImportSpecifier(declaration) || isExportSpecifier(declaration)) {
    return { module, name: (declaration.propertyName ?? declaration.name).text };
  }
  return { module, name: isImportClause(declaration) ? "default" : "*" };
}

function* memberOfBinding(checker: TypeChecker, declaration: Node): Ask<ModuleMember | undefined> {
  if (!isBindingElement(declaration) || declaration.dotDotDotToken) return undefined;
  const key = declaration.propertyName ?? declaration.name;
  const variable = declaration.parent.parent;
  if (!key || !isIdentifier(key) || !isVariableDeclaration(variable) || !variable.initializer) return undefined;
  const owner = yield* moduleMemberOf(checker, variable.initializer);
  return owner && memberOf(owner, key.text);
}

function memberOf(owner: ModuleMember, name: string): ModuleMember {
  // A default import of a CommonJS module is the module itself; which of the two it is, types alone could tell.
  const isModule = owner.name === "*" || owner.name === "default";
  return { module: owner.module, name: isModule ? name : `${owner.name}.${name}` };
}

/** The module that a declaration names a part or the whole of, by `import` or `require`, without `node:`; by its text alone. */
export function moduleNamedBy(declaration: Node): string | undefined {
  if (!isVariableDeclaration(declaration)) return specifierOf(declaration);
  return declaration.initializer && requiredModule(unwrapped(declaration.initializer));
}

function specifierOf(declaration: Node): string | undefined {
  for (let at = declaration as Node | undefined; at; at = at.parent) {
    if (isImportDeclaration(at)) return moduleText(at.moduleSpecifier);
    if (at.kind === declaration.kind && isImportEqualsDeclaration(at)) {
      return isExternalModuleReference(at.moduleReference) ? moduleText(at.moduleReference.expression) : undefined;
    }
    const specifier = (at as Node & { moduleSpecifier?: Node }).moduleSpecifier;
    if (specifier) return moduleText(specifier);
    if (
      !isImportSpecifier(at) &&
      !isExportSpecifier(at) &&
      !isNamespaceImport(at) &&
      !isImportClause(at) &&
      !isNamed(at)
    )
      return undefined;
  }
  return undefined;
}

function isNamed(node: Node): boolean {
  return "elements" in node;
}

function requiredModule(node: Node): string | undefined {
  if (!isCallExpression(node) || !isIdentifier(node.expression) || node.expression.text !== "require") return undefined;
  const [specifier] = node.arguments;
  return specifier && node.arguments.length === 1 ? moduleText(specifier) : undefined;
}

function moduleText(specifier: Node): string | undefined {
  return isStringLiteralLikeNode(specifier) ? specifier.text.replace(/^node:/, "") : undefined;
}

/** Whether a parameter is called as callbacks call the error that they may be given first: Node's convention. */
export function isErrorName(name: string): boolean {
  return /^_?(?:e|er|err|error)$/i.test(name);
}
