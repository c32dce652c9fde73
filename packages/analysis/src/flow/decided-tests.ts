/**
 * Tests whose outcome another one has decided: on every way to them the same was asked, or something that settles it, and
 * nothing can have changed it in between. Locals are followed that no other function writes, and their members as long as
 * nothing is called or set; elements and calls may answer differently each time.
 */
import {
  isBinaryExpression,
  isConditionalExpression,
  isIfStatement,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { wrapped } from "../helpers/nodes.ts";
import { factsOf, variablesIn, type Fact } from "./condition-facts.ts";
import { ANYTHING } from "./condition-values.ts";
import type { Block, Edge, FlowGraph, FlowRoot, Step, StepKind } from "./graph.ts";
import { comparedIn, contradictionTo, type Settled } from "./implied-tests.ts";
import type { Scopes, Variable } from "./scope.ts";
import { solve, type FlowClient } from "./solve.ts";

export interface DecidedTest {
  readonly node: Node;
  readonly outcome: boolean;
  /** The tests that decide it, in the order of the text. */
  readonly because: readonly Node[];
  /** Whether another comparison of the same value decides it, `x > 10` for `x > 5`, and not the same test. */
  readonly isImplied: boolean;
}

/** The decided tests of a function, in the order of the text. */
export function decidedTests(graph: FlowGraph, scopes: Scopes): readonly DecidedTest[] {
  let found = known.get(graph);
  if (!found) known.set(graph, (found = decide(graph, scopes)));
  return found;
}

const known = new WeakMap<FlowGraph, readonly DecidedTest[]>();

/**
 * The code that never runs since a test has this outcome: a branch, or the right side of an operator. Undefined where
 * nothing hangs on that test alone.
 */
export function skippedBy(test: Node, outcome: boolean): Node | undefined {
  const node = wrapped(test);
  const { parent } = node;
  if (isPrefixUnaryExpression(parent)) return skippedBy(parent, !outcome);
  if (isIfStatement(parent)) return outcome ? parent.elseStatement : parent.thenStatement;
  if (isConditionalExpression(parent) && parent.condition === node) return outcome ? parent.whenFalse : parent.whenTrue;
  if (!isBinaryExpression(parent) || !isDecidedBy(parent, outcome)) return undefined;
  return skippedBy(parent, outcome) ?? (parent.left === node ? parent.right : undefined);
}

/** Whether an operand with this outcome decides the whole: a true one of `||`, a false one of `&&`. */
function isDecidedBy({ operatorToken: { kind } }: BinaryExpression, outcome: boolean): boolean {
  return kind === (outcome ? SyntaxKind.BarBarToken : SyntaxKind.AmpersandAmpersandToken);
}

/** What is known of an expression, by its text. */
interface Known extends Settled {
  readonly variables: readonly Variable[];
  /** Whether it speaks of a member, which whatever runs in between may write. */
  readonly isVolatile: boolean;
}

type State = ReadonlyMap<string, Known>;

function decide(graph: FlowGraph, scopes: Scopes): readonly DecidedTest[] {
  const tests = graph.blocks.filter(block => block.isReachable && block.next.some(isOutcome));
  if (!hasRepeated(tests)) return [];
  const solution = solve(graph, clientOf(graph, scopes));
  if (!solution) return [];
  const decided = new Map<Node, DecidedTest | undefined>();
  for (const block of tests) {
    const state = solution.atEnd(block);
    const node = block.next.find(isOutcome)?.node;
    if (!state || !node) continue;
    const test = testOf(node, block, state);
    // A `finally` is there once for each way into it.
    const isSame = !decided.has(node) || decided.get(node)?.outcome === test?.outcome;
    decided.set(node, isSame ? test : undefined);
  }
  return [...decided.values()].filter(test => test !== undefined).sort((a, b) => a.node.pos - b.node.pos);
}

function isOutcome({ kind }: Edge): boolean {
  return kind === "true" || kind === "false";
}

/** Whether two places ask the same, or compare the same with something: the work is only done for these. */
function hasRepeated(tests: readonly Block[]): boolean {
  const asked = new Map<string, Node>();
  for (const edge of tests.flatMap(({ next }) => next)) {
    for (const key of edge.node ? [...factsOf(edge).map(fact => fact.key), ...comparedIn(edge.node)] : []) {
      const first = asked.get(key);
      if (first && first !== edge.node) return true;
      asked.set(key, edge.node as Node);
    }
  }
  return false;
}

function testOf(node: Node, { next }: Block, state: State): DecidedTest | undefined {
  const contradicted = next.filter(isOutcome).flatMap(edge => {
    const fact = factsOf(edge).find(({ key, values }) => ((state.get(key)?.values ?? ANYTHING) & values) === 0);
    if (fact) return [{ edge, because: state.get(fact.key)?.because ?? [], isImplied: false }];
    const because = contradictionTo(edge, [...state.values()]);
    return because ? [{ edge, because, isImplied: true }] : [];
  });
  const [only, more] = contradicted;
  if (!only || more || only.because.includes(node)) return undefined;
  return { node, outcome: only.edge.kind === "false", because: only.because, isImplied: only.isImplied };
}

function clientOf(graph: FlowGraph, scopes: Scopes): FlowClient<State> {
  return {
    initial: new Map(),
    join,
    equals: isEqual,
    transfer: (step, state) => withoutWritten(step, state, scopes),
    edge: (edge, state) => withFacts(edge, state, graph.root, scopes),
  };
}

function withoutWritten({ kind, node }: Step, state: State, scopes: Scopes): State {
  if (state.size === 0 || (kind !== "write" && kind !== "bind" && !OTHERS_RUN.has(kind))) return state;
  const written = OTHERS_RUN.has(kind) ? undefined : scopes.variableOf(node);
  const kept = [...state].filter(([, { variables, isVolatile }]) =>
    OTHERS_RUN.has(kind) ? !isVolatile : !written || !variables.includes(written),
  );
  return kept.length === state.size ? state : new Map(kept);
}

/** Steps after which a member may have another value. */
const OTHERS_RUN: ReadonlySet<StepKind> = new Set<StepKind>([
  ...(["call", "set", "delete", "await", "yield", "iterate", "advance", "close", "dispose", "catch"] as const),
]);

/** Undefined where an edge contradicts what is known. */
function withFacts(edge: Edge, state: State, root: FlowRoot, scopes: Scopes): State | undefined {
  let next: Map<string, Known> | undefined;
  for (const fact of factsOf(edge)) {
    const place = ownVariables(fact, root, scopes);
    if (!place) continue;
    const { variables, isVolatile } = place;
    const before = state.get(fact.key);
    const isSame = before !== undefined && isEqualList(before.variables, variables);
    const values = fact.values & (isSame ? before.values : ANYTHING);
    if (values === 0) return undefined;
    if (isSame && values === before.values) continue;
    const because = [...(isSame ? before.because : []), edge.node as Node];
    (next ??= new Map(state)).set(fact.key, { values, node: fact.node, variables, isVolatile, because });
  }
  return next ?? state;
}

/** The variables of a condition that only this function writes; undefined where it asks about anything else. */
function ownVariables(
  { node }: Fact,
  root: FlowRoot,
  scopes: Scopes,
): Pick<Known, "variables" | "isVolatile"> | undefined {
  const own = variablesIn(node, { scopes, remembered: "own" });
  const variables = own ?? variablesIn(node, { scopes, remembered: "all" });
  if (!variables?.every(variable => !variable.isWrittenByCapture && isOwn(variable, root))) return undefined;
  return { variables, isVolatile: !own };
}

function isOwn({ root, references }: Variable, own: FlowRoot): boolean {
  return root === own || !references.some(({ isWritten }) => isWritten);
}

function join(one: State, other: State): State {
  if (one === other) return one;
  const both = new Map<string, Known>();
  for (const [key, { values, node, variables, isVolatile, because }] of one) {
    const there = other.get(key);
    if (!there || !isEqualList(variables, there.variables) || (values | there.values) === ANYTHING) continue;
    both.set(key, {
      ...{ values: values | there.values, node, variables, isVolatile },
      because: [...new Set([...because, ...there.because])].sort((a, b) => a.pos - b.pos),
    });
  }
  return both;
}

function isEqual(one: State, other: State): boolean {
  return (
    one === other ||
    (one.size === other.size &&
      [...one].every(([key, { values, because }]) => {
        const there = other.get(key);
        return there?.values === values && there.because.length === because.length;
      }))
  );
}

function isEqualList<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
