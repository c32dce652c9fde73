/** Which objects are known in full, so that what the compiler does not know of them is not there. */
import {
  builtinOfPart,
  certainParts,
  fixedLocalOf,
  isBuiltin,
  isClaimed,
  isGuess,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { SymbolFlags, type Type } from "@review/program";
import {
  isCallExpression,
  isClassLikeDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export interface Closed {
  /** For the evidence: "an array". */
  readonly what: string;
  /** Whether members may come from elsewhere after all, so that only a name that is nearly right is a slip. */
  readonly needsName: boolean;
}

/** Undefined where some possible value of the expression may have members that the compiler does not know. */
export function* closedKind(
  pass: Pass,
  { expression: object, name }: PropertyAccessExpression,
): Ask<Closed | undefined> {
  const { checker } = pass;
  let found: Closed | undefined;
  for (const part of (yield* certainParts(checker, yield* checker.typeOf(object))) ?? []) {
    if (yield* checker.propertyOf(part, name.text)) return undefined;
    const closed = yield* closedPart(pass, part, object);
    if (!closed) return undefined;
    found = joined(found, closed);
  }
  // `super.from(…)` gives one of the class that it is called on, whatever the base promises.
  if (yield* isFromSuper(checker, object)) return undefined;
  // What JavaScript says of parameters in comments or by defaults is often less than the truth.
  return (yield* isGuess(checker, object)) || (yield* isClaimed(checker, object)) ? undefined : found;
}

function* isFromSuper(checker: Pass["checker"], object: Expression): Ask<boolean> {
  const local = isIdentifier(object) ? yield* fixedLocalOf(checker, object) : undefined;
  return local !== undefined && /^super\b/.test(local.value.getText());
}

/** `arguments.map(…)`, unless the file makes them an array first. */
function argumentsPart(object: Expression): Closed | undefined {
  if (!isCalled(object.parent) || /\barguments\s*=[^=]|setPrototypeOf\(arguments/.test(object.getSourceFile().text))
    return undefined;
  return { what: "the `arguments` of a call, which are no array", needsName: false };
}

function joined(one: Closed | undefined, other: Closed): Closed {
  return one ? { what: one.what, needsName: one.needsName || other.needsName } : other;
}

function* closedPart(pass: Pass, part: Type, object: Expression): Ask<Closed | undefined> {
  const name = yield* builtinOfPart(pass.checker, part);
  if (name === "IArguments") return argumentsPart(object);
  if (name !== undefined) {
    // What is read off a collection as if it were an entry is another rule's.
    if (KEYED.has(name) && !isCalled(object.parent)) return undefined;
    if (!BUILTINS.has(name)) return yield* platformPart(pass, part, object);
    // Libraries that colour text add getters to it.
    const needsName = (name === "String" && !isCalled(object.parent)) || !(yield* isSeen(pass.checker, object));
    return { what: `a \`${yield* pass.checker.textOf(part)}\``, needsName };
  }
  return (yield* platformPart(pass, part, object)) ?? (yield* ownPart(pass, part, object));
}

/** `Math`, a module of Node: code may add members to them, but hardly one that is a slip of one that is there. */
function* platformPart(pass: Pass, part: Type, object: Expression): Ask<Closed | undefined> {
  const symbol = yield* pass.checker.symbolOfType(part);
  if (!symbol || !isBuiltin(symbol) || !OBJECTS.has(symbol.name)) return undefined;
  if (symbol.name === "PromiseConstructor" && isOfLibrary(pass, object.parent)) {
    return { what: "the language's own `Promise`, which no library has replaced here", needsName: false };
  }
  return { what: "an object of the platform", needsName: true };
}

/** `Promise.each(…)` of what libraries of promises have, in a project that nowhere makes theirs the global one. */
function isOfLibrary(pass: Pass, access: Node): boolean {
  if (!isPropertyAccessExpression(access) || !LIBRARY_STATICS.has(access.name.text)) return false;
  return isCalled(access) && !pass.isPageGlobal("Promise", "set");
}

const LIBRARY_STATICS: ReadonlySet<string> = new Set([
  ...["coroutine", "defer", "delay", "each", "filter", "fromCallback", "join", "map", "mapSeries"],
  ...["method", "promisify", "promisifyAll", "props", "reduce", "settle", "some"],
]);

const OBJECTS: ReadonlySet<string> = new Set([
  ...["Math", "JSON", "Reflect", "Atomics", "ObjectConstructor", "ArrayConstructor", "NumberConstructor", "Console"],
  ...["PromiseConstructor", "StringConstructor", "DateConstructor", "SymbolConstructor", "PlatformPath", "Process"],
]);

/**
 * Whether a value is written here, or comes out of a builtin. What a member or a function of the project holds may
 * be another value by now, or have been given members where nobody sees it.
 */
function* isSeen(checker: Pass["checker"], object: Expression): Ask<boolean> {
  const local = isIdentifier(object) ? yield* fixedLocalOf(checker, object) : undefined;
  const value = unwrapped(local?.value ?? object);
  if (!isCallExpression(value)) return !KEPT.has(value.kind);
  const callee = unwrapped(value.expression);
  const symbol = yield* checker.symbolOf(isPropertyAccessExpression(callee) ? callee.name : callee);
  return symbol !== undefined && isBuiltin(yield* checker.targetOf(symbol));
}

const KEPT: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.Identifier, SyntaxKind.PropertyAccessExpression, SyntaxKind.ElementAccessExpression],
]);

