/** What a branch says about places: whether their values can be null, undefined, falsy or truthy behind it. */
import {
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isTypeOfExpression,
  NodeFlags,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import type { Edge } from "./graph.ts";
import type { Scopes } from "./scope.ts";
import { stablePathOf, type StablePath } from "./stable-paths.ts";
import { ORDERINGS } from "../helpers/operators.ts";

/** What a value can be: bits. */
export const TRUTHY = 1;
export const FALSY = 2;
export const NULL = 4;
export const UNDEFINED = 8;
export const NULLISH: number = NULL | UNDEFINED;
export const PRESENT: number = TRUTHY | FALSY;
export const ANYTHING: number = PRESENT | NULLISH;

/** What is known of a place behind an edge. */
export interface NullFact {
  readonly path: StablePath;
  /** The expression that names the place in the test. */
  readonly node: Node;
  readonly values: number;
  /** Somebody else looked at it, so that what was known before says nothing any more. */
  readonly isOpaque: boolean;
}

const remembered = new WeakMap<Edge, readonly NullFact[]>();

/** The facts of an edge, each for a place of its own; none where it tests no place. */
export function nullFactsOf(scopes: Scopes, edge: Edge): readonly NullFact[] {
  let facts = remembered.get(edge);
  if (!facts) remembered.set(edge, (facts = edge.node ? factsOf(scopes, edge.kind, edge.node) : []));
  return facts;
}

function factsOf(scopes: Scopes, kind: Edge["kind"], node: Node): readonly NullFact[] {
  switch (kind) {
    case "true":
      return factsOfTest(scopes, node, true);
    case "false":
      return factsOfTest(scopes, node, false);
    case "nullish":
      return factFor(scopes, node, NULLISH);
    case "present":
      return [...factFor(scopes, node, PRESENT), ...factsOfChain(scopes, node)];
    case "case":
    case "mismatch":
      return factsOfCase(scopes, node);
    default:
      return [];
  }
}

/** What holds of places where an expression was found to be true, or false. */
export function factsOfTest(scopes: Scopes, condition: Node, isTrue: boolean): readonly NullFact[] {
  const node = unwrapped(condition);
  if (isBinaryExpression(node)) return factsOfOperator(scopes, node, isTrue);
  if (isCallExpression(node)) return [...node.arguments, node.expression].flatMap(each => opaque(scopes, each));
  if (!isTrue) return factFor(scopes, node, FALSY | NULLISH);
  return [...factFor(scopes, node, TRUTHY), ...factsOfChain(scopes, node)];
}

function factsOfOperator(scopes: Scopes, node: BinaryExpression, isTrue: boolean): readonly NullFact[] {
  const { kind } = node.operatorToken;
  if (isAssignmentOperator(kind)) return factFor(scopes, node.left, isTrue ? TRUTHY : FALSY | NULLISH);
  const equality = EQUALITIES.get(kind);
  if (equality) return factsOfEquality(scopes, node, equality.isLoose, equality.isNegated !== isTrue);
  if (kind === SyntaxKind.InstanceOfKeyword) {
    return isTrue ? factFor(scopes, node.left, TRUTHY) : opaque(scopes, node.left);
  }
  if (!ORDERINGS.has(kind)) return [...opaque(scopes, node.left), ...opaque(scopes, node.right)];
  if (!isTrue) return [];
  return [node.left, node.right].flatMap(each => [
    ...factFor(scopes, each, ANYTHING & ~UNDEFINED),
    ...factsOfChain(scopes, each),
  ]);
}

const EQUALITIES: ReadonlyMap<SyntaxKind, { readonly isLoose: boolean; readonly isNegated: boolean }> = new Map([
  [SyntaxKind.EqualsEqualsToken, { isLoose: true, isNegated: false }],
  [SyntaxKind.ExclamationEqualsToken, { isLoose: true, isNegated: true }],
  [SyntaxKind.EqualsEqualsEqualsToken, { isLoose: false, isNegated: false }],
  [SyntaxKind.ExclamationEqualsEqualsToken, { isLoose: false, isNegated: true }],
]);

function factsOfEquality(
  scopes: Scopes,
  { left, right }: BinaryExpression,
  isLoose: boolean,
  isEqual: boolean,
): readonly NullFact[] {
  for (const [subject, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const absent = absentLiteral(other);
    if (absent !== undefined) {
      const values = isLoose ? NULLISH : absent;
      return [
        ...factFor(scopes, subject, isEqual ? values : ANYTHING & ~values),
        ...(isEqual ? [] : factsOfChain(scopes, subject)),
      ];
    }
    const bare = unwrapped(subject);
    const literal = unwrapped(other);
    if (isTypeOfExpression(bare) && isStringLiteralLikeNode(literal)) {
      return factsOfTypeof(scopes, bare.expression, literal.text, isEqual);
    }
    if (isPlainLiteral(literal)) {
      return isEqual ? [...factFor(scopes, bare, PRESENT), ...factsOfChain(scopes, bare)] : [];
    }
  }
  return [...opaque(scopes, left), ...opaque(scopes, right)];
}

/** The bit of `null` or `undefined`, however it is written. */
export function absentLiteral(node: Node): number | undefined {
  const bare = unwrapped(node);
  if (bare.kind === SyntaxKind.NullKeyword) return NULL;
  if (bare.kind === SyntaxKind.VoidExpression) return UNDEFINED;
  return isIdentifier(bare) && bare.text === "undefined" ? UNDEFINED : undefined;
}

function isPlainLiteral(node: Node): boolean {
  if (isStringLiteralLikeNode(node) || isNumericLiteral(node)) return true;
  return node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword;
}

const KINDS: Readonly<Record<string, number>> = {
  ...{ undefined: UNDEFINED, object: TRUTHY | NULL, function: TRUTHY, symbol: TRUTHY },
  ...{ string: PRESENT, number: PRESENT, boolean: PRESENT, bigint: PRESENT },
};

function factsOfTypeof(scopes: Scopes, subject: Node, kind: string, isEqual: boolean): readonly NullFact[] {
  const values = KINDS[kind] ?? ANYTHING;
  if (kind === "undefined") return factFor(scopes, subject, isEqual ? values : ANYTHING & ~values);
  return isEqual ? [...factFor(scopes, subject, values), ...factsOfChain(scopes, subject)] : opaque(scopes, subject);
}

/** A `switch` looks at its value, whatever the case. */
function factsOfCase(scopes: Scopes, clause: Node): readonly NullFact[] {
  const statement = clause.parent.parent as Node & { expression?: Node };
  return statement.expression ? opaque(scopes, statement.expression) : [];
}

function factFor(scopes: Scopes, node: Node, values: number): readonly NullFact[] {
  const path = stablePathOf(scopes, node);
  return path ? [{ path, node, values, isOpaque: false }] : [];
}

/** Places that a test looks at in a way that is not followed: those in it that stand in no function of their own. */
function opaque(scopes: Scopes, node: Node): readonly NullFact[] {
  const bare = unwrapped(node);
  const path = stablePathOf(scopes, bare);
  if (path) return [{ path, node: bare, values: ANYTHING, isOpaque: true }];
  if (isTypeOfExpression(bare)) return opaque(scopes, bare.expression);
  if (isBinaryExpression(bare)) return [...opaque(scopes, bare.left), ...opaque(scopes, bare.right)];
  if (isCallExpression(bare)) return bare.arguments.flatMap(each => opaque(scopes, each));
  return [];
}

/** What stands before each `?.` of a chain that came to its end. */
export function factsOfChain(scopes: Scopes, chain: Node): readonly NullFact[] {
  const facts: NullFact[] = [];
  let at = unwrapped(chain);
  if (isTypeOfExpression(at)) at = unwrapped(at.expression);
  while (at.flags & NodeFlags.OptionalChain) {
    if (!isPropertyAccessExpression(at) && !isElementAccessExpression(at) && !isCallExpression(at)) break;
    if (at.questionDotToken) facts.push(...factFor(scopes, at.expression, PRESENT));
    at = unwrapped(at.expression);
  }
  return facts;
}
