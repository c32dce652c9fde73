/** What can be thrown and is no error. */
import { TypeFlags } from "@review/program";
import { SyntaxKind } from "@review/program/syntax";

/** What an expression is by the way it is written. */
export const WRITTEN: ReadonlyMap<SyntaxKind, string> = new Map([
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
export const PRIMITIVES: readonly (readonly [TypeFlags, string])[] = [
  [TypeFlags.StringLike, "a string"],
  [TypeFlags.NumberLike, "a number"],
  [TypeFlags.BigIntLike, "a bigint"],
  [TypeFlags.BooleanLike, "a boolean"],
];

/** Builtins that hold data; others, such as Response and Promise, have a meaning of their own when thrown. */
export const PLAIN_BUILTINS: ReadonlySet<string> = new Set([
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