const KEYED: ReadonlySet<string> = new Set(["Map", "Set", "WeakMap", "WeakSet"]);

function isCalled(access: Node): boolean {
  return isCallExpression(access.parent) && access.parent.expression === access;
}

/** Builtins that hardly anybody adds members to; errors, functions and elements of pages get some all the time. */
const BUILTINS: ReadonlySet<string> = new Set([
  ...["Array", "ReadonlyArray", "String", "Number", "Boolean", "BigInt", "Map", "Set", "WeakMap", "WeakSet"],
  ...["Promise", "Date", "RegExp", "RegExpMatchArray", "RegExpExecArray", "Uint8Array", "ArrayBuffer", "DataView"],
]);

/** An object literal or a class of this very file. */
function* ownPart({ checker, file }: Pass, part: Type, object: Expression): Ask<Closed | undefined> {
  const symbol = yield* checker.symbolOfType(part);
  if (!symbol || symbol.declarations.length !== 1) return undefined;
  const declaration = yield* checker.declarationOf(symbol);
  if (declaration?.getSourceFile() !== file.sourceFile) return undefined;
  if (isObjectLiteralExpression(declaration)) {
    return !(yield* isThis(checker, object)) ? { what: "an object with other members", needsName: true } : undefined;
  }
  if (!isClosedClass(declaration) || (symbol.flags & SymbolFlags.Class) === 0) return undefined;
  const isStatic = (yield* checker.constructSignaturesOf(part)).length > 0;
  return isStatic ? undefined : { what: `a \`${symbol.name}\``, needsName: true };
}

/**
 * A base class may get members in ways that the compiler does not follow, and `Object.assign(this, mixin())` gives an
 * object whatever the mixin has.
 */
function isClosedClass(declaration: Node): boolean {
  if (!isClassLikeDeclaration(declaration) || declaration.heritageClauses) return false;
  return !/\bassign\(\s*this\b/.test(declaration.getText());
}

/** `this`, or a local that stands for it: an object literal whose methods use it is often mixed into others. */
function* isThis(checker: Pass["checker"], object: Expression): Ask<boolean> {
  if (object.kind === SyntaxKind.ThisKeyword) return true;
  const local = isIdentifier(object) ? yield* fixedLocalOf(checker, object) : undefined;
  return local?.value.kind === SyntaxKind.ThisKeyword;
}
