/** Which value class the type of an expression is. */
import { certainParts, isBuiltin, packageOf, type Ask, type TypeChecker } from "@review/analysis";
import { TypeFlags, type Symbol, type Type } from "@review/program";
import { BUILTINS, libraryClass, mayBeValueClass, temporalClass, type ValueClass } from "./tables.ts";

/** What an expression of this type holds: a value object, and whether it may also hold none. */
export interface ValueObject {
  readonly of: ValueClass;
  readonly isNullable: boolean;
}

/** The value class of a type, when every possible value but null and undefined is of one. */
export function* asValueObject(checker: TypeChecker, type: Type): Ask<ValueObject | undefined> {
  if (type.flags & TypeFlags.Primitive) return undefined;
  const parts = yield* certainParts(checker, type);
  if (!parts || parts.length === 0) return undefined;
  let found: ValueClass | undefined;
  for (const part of parts) {
    const of = yield* classOf(checker, part);
    if (!of) return undefined;
    found ??= of;
  }
  return found && { of: found, isNullable: parts.length < (yield* checker.partsOf(type)).length };
}

function* classOf(checker: TypeChecker, part: Type): Ask<ValueClass | undefined> {
  if (part.flags & TypeFlags.Primitive) return undefined;
  for (const member of yield* checker.membersOf(part)) {
    const symbol = yield* checker.symbolOfType(member);
    const of = symbol && (yield* classOfSymbol(checker, symbol));
    if (of) return of;
  }
  return undefined;
}

function* classOfSymbol(checker: TypeChecker, symbol: Symbol): Ask<ValueClass | undefined> {
  const builtin = BUILTINS.get(symbol.name);
  if (builtin) return isBuiltin(symbol) ? builtin : undefined;
  if (!mayBeValueClass(symbol.name)) return undefined;
  if (temporalClass(symbol.name) && (yield* checker.parentOf(symbol))?.name === "Temporal") {
    return temporalClass(symbol.name);
  }
  const packageName = yield* packageOf(checker, symbol);
  return packageName === undefined ? undefined : libraryClass(packageName, symbol.name);
}
