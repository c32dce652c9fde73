/**
 * A memory for paths: what was tested once is not taken the other way later. Without it, `if (x) open(); if (x)
 * close();` would have a path that opens and never closes.
 */
import {
  isBinaryExpression,
  isIdentifier,
  isTypeOfExpression,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import type { Edge, EdgeKind, FlowGraph } from "./graph.ts";
import type { PathMemory } from "./paths.ts";
import type { Scopes, Variable } from "./scope.ts";

/** Conditions that a memory keeps; what else is tested twice is forgotten. */
const MOST_CONDITIONS = 8;

/** A memory of the conditions on locals that a function tests more than once; undefined where there are none. */
export function conditionMemory(graph: FlowGraph, scopes: Scopes): PathMemory | undefined {
  const repeated = repeatedConditions(graph, scopes);
  if (repeated.size === 0) return undefined;
  return {
    step({ kind, node }, known) {
      if (known === "" || (kind !== "write" && kind !== "bind")) return known;
      const written = scopes.variableOf(node);
      const facts = parse(known);
      for (const [key, { variables }] of repeated) if (written && variables.includes(written)) facts.delete(key);
      return print(facts);
    },
    edge(edge, known) {
      const added = factsOf(edge).filter(({ key }) => repeated.has(key));
      if (added.length === 0) return known;
      const facts = parse(known);
      for (const { key, values } of added) {
        const left = (facts.get(key) ?? ANYTHING) & values;
        if (left === 0) return undefined;
        facts.set(key, left);
      }
      return print(facts);
    },
  };
}

interface Condition {
  readonly variables: readonly Variable[];
  /** Where it is tested. */
  readonly nodes: Set<Node>;
}

/** What a value can still be: bits. */
const TRUTHY = 1;
const FALSY = 2;
const NULLISH = 4;
const ANYTHING = TRUTHY | FALSY | NULLISH;

const VALUES: Partial<Record<EdgeKind, number>> = {
  true: TRUTHY,
  false: FALSY | NULLISH,
  nullish: NULLISH,
  present: TRUTHY | FALSY,
};

interface Fact {
  readonly key: string;
  readonly node: Node;
  readonly values: number;
}

/** What an edge says of expressions: `x == null` speaks of `x`, and `a !== b` of `a === b`. */
function factsOf({ kind, node }: Edge): readonly Fact[] {
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

function isNull(node: Node): boolean {
  const bare = unwrapped(node);
  return bare.kind === SyntaxKind.NullKeyword || (isIdentifier(bare) && bare.text === "undefined");
}

function keyOf(node: Node): string {
  return unwrapped(node).getText().replace(/\s+/g, "");
}

function repeatedConditions(graph: FlowGraph, scopes: Scopes): ReadonlyMap<string, Condition> {
  const conditions = new Map<string, Condition | undefined>();
  for (const { next } of graph.blocks) {
    for (const edge of next) for (const fact of factsOf(edge)) addCondition(conditions, fact, edge, scopes);
  }
  const repeated = [...conditions].flatMap(([key, known]) =>
    known && known.nodes.size > 1 ? [[key, known] as const] : [],
  );
  return new Map(repeated.slice(0, MOST_CONDITIONS));
}

/** A text that means different variables at different places is no condition to remember. */
function addCondition(
  conditions: Map<string, Condition | undefined>,
  { key, node }: Fact,
  edge: Edge,
  scopes: Scopes,
): void {
  const variables = variablesIn(node, scopes);
  const known = conditions.get(key);
  if (!conditions.has(key) && variables && edge.node) conditions.set(key, { variables, nodes: new Set([edge.node]) });
  else if (known && edge.node && isSame(known.variables, variables)) known.nodes.add(edge.node);
  else conditions.set(key, undefined);
}

function isSame(one: readonly Variable[], other: readonly Variable[] | undefined): boolean {
  return other?.length === one.length && one.every((variable, index) => variable === other[index]);
}

/** The variables that a condition depends on; undefined where it depends on anything else as well. */
function variablesIn(condition: Node, scopes: Scopes): readonly Variable[] | undefined {
  const node = unwrapped(condition);
  if (isIdentifier(node)) {
    if (node.text === "undefined") return [];
    const variable = scopes.variableOf(node);
    return variable && !variable.isExposed && !variable.isWrittenByCapture ? [variable] : undefined;
  }
  if (LITERALS.has(node.kind)) return [];
  if (isTypeOfExpression(node)) return variablesIn(node.expression, scopes);
  if (!isBinaryExpression(node) || !COMPARISONS.has(node.operatorToken.kind)) return undefined;
  const left = variablesIn(node.left, scopes);
  const right = variablesIn(node.right, scopes);
  return left && right && [...left, ...right];
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

function parse(known: string): Map<string, number> {
  return new Map(known === "" ? [] : (JSON.parse(known) as [string, number][]));
}

function print(facts: ReadonlyMap<string, number>): string {
  return facts.size === 0 ? "" : JSON.stringify([...facts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
