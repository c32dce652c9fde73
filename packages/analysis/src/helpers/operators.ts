/** The operators that compare, by what they ask. */
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
