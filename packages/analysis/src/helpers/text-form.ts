/** What becomes of a value that is turned into text and has no form of its own for it: `[object Object]` and its like. */
import { IndexKind, SymbolFlags, TypeFlags, type Type } from "@review/program";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { certainParts, extendsAnything, isBuiltin, isUncertain } from "./types.ts";

/** Text that says nothing of the value that it is made from. */
export interface PoorText {
  /** `[object Object]`, `[object Map]`; for a function, which becomes its own source, "its source". */
  readonly text: string;
  /** The type that has no better form: the value's, the first of a union, or that of an array's elements. */
  readonly type: Type;
  readonly isFunction: boolean;
  /** Whether it is the elements of an array that have no better form. */
  readonly isElement: boolean;
  /** Whether the code that makes such values is known, so that no subtype adds a form: a class, a literal, a builtin. */
  readonly isClosed: boolean;
}

/**
 * What operation asks: templates, `String` and `join` ask for text, and `+` takes the answer of a `valueOf` before
 * that of a `toString`.
 */
export type TextHint = "string" | "default";

/**
 * Builtins with a form of their own that the libraries' types do not declare, and all that extends them; the type
 * `Object`, which is what doc comments call anything at all.
 */
const SPEAKING: ReadonlySet<string> = new Set(["Object", "Error", "RegExp", "Boolean", "URL", "URLSearchParams"]);

/** How deep arrays in arrays are followed; types may contain themselves. */
const DEEPEST_ARRAY = 3;

const NO_OBJECT = TypeFlags.Primitive | TypeFlags.Never | TypeFlags.NonPrimitive;

/**
 * The poor text that a value becomes. Undefined where its types have a form of their own (`toString`,
 * `Symbol.toPrimitive`, a tag that its class declares) or are uncertain: `any`, `unknown`, `object`, `{}`, a class
 * whose base cannot be resolved, a type parameter that anything with some members may be. One part of a union that has
 * a form is enough, since code rarely says which part it has.
 */
export function* poorTextOf(checker: TypeChecker, type: Type, hint: TextHint): Ask<PoorText | undefined> {
  return yield* poorText(checker, type, hint, 0);
}

function* poorText(checker: TypeChecker, type: Type, hint: TextHint, depth: number): Ask<PoorText | undefined> {
  if (type.flags & NO_OBJECT) return undefined;
  let first: PoorText | undefined;
  for (const part of (yield* certainParts(checker, type)) ?? []) {
    const poor = yield* ofPart(checker, part, hint, depth);
    if (!poor) return undefined;
    first ??= poor;
  }
  return first && (first.isClosed || !(type.flags & TypeFlags.Instantiable)) ? first : undefined;
}

function* ofPart(checker: TypeChecker, part: Type, hint: TextHint, depth: number): Ask<PoorText | undefined> {
  if (part.flags & NO_OBJECT || isUncertain(part)) return undefined;
  if ((yield* checker.isArray(part)) || (yield* checker.isTuple(part))) {
    return depth < DEEPEST_ARRAY ? yield* ofElements(checker, part, depth + 1) : undefined;
  }
  for (const member of yield* checker.membersOf(part)) if (member.flags & TypeFlags.Primitive) return undefined;
  const owner = yield* inheritedFrom(checker, part, "toString");
  if (owner === undefined || (yield* hasOwnForm(checker, part, hint))) return undefined;
  const isFunction = owner === "Function";
  const text = isFunction ? "its source" : yield* tagOf(checker, part);
  const isClosed = text !== PLAIN || (yield* isMadeHere(checker, part));
  return { text, type: part, isFunction, isElement: false, isClosed };
}

function* ofElements(checker: TypeChecker, array: Type, depth: number): Ask<PoorText | undefined> {
  for (const element of yield* checker.typeArgumentsOf(array)) {
    const poor = yield* poorText(checker, element, "string", depth);
    if (poor) return { ...poor, isElement: true };
  }
  return undefined;
}

/** `Object` or `Function` where a type has a method from there alone; undefined where it has one of its own. */
function* inheritedFrom(checker: TypeChecker, type: Type, method: string): Ask<"Object" | "Function" | undefined> {
  const symbol = yield* checker.propertyOf(type, method);
  const owner = symbol && isBuiltin(symbol) ? (yield* checker.parentOf(symbol))?.name : undefined;
  return owner === "Object" || owner === "Function" ? owner : undefined;
}

function* hasOwnForm(checker: TypeChecker, type: Type, hint: TextHint): Ask<boolean> {
  const properties = yield* checker.propertiesOf(type);
  if (properties.some(property => property.name.startsWith("__@toPrimitive@"))) return true;
  const symbol = yield* checker.symbolOfType(type);
  const isEmptyLiteral = symbol !== undefined && (symbol.flags & SymbolFlags.ObjectLiteral) !== 0;
  if (properties.length === 0 && !isEmptyLiteral && !(yield* isDescribed(checker, type))) return true;
  const isOwnTag = properties.some(({ name }) => name.startsWith("__@toStringTag@")) && !(symbol && isBuiltin(symbol));
  if (isOwnTag || (yield* speaks(checker, type))) return true;
  return hint === "default" && (yield* inheritedFrom(checker, type, "valueOf")) === undefined;
}

/** Whether a type without properties says anything of its values: `{}` takes strings and numbers too. */
function* isDescribed(checker: TypeChecker, type: Type): Ask<boolean> {
  if ((yield* checker.callSignaturesOf(type)).length > 0) return true;
  if ((yield* checker.indexTypeOf(type, IndexKind.String)) !== undefined) return true;
  return (yield* checker.symbolOfType(type))?.name === "Function";
}

/** Whether a type is one of the builtins that speak for themselves, or has a base that is one or is not known. */
function* speaks(checker: TypeChecker, type: Type): Ask<boolean> {
  for (const member of yield* checker.membersOf(type)) {
    const symbol = yield* checker.symbolOfType(member);
    if (symbol && isBuiltin(symbol) && SPEAKING.has(symbol.name)) return true;
    const bases = yield* checker.baseTypesOf(member);
    if (bases.length === 0 && symbol && (yield* extendsAnything(checker, symbol))) return true;
    for (const base of bases) if (isUncertain(base) || (yield* speaks(checker, base))) return true;
  }
  return false;
}

const PLAIN = "[object Object]";

function* tagOf(checker: TypeChecker, type: Type): Ask<string> {
  const symbol = yield* checker.symbolOfType(type);
  return symbol && isBuiltin(symbol) && symbol.flags & SymbolFlags.Variable ? `[object ${symbol.name}]` : PLAIN;
}

/** Whether a type is a class or an object literal's, and no interface that others may implement with more. */
function* isMadeHere(checker: TypeChecker, type: Type): Ask<boolean> {
  const symbol = yield* checker.symbolOfType(type);
  return symbol !== undefined && (symbol.flags & (SymbolFlags.Class | SymbolFlags.ObjectLiteral)) !== 0;
}
