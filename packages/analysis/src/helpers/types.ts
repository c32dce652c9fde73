/** Questions about types that many rules ask. */
import { SymbolFlags, TypeFlags, type Symbol, type Type } from "@review/program";
import { isClassLikeDeclaration, isInterfaceDeclaration, SyntaxKind } from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";

/** `any`, `unknown` or the error type of what could not be resolved: where a rule abstains. */
export function isUncertain(type: Type): boolean {
  return (type.flags & TypeFlags.AnyOrUnknown) !== 0 || type.isErrorType();
}

/** `null`, `undefined` or `void`. */
export function isNullish(type: Type): boolean {
  return (type.flags & (TypeFlags.Nullable | TypeFlags.Void)) !== 0;
}

/**
 * The members of a union after resolving type parameters to their constraints, without null, undefined and void;
 * undefined where any of them is uncertain, so that "no evidence" and "nothing left" cannot be confused.
 */
export function* certainParts(checker: TypeChecker, type: Type): Ask<readonly Type[] | undefined> {
  const parts: Type[] = [];
  for (const part of yield* checker.partsOf(yield* checker.constraintOf(type))) {
    const certain = yield* checker.constraintOf(part);
    if (isUncertain(certain)) return undefined;
    if (!isNullish(certain)) parts.push(certain);
  }
  return parts;
}

/** Whether every possible type of the value passes the test; false where it is uncertain or there is none. */
export function* everyPart(checker: TypeChecker, type: Type, test: (part: Type) => Ask<boolean>): Ask<boolean> {
  const parts = yield* certainParts(checker, type);
  if (!parts || parts.length === 0) return false;
  for (const part of parts) if (!(yield* test(part))) return false;
  return true;
}

/** Whether all parts of a type carry one of the flags; false where it is uncertain. */
export function* hasOnlyFlags(checker: TypeChecker, type: Type, flags: TypeFlags): Ask<boolean> {
  const parts = yield* certainParts(checker, type);
  return parts !== undefined && parts.length > 0 && parts.every(part => (part.flags & flags) !== 0);
}

/**
 * The name of the language's or the platform's own class or interface that a type is: `Map`, `Array`, `Promise`,
 * `Date`, `URL`. Undefined for a user's type of the same name.
 */
export function* builtinName(checker: TypeChecker, type: Type): Ask<string | undefined> {
  // The compiler has no symbol for bigints, unlike for strings and numbers.
  if (type.flags & TypeFlags.BigIntLike) return "BigInt";
  const symbol = yield* checker.symbolOfType(type);
  return symbol && isBuiltin(symbol) ? symbol.name : undefined;
}

const LIBRARY_FILE = /\/lib\.[^/]*\.d\.[cm]?ts$/;
const NODE_TYPES = /\/node_modules\/@types\/node\//;

/** Whether a symbol is declared by the language's libraries or by the types of Node, if only in part. */
export function isBuiltin(symbol: Symbol): boolean {
  return symbol.declarations.some(({ path }) => LIBRARY_FILE.test(path) || NODE_TYPES.test(path));
}

/** Whether a value is a native promise and nothing else, without a property or a text of its own. */
export function* isPlainPromise(checker: TypeChecker, type: Type): Ask<boolean> {
  return yield* everyPart(checker, type, function* (part) {
    return PROMISES.has((yield* builtinName(checker, part)) ?? "");
  });
}

const PROMISES: ReadonlySet<string> = new Set(["Promise", "PromiseLike"]);

/**
 * Whether a type has a `then` that takes callbacks. One part of an intersection is enough; of a union, use
 * `everyPart` or look at the parts.
 */
export function* isThenable(checker: TypeChecker, type: Type): Ask<boolean> {
  if (isUncertain(type) || type.flags & TypeFlags.Primitive) return false;
  if ((yield* builtinName(checker, type)) === "Promise") return true;
  const then = yield* checker.typeOfProperty(type, "then");
  if (!then || isUncertain(then)) return false;
  for (const signature of yield* checker.callSignaturesOf(then)) {
    const [first] = yield* checker.parametersOf(signature);
    if (first && (yield* isCallableParameter(checker, yield* checker.typeOfSymbol(first)))) return true;
  }
  return false;
}

/** Whether a type is `Promise` or a class that extends it; other thenables may be lazy, or their own handlers. */
export function* isPromise(checker: TypeChecker, type: Type): Ask<boolean> {
  if ((yield* builtinName(checker, type)) === "Promise") return true;
  for (const base of yield* checker.baseTypesOf(type)) if (yield* isPromise(checker, base)) return true;
  return false;
}

const ERRORS = /^(?:Aggregate|Eval|Range|Reference|Suppressed|Syntax|Type|URI)?Error$|^DOMException$|^ErrnoException$/;

/** Whether a type is one of the language's errors or extends one. */
export function* isErrorClass(checker: TypeChecker, type: Type): Ask<boolean> {
  const name = yield* builtinName(checker, type);
  if (name !== undefined && ERRORS.test(name)) return true;
  for (const member of yield* checker.membersOf(type)) {
    if (member !== type && (yield* isErrorClass(checker, member))) return true;
  }
  for (const base of yield* basesOf(checker, type)) if (yield* isErrorClass(checker, base)) return true;
  return false;
}

/** What a class extends; an instance of a generic one has its bases from the class. */
function* basesOf(checker: TypeChecker, type: Type): Ask<readonly Type[]> {
  if (type.isClassOrInterface() || !type.isTypeReference()) return yield* checker.baseTypesOf(type);
  const symbol = yield* checker.symbolOfType(type);
  return symbol && symbol.flags & SymbolFlags.Class
    ? yield* checker.baseTypesOf(yield* checker.declaredTypeOf(symbol))
    : [];
}

function* isCallableParameter(checker: TypeChecker, type: Type): Ask<boolean> {
  for (const part of yield* checker.partsOf(type)) {
    if (isUncertain(part) || (yield* checker.callSignaturesOf(part)).length > 0) return true;
  }
  return false;
}

/** The promises among the possible values of a type: none where it is uncertain. */
export function* thenableParts(checker: TypeChecker, type: Type): Ask<readonly Type[]> {
  const found: Type[] = [];
  for (const part of (yield* certainParts(checker, type)) ?? []) {
    if (yield* isThenable(checker, part)) found.push(part);
  }
  return found;
}

/** Whether a class or an interface extends, itself or further up, what the compiler does not find: a missing package. */
export function* hasLostBase(checker: TypeChecker, type: Type): Ask<boolean> {
  for (const part of yield* checker.partsOf(type)) {
    for (const member of yield* checker.membersOf(part)) if (yield* isHeirOfLost(checker, member)) return true;
  }
  return false;
}

function* isHeirOfLost(checker: TypeChecker, type: Type): Ask<boolean> {
  const symbol = yield* checker.symbolOfType(type);
  if (!symbol || !(yield* extendsAnything(checker, symbol))) return false;
  const bases = yield* checker.baseTypesOf(type);
  if (bases.length === 0) return true;
  for (const base of bases) if (isUncertain(base) || (yield* hasLostBase(checker, base))) return true;
  return false;
}

/** Whether a class or an interface that is no builtin has an `extends`. */
export function* extendsAnything(checker: TypeChecker, symbol: Symbol): Ask<boolean> {
  if (!(symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface)) || isBuiltin(symbol)) return false;
  return (yield* checker.declarationsOf(symbol)).some(
    declaration =>
      (isClassLikeDeclaration(declaration) || isInterfaceDeclaration(declaration)) &&
      declaration.heritageClauses?.some(clause => clause.token === SyntaxKind.ExtendsKeyword) === true,
  );
}
