/** What the operands of `+` are to it. */
import { builtinName, certainParts, poorTextOf, type Ask, type PoorText, type TypeChecker } from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";

/** `text` and the primitives by name; `object` and `function` have no text form of their own. */
export type Kind = "text" | "number" | "bigint" | "boolean" | "symbol" | "date" | "array" | "object" | "function";

export interface Operand {
  readonly kind: Kind;
  readonly type: Type;
  /** For an object, a function, and an array of such. */
  readonly poor?: PoorText;
}

const PRIMITIVES: readonly (readonly [TypeFlags, Kind])[] = [
  [TypeFlags.StringLike, "text"],
  [TypeFlags.NumberLike, "number"],
  [TypeFlags.BigIntLike, "bigint"],
  [TypeFlags.BooleanLike, "boolean"],
  [TypeFlags.ESSymbolLike, "symbol"],
];

/**
 * What every possible value of a type is to `+`, null and undefined aside. Undefined where it is uncertain, of several
 * kinds, or an object with a form of its own, such as a decimal with `valueOf`.
 */
export function* operandOf(checker: TypeChecker, type: Type): Ask<Operand | undefined> {
  const kind = primitiveKind(type) ?? (yield* commonKind(checker, type));
  if (kind !== "object" && kind !== "array") return kind && { kind, type };
  const poor = yield* poorTextOf(checker, type, "default");
  if (!poor) return kind === "array" ? { kind, type } : undefined;
  return { kind: kind === "object" && poor.isFunction ? "function" : kind, type, poor };
}

function* commonKind(checker: TypeChecker, type: Type): Ask<Kind | undefined> {
  let kind: Kind | undefined;
  for (const part of (yield* certainParts(checker, type)) ?? []) {
    const kindOfPart = primitiveKind(part) ?? (yield* objectKind(checker, part));
    if (kindOfPart === undefined || (kind !== undefined && kind !== kindOfPart)) return undefined;
    kind = kindOfPart;
  }
  return kind;
}

function primitiveKind(type: Type): Kind | undefined {
  return PRIMITIVES.find(([flags]) => type.flags & flags)?.[1];
}

function* objectKind(checker: TypeChecker, part: Type): Ask<Kind | undefined> {
  if ((yield* checker.isArray(part)) || (yield* checker.isTuple(part))) return "array";
  if (part.flags & TypeFlags.Intersection) {
    for (const member of yield* checker.membersOf(part)) {
      const kind = primitiveKind(member);
      if (kind) return kind;
    }
  }
  return (yield* builtinName(checker, part)) === "Date" ? "date" : "object";
}
