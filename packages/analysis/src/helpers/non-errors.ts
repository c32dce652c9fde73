/** Values that are no errors: what is thrown or rejected with, and has no stack and no `message`. */
import { TypeFlags, type Type } from "@review/program";
import {
  isCatchClause,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isVariableDeclaration,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { enclosingFunction } from "./nodes.ts";
import { builtinName, certainParts } from "./types.ts";

/**
 * What a value is, as "a string" or "an array", where it is certainly no error and nobody can mean it for one. Undefined
 * where it may be an error, a signal that the catching side compares by identity, or someone's protocol. The value
 * stands without brackets and assertions, and is one of `valuesOf`.
 */
export function* nonErrorKind(checker: TypeChecker, value: Expression): Ask<string | undefined> {
  const what = WRITTEN.get(value.kind) ?? (yield* kindByType(checker, value));
  return isObjectLiteralExpression(value) && !isBare(value) ? undefined : what;
}

/** What a value that is no error lacks, for a message: an object literal may well have a `message`. */
export function lackOf(value: Expression): string {
  const properties = isObjectLiteralExpression(value) ? value.properties : [];
  const hasMessage = properties.some(
    each => (isPropertyAssignment(each) || isShorthandPropertyAssignment(each)) && each.name.getText() === "message",
  );
  return hasMessage ? "no stack" : "no stack and no `message`";
}

/** What an expression is by the way it is written. */
const WRITTEN: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.StringLiteral, "a string"],
  [SyntaxKind.NoSubstitutionTemplateLiteral, "a string"],
  [SyntaxKind.TemplateExpression, "a string"],
  [SyntaxKind.NumericLiteral, "a number"],
  [SyntaxKind.BigIntLiteral, "a bigint"],
  [SyntaxKind.TrueKeyword, "a boolean"],
  [SyntaxKind.FalseKeyword, "a boolean"],
  [SyntaxKind.NullKeyword, "nothing"],
  [SyntaxKind.ArrayLiteralExpression, "an array"],
  [SyntaxKind.ObjectLiteralExpression, "an object"],
  [SyntaxKind.RegularExpressionLiteral, "a `RegExp`"],
  [SyntaxKind.ArrowFunction, "a function"],
  [SyntaxKind.FunctionExpression, "a function"],
]);

/** Primitive types; symbols are left out, since they are made to be compared. */
const PRIMITIVES: readonly (readonly [TypeFlags, string])[] = [
  [TypeFlags.StringLike, "a string"],
  [TypeFlags.NumberLike, "a number"],
  [TypeFlags.BigIntLike, "a bigint"],
  [TypeFlags.BooleanLike, "a boolean"],
];

/** Builtins that hold data; others, such as Response and Promise, have a meaning of their own when thrown. */
const PLAIN_BUILTINS: ReadonlySet<string> = new Set([
  "String",
  "Number",
  "Boolean",
  "Date",
  "RegExp",
  "Map",
  "Set",
  "URL",
  "URLSearchParams",
  "Buffer",
]);

/** Whether an object literal has neither a `stack` nor parts that could bring one. */
function isBare(literal: Node): boolean {
  if (!isObjectLiteralExpression(literal)) return false;
  return literal.properties.every(
    property =>
      !isSpreadAssignment(property) &&
      !(property.name && isIdentifier(property.name) && property.name.text === "stack"),
  );
}

/**
 * What a value is, if every part of its type is known and none can be an error. Symbols and objects that are kept in
 * a variable outside are signals, which the catching side compares by identity; instances of the project's classes
 * and promises are taken for someone's protocol.
 */
function* kindByType(checker: TypeChecker, value: Expression): Ask<string | undefined> {
  if (isNewExpression(value) && isIdentifier(value.expression) && !PLAIN_BUILTINS.has(value.expression.text))
    return undefined;
  if (yield* isCaught(checker, value)) return undefined;
  const parts = yield* certainParts(checker, yield* checker.typeOf(value));
  let kind: string | undefined;
  for (const part of parts ?? []) {
    const found = primitiveKind(part) ?? (yield* objectKind(checker, part, value));
    if (found === undefined) return undefined;
    kind = kind === undefined || kind === found ? found : "no object of an error class";
  }
  return kind;
}

/** Whether a value is what a `catch` got: throwing it again leaves it as it was, whatever a test has shown it to be. */
function* isCaught(checker: TypeChecker, value: Expression): Ask<boolean> {
  if (!isIdentifier(value)) return false;
  const symbol = yield* checker.symbolOf(value);
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  return declaration !== undefined && isVariableDeclaration(declaration) && isCatchClause(declaration.parent);
}

function primitiveKind(part: Type): string | undefined {
  return PRIMITIVES.find(([flags]) => part.flags & flags)?.[1];
}

function* objectKind(checker: TypeChecker, part: Type, value: Expression): Ask<string | undefined> {
  if (!(part.flags & TypeFlags.Object)) return undefined;
  if ((yield* checker.constructSignaturesOf(part)).length > 0) return "a class";
  const isList = (yield* checker.isArray(part)) || (yield* checker.isTuple(part));
  if (isList) return "an array";
  const name = yield* builtinName(checker, part);
  if (name !== undefined) return PLAIN_BUILTINS.has(name) ? `a \`${name}\`` : undefined;
  return (yield* isLocalLiteral(checker, part, value)) ? "an object" : undefined;
}

/** Whether a value is an object literal that was written in the function that throws it. */
function* isLocalLiteral(checker: TypeChecker, part: Type, value: Expression): Ask<boolean> {
  if (!isIdentifier(value)) return false;
  const [literal] = yield* literalsOf(checker, part);
  return (
    literal !== undefined &&
    isBare(literal) &&
    enclosingFunction(literal) !== undefined &&
    enclosingFunction(literal) === enclosingFunction(value)
  );
}

function* literalsOf(checker: TypeChecker, type: Type): Ask<readonly Node[]> {
  const symbol = yield* checker.symbolOfType(type);
  return symbol ? yield* checker.declarationsOf(symbol) : [];
}
