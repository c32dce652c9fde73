/** The operators that compare, by what they ask, and those that join conditions. */
import { SyntaxKind } from "@review/program/syntax";

/** `==` and `===` */
export const EQUALS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
]);

/** `!=` and `!==` */
export const NOT_EQUALS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

export const EQUALITIES: ReadonlySet<SyntaxKind> = new Set([...EQUALS, ...NOT_EQUALS]);

/** `<`, `<=`, `>` and `>=` */
export const ORDERINGS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken],
  ...[SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken],
]);

export const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([...EQUALITIES, ...ORDERINGS]);

/** `&&`, `||` and `??`, whose second operand is not always evaluated. */
export const LOGICAL: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken],
]);

/** `||` and `??`, whose right side stands in for a left one that is missing. */
export const DEFAULTS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken]);
