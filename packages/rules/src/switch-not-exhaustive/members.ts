/** The members of a union or enum that a switch leaves out. */
import { literalValue, unwrapped, type Ask, type TypeChecker } from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import { SyntaxKind, type Expression } from "@review/program/syntax";

type Value = string | number | bigint | boolean;

/**
 * The members without a case, as TypeScript writes them; empty where the type is open, where a case is no constant,
 * and where so few members have a case that the rest is left out by intention.
 */
export function* missingMembers(
  checker: TypeChecker,
  discriminant: Expression,
  cases: readonly Expression[],
): Ask<readonly string[]> {
  // What `typeof` answers is known without being an agreement of this program.
  if (unwrapped(discriminant).kind === SyntaxKind.TypeOfExpression) return [];
  const members = yield* membersOf(checker, yield* checker.typeOf(discriminant));
  const handled = yield* valuesOfCases(checker, cases);
  if (!members || !handled || isFlags([...members.keys()])) return [];
  const missing = [...members].filter(([value]) => !handled.has(value));
  if (missing.length === 0 || missing.length * 2 > members.size) return [];
  const names: string[] = [];
  for (const [, type] of missing) names.push(yield* checker.textOf(type));
  // The order of a union depends on what the compiler saw first.
  return names.sort();
}

/** The members of a closed union by value; undefined for a type that has others too, and for `boolean`. */
function* membersOf(checker: TypeChecker, type: Type): Ask<ReadonlyMap<Value, Type> | undefined> {
  const members = new Map<Value, Type>();
  for (const part of yield* checker.partsOf(type)) {
    if (part.flags & TypeFlags.Nullable) continue;
    if (part.flags & TypeFlags.BooleanLiteral || !part.isLiteralType()) return undefined;
    members.set(part.value, part);
  }
  return members.size > 2 ? members : undefined;
}

function* valuesOfCases(checker: TypeChecker, cases: readonly Expression[]): Ask<ReadonlySet<Value> | undefined> {
  const values = new Set<Value>();
  for (const expression of cases) {
    const literal = literalValue(expression);
    if (literal === null) continue;
    const type = literal === undefined ? yield* checker.typeOf(expression) : undefined;
    if (type && type.flags & TypeFlags.Nullable) continue;
    const value = literal ?? (type?.isLiteralType() ? type.value : undefined);
    if (value === undefined) return undefined;
    values.add(value);
  }
  return values;
}

/** Powers of two are flags, and a value may have several of them. */
function isFlags(values: readonly Value[]): boolean {
  const isPower = (value: Value): boolean => typeof value === "number" && value > 0 && (value & (value - 1)) === 0;
  return values.filter(isPower).length > 2 && values.every(value => value === 0 || isPower(value));
}
