/**
 * A memory for paths: what was tested once is not taken the other way later. Without it, `if (x) open(); if (x)
 * close();` would have a path that opens and never closes.
 */
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
import { ANYTHING, FALSY, isNull, NULLISH, TRUTHY, valuesWritten } from "./condition-values.ts";
import type { Edge, EdgeKind, FlowGraph, Step } from "./graph.ts";
import type { PathMemory } from "./paths.ts";
import type { Scopes, Variable } from "./scope.ts";

/** Conditions that a memory keeps; what else is tested twice is forgotten. */
const MOST_CONDITIONS = 8;

/**
 * - `own`: conditions on locals that nobody else writes.
 * - `all`: also those on variables that closures write, and on members. Others may change these between two tests, so
 *   this is for reports that must not be wrong where they do not: `if (!done) { done = true; resolve(); }`.
 */
export type Remembered = "own" | "all";

/** A memory of the conditions that a function tests more than once, or sets; undefined where there are none. */
export function conditionMemory(
  graph: FlowGraph,
  scopes: Scopes,
  remembered: Remembered = "own",
): PathMemory | undefined {
  const repeated = repeatedConditions(graph, { scopes, remembered });
  if (repeated.size === 0) return undefined;
  return {
    step(step, known) {
      return isWriting(step) ? behindWrite(step, known, repeated, scopes) : known;
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

function isWriting({ kind }: Step): boolean {
  return kind === "write" || kind === "bind" || kind === "set";
}

/** What was known of a variable or member is forgotten; a literal says what it is now. */
function behindWrite(
  { kind, node }: Step,
  known: string,
  repeated: ReadonlyMap<string, Condition>,
  scopes: Scopes,
): string {
  const key = keyOf(node);
  const written = kind === "set" ? undefined : scopes.variableOf(node);
  const isOwn = repeated.has(key) && (kind === "set" || isSameVariable(repeated.get(key), written));
  const values = isOwn ? valuesWritten(node) : ANYTHING;
  if (known === "" && values === ANYTHING) return known;
  const facts = parse(known);
  for (const [each, { variables }] of repeated) {
    if (kind === "set" ? each.includes(key) : written && variables.includes(written)) facts.delete(each);
  }
  if (values !== ANYTHING) facts.set(key, values);
  return print(facts);
}

function isSameVariable(condition: Condition | undefined, written: Variable | undefined): boolean {
  return written !== undefined && condition?.variables.length === 1 && condition.variables[0] === written;
}

interface Condition {
  readonly variables: readonly Variable[];
  /** Where it is tested. */
  readonly nodes: Set<Node>;
}

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

function keyOf(node: Node): string {
  return unwrapped(node).getText().replace(/\s+/g, "");
}

interface Asked {
  readonly scopes: Scopes;
  readonly remembered: Remembered;
}

function repeatedConditions(graph: FlowGraph, asked: Asked): ReadonlyMap<string, Condition> {
  const conditions = new Map<string, Condition | undefined>();
  for (const { next } of graph.blocks) {
    for (const edge of next) for (const fact of factsOf(edge)) addCondition(conditions, fact, edge, asked);
  }
  for (const { steps } of graph.blocks) {
    for (const step of steps) {
      if (isWriting(step) && valuesWritten(step.node) !== ANYTHING) addWrite(conditions, step, asked);
    }
  }
  const repeated = [...conditions].flatMap(([key, known]) =>
    known && known.nodes.size > 1 ? [[key, known] as const] : [],
  );
  return new Map(repeated.slice(0, MOST_CONDITIONS));
}

/** What is set once and tested once is worth remembering as well. */
function addWrite(conditions: Map<string, Condition | undefined>, { kind, node }: Step, { scopes }: Asked): void {
  const known = conditions.get(keyOf(node));
  if (known && (kind === "set" || isSameVariable(known, scopes.variableOf(node)))) known.nodes.add(node);
}

/** A text that means different variables at different places is no condition to remember. */
function addCondition(
  conditions: Map<string, Condition | undefined>,
  { key, node }: Fact,
  edge: Edge,
  asked: Asked,
): void {
  const variables = variablesIn(node, asked);
  const known = conditions.get(key);
  if (!conditions.has(key) && variables && edge.node) conditions.set(key, { variables, nodes: new Set([edge.node]) });
  else if (known && edge.node && isSame(known.variables, variables)) known.nodes.add(edge.node);
  else conditions.set(key, undefined);
}

function isSame(one: readonly Variable[], other: readonly Variable[] | undefined): boolean {
  return other?.length === one.length && one.every((variable, index) => variable === other[index]);
}

/** The variables that a condition depends on; undefined where it depends on anything else as well. */
function variablesIn(condition: Node, asked: Asked): readonly Variable[] | undefined {
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

function parse(known: string): Map<string, number> {
  return new Map(known === "" ? [] : (JSON.parse(known) as [string, number][]));
}

function print(facts: ReadonlyMap<string, number>): string {
  return facts.size === 0 ? "" : JSON.stringify([...facts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
