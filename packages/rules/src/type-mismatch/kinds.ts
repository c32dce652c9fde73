/** Of what kind a value is, by what is written. */
import { fixedLocalOf, unwrapped, type Ask, type Pass } from "@review/analysis";
import { SyntaxKind, type Expression, type Node } from "@review/program/syntax";

export type Kind = "text" | "number" | "boolean" | "array" | "object" | "function";

/** For messages. */
export const NOUNS: Readonly<Record<Kind, string>> = {
  text: "text",
  number: "a number",
  boolean: "a boolean",
  array: "an array",
  object: "an object",
  function: "a function",
};

/** By what is written: types of JavaScript may be those of one value among several. */
export function* kindOf({ checker }: Pass, argument: Expression): Ask<Kind | undefined> {
  return KINDS.get((yield* writtenValue(checker, argument)).kind);
}

/** An expression itself, or what a constant that it names is given. */
export function* writtenValue(checker: Pass["checker"], argument: Expression): Ask<Node> {
  const local = yield* fixedLocalOf(checker, argument);
  return unwrapped(local?.value ?? argument);
}

const KINDS: ReadonlyMap<SyntaxKind, Kind> = new Map<SyntaxKind, Kind>([
  [SyntaxKind.StringLiteral, "text"],
  [SyntaxKind.NoSubstitutionTemplateLiteral, "text"],
  [SyntaxKind.TemplateExpression, "text"],
  [SyntaxKind.NumericLiteral, "number"],
  [SyntaxKind.TrueKeyword, "boolean"],
  [SyntaxKind.FalseKeyword, "boolean"],
  [SyntaxKind.ArrayLiteralExpression, "array"],
  [SyntaxKind.ObjectLiteralExpression, "object"],
  [SyntaxKind.ArrowFunction, "function"],
  [SyntaxKind.FunctionExpression, "function"],
]);
