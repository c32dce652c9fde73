/** What a branch says of expressions, and which of these keep their value until a variable is written. */
import {
  isBinaryExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isTypeOfExpression,
  SyntaxKind,
  type BinaryExpression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { FALSY, isNull, NULLISH, TRUTHY } from "./condition-values.ts";
import type { Edge, EdgeKind } from "./graph.ts";
import type { Scopes, Variable } from "./scope.ts";

/**
 * - `own`: conditions on locals that nobody else writes.
 * - `all`: also those on variables that closures write, and on members. Others may change these between two tests, so
 *   this is for reports that must not be wrong where they do not: `if (!done) { done = true; resolve(); }`.
 */
export type Remembered = "own" | "all";

/** Of what file, and how much, conditions are remembered. */
export interface Asked {
  readonly scopes: Scopes;
  readonly remembered: Remembered;
}

const VALUES: Partial<Record<EdgeKind, number>> = {
  true: TRUTHY,
  false: FALSY | NULLISH,
  nullish: NULLISH,
  present: TRUTHY | FALSY,
};

/** What an expression can still be. */
export interface Fact {
  readonly key: string;
  readonly node: Node;
  readonly values: number;
}

/** What an edge says of expressions: `x == null` speaks of `x`, and `a !== b` of `a === b`. */
export function factsOf({ kind, node }: Edge): readonly Fact[] {
  const values = VALUES[kind];
  if (values === undefined || !node) return [];
  if (!isBinaryExpression(node) || !EQUALITIES.has(node.operatorToken.kind))
    return [{ key: keyOf(node), node, values }];
  const operator = node.operatorToken.kind;
  const isEqual = (operator === EQUAL || operator === STRICTLY_EQUAL) === (kind === "true");
  return equalityFacts(node, operator === EQUAL || operator === UNEQUAL, isEqual);
}

function equalityFacts(node: BinaryExpression, isLoose: boolean, isEqual: boolean): readonly Fact[] {
  const ofBoth = {
    key: `${keyOf(node.left)} ${isLoose ? "==" : "==="} ${keyOf(node.right)}`,
    ...{ node, values: isEqual ? TRUTHY : FALSY },
  };
  const subject = comparedToNull(node);
  if (!subject) return [ofBoth];
  const ofSubject = { key: keyOf(subject), node: subject, values: isEqual ? NULLISH : TRUTHY | FALSY };
  if (isLoose) return [ofSubject];
  // What is not null may still be undefined.
  return isEqual ? [ofSubject, ofBoth] : [ofBoth];
}

const EQUAL = SyntaxKind.EqualsEqualsToken;
const UNEQUAL = SyntaxKind.ExclamationEqualsToken;
const STRICTLY_EQUAL = SyntaxKind.EqualsEqualsEqualsToken;
const STRICTLY_UNEQUAL = SyntaxKind.ExclamationEqualsEqualsToken;
const EQUALITIES: ReadonlySet<SyntaxKind> = new Set([EQUAL, UNEQUAL, STRICTLY_EQUAL, STRICTLY_UNEQUAL]);

function comparedToNull({ left, right }: BinaryExpression): Node | undefined {
  if (isNull(right)) return unwrapped(left);
  return isNull(left) ? unwrapped(right) : undefined;
}

/** The text that an expression is remembered by. */
export function keyOf(node: Node): string {
  return unwrapped(node).getText().replace(/\s+/g, "");
}

/** The variables that a condition depends on; undefined where it depends on anything else as well. */
export function variablesIn(condition: Node, asked: Asked): readonly Variable[] | undefined {
  const node = unwrapped(condition);
  if (isIdentifier(node)) return variableNamed(node, asked);
  if (LITERALS.has(node.kind)) return [];
  if (asked.remembered === "all") {
    if (node.kind === SyntaxKind.ThisKeyword) return [];
    if (isPropertyAccessExpression(node)) return variablesIn(node.expression, asked);
  }
  if (isTypeOfExpression(node)) return variablesIn(node.expression, asked);
  if (!isBinaryExpression(node) || !COMPARISONS.has(node.operatorToken.kind)) return undefined;
  const left = variablesIn(node.left, asked);
  const right = variablesIn(node.right, asked);
  return left && right && [...left, ...right];
}

function variableNamed(node: Identifier, { scopes, remembered }: Asked): readonly Variable[] | undefined {
  if (node.text === "undefined") return [];
  const variable = scopes.variableOf(node);
  if (!variable || variable.isExposed) return undefined;
  return remembered === "all" || !variable.isWrittenByCapture ? [variable] : undefined;
}

const LITERALS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.NullKeyword,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NumericLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
]);

const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  ...EQUALITIES,
  ...[SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken],
  ...[SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken],
]);
