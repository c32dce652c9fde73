/**
 * A memory for paths: what was tested once is not taken the other way later. Without it, `if (x) open(); if (x)
 * close();` would have a path that opens and never closes.
 */
import type { Node } from "@review/program/syntax";
import { factsOf, keyOf, variablesIn, type Asked, type Fact, type Remembered } from "./condition-facts.ts";
import { ANYTHING, valuesWritten } from "./condition-values.ts";
import type { Edge, FlowGraph, Step } from "./graph.ts";
import type { PathMemory } from "./paths.ts";
import type { Scopes, Variable } from "./scope.ts";

/** Conditions that a memory keeps; what else is tested twice is forgotten. */
const MOST_CONDITIONS = 8;

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

function parse(known: string): Map<string, number> {
  return new Map(known === "" ? [] : (JSON.parse(known) as [string, number][]));
}

function print(facts: ReadonlyMap<string, number>): string {
  return facts.size === 0 ? "" : JSON.stringify([...facts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
