/**
 * What may be null or undefined where, and since when. Silence is the rule: a place of which nothing is known is
 * neither; it becomes absent by a value that is, or on the branch of a test that says so.
 */
import type { Node } from "@review/program/syntax";
import type { Edge, FlowGraph, Step } from "./graph.ts";
import { dereferencedBy } from "./dereferences.ts";
import { assignedAt } from "./null-values.ts";
import { ANYTHING, NULLISH, nullFactsOf, PRESENT, TRUTHY, UNDEFINED, type NullFact } from "./null-tests.ts";
import type { Scopes, Variable } from "./scope.ts";
import { solve, type FlowClient, type Solution } from "./solve.ts";
import { isVolatile, stablePathOf, type StablePath } from "./stable-paths.ts";
import { mayWriteElsewhere, writtenBy } from "./writes.ts";

/** What made a value null or undefined. */
export interface NullOrigin {
  readonly at: Node;
  readonly kind: "assigned" | "unassigned" | "tested" | "chain" | "operand";
}

/** What is known of a place. */
export interface NullValue {
  readonly path: StablePath;
  /** Bits of what it can be. */
  readonly values: number;
  /** Why it may be null or undefined; none where that is only unknown. */
  readonly origins: readonly NullOrigin[];
}

/** By key of a path; a place that is not there may hold anything. */
export type NullState = ReadonlyMap<string, NullValue>;

export interface Nullness {
  readonly solution: Solution<NullState>;
  /** What is known of a place before a step runs; undefined where nothing is, or where the step cannot be reached. */
  before(step: Step, node: Node): NullValue | undefined;
  /** What is known behind an edge; undefined where it cannot be taken. */
  behind(edge: Edge): NullState | undefined;
}

const remembered = new WeakMap<FlowGraph, { readonly nullness: Nullness | undefined }>();

/** Solved once a graph, for all rules; undefined where the solver gave up. */
export function nullnessOf(graph: FlowGraph, scopes: Scopes): Nullness | undefined {
  let found = remembered.get(graph);
  if (!found) remembered.set(graph, (found = { nullness: analyse(graph, scopes) }));
  return found.nullness;
}

/** Whether a value is known not to be truthy and may be null or undefined: what a failed test leaves. */
export function isGone({ values }: NullValue): boolean {
  return (values & TRUTHY) === 0 && (values & NULLISH) !== 0;
}

/**
 * Whether anything in a function can make a place absent: a test, an assignment, a `var`. Where nothing can, there is
 * nothing to solve, and most functions are like that.
 */
export function canBeAbsent(graph: FlowGraph, scopes: Scopes): boolean {
  return initialState(graph, scopes).size > 0 || isAbsentBehindTest(graph, scopes) || isAssignedAbsent(graph, scopes);
}

function isAbsentBehindTest(graph: FlowGraph, scopes: Scopes): boolean {
  const isAbsent = ({ values, isOpaque }: NullFact): boolean =>
    !isOpaque && (values & NULLISH) !== 0 && (values & TRUTHY) === 0;
  for (const edge of edgesOf(graph)) if (nullFactsOf(scopes, edge).some(isAbsent)) return true;
  return false;
}

function isAssignedAbsent({ blocks }: FlowGraph, scopes: Scopes): boolean {
  const nothing: NullState = new Map();
  const isAbsent = (step: Step): boolean => {
    const path = writtenBy(scopes, step)?.path;
    return path !== undefined && (assignedAt(scopes, step, path, nothing)?.origins.length ?? 0) > 0;
  };
  return blocks.some(({ isReachable, steps }) => isReachable && steps.some(isAbsent));
}

function analyse(graph: FlowGraph, scopes: Scopes): Nullness | undefined {
  const client = clientOf(graph, scopes);
  const solution = solve(graph, client);
  if (!solution) return undefined;
  return {
    solution,
    before(step, node) {
      const path = stablePathOf(scopes, node);
      return path && solution.before(step)?.get(path.key);
    },
    behind(edge) {
      if (edge === edge.from.failure) return solution.atStart(edge.to);
      const state = solution.atEnd(edge.from);
      return state && client.edge?.(edge, state);
    },
  };
}

function clientOf(graph: FlowGraph, scopes: Scopes): FlowClient<NullState> {
  const tested = testedKeys(graph, scopes);
  return {
    initial: initialState(graph, scopes),
    join: joined,
    equals: isSame,
    transfer: (step, state) => afterStep({ graph, scopes, tested }, step, state),
    thrown: (step, without, having) => (step.kind === "call" || step.suspends ? having : without),
    edge: (edge, state) => withFacts(state, nullFactsOf(scopes, edge)),
  };
}

/** A `var` is undefined until something is assigned to it. */
function initialState(graph: FlowGraph, scopes: Scopes): NullState {
  const state = new Map<string, NullValue>();
  for (const variable of scopes.localsOf(graph.root)) {
    const [at] = variable.declarations;
    const path = at && variable.kind === "var" && isUnassigned(variable) ? stablePathOf(scopes, at) : undefined;
    if (!at || !path || isVolatile(path, graph.root)) continue;
    state.set(path.key, { path, values: UNDEFINED, origins: [{ at, kind: "unassigned" }] });
  }
  return state;
}

function isUnassigned({ declarations }: Variable): boolean {
  return declarations.every(({ parent }) => {
    const declaration = parent as Node & { name?: Node; initializer?: Node };
    const statement = parent.parent?.parent as (Node & { declarationList?: Node }) | undefined;
    return declaration.initializer === undefined && statement?.declarationList === parent.parent;
  });
}

/** Origins that are kept of one place. */
const MOST_ORIGINS = 4;

function joined(one: NullState, other: NullState): NullState {
  if (one === other) return one;
  const state = new Map<string, NullValue>();
  for (const [key, known] of one) {
    const value = joinedValue(known, other.get(key));
    if (value) state.set(key, value);
  }
  for (const [key, known] of other) {
    const value = one.has(key) ? undefined : joinedValue(undefined, known);
    if (value) state.set(key, value);
  }
  return state;
}

function joinedValue(one: NullValue | undefined, other: NullValue | undefined): NullValue | undefined {
  if (one && one === other) return one;
  if (one && other) {
    const origins = [...new Set([...one.origins, ...other.origins])].slice(0, MOST_ORIGINS);
    return { path: one.path, values: one.values | other.values, origins };
  }
  const known = one ?? other;
  return known && known.origins.length > 0 ? { ...known, values: ANYTHING } : undefined;
}

function isSame(one: NullState, other: NullState): boolean {
  if (one === other) return true;
  if (one.size !== other.size) return false;
  for (const [key, { values, origins }] of one) {
    const theirs = other.get(key);
    if (theirs?.values !== values || theirs.origins.length !== origins.length) return false;
  }
  return true;
}

interface Context {
  readonly graph: FlowGraph;
  readonly scopes: Scopes;
  /** Keys of the places that a test names: of the others nobody asks whether a use has shown them to be there. */
  readonly tested: ReadonlySet<string>;
}

function testedKeys(graph: FlowGraph, scopes: Scopes): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const edge of edgesOf(graph)) for (const { path } of nullFactsOf(scopes, edge)) keys.add(path.key);
  return keys;
}

function* edgesOf({ blocks }: FlowGraph): Generator<Edge> {
  for (const { isReachable, next } of blocks) if (isReachable) yield* next;
}

function afterStep({ graph, scopes, tested }: Context, step: Step, before: NullState): NullState {
  let state = before;
  const used = dereferencedBy(step);
  const path = used && stablePathOf(scopes, used);
  if (path && (tested.has(path.key) || state.has(path.key))) {
    state = withValue(state, { path, values: PRESENT, origins: [] });
  }
  if (mayWriteElsewhere(step)) state = without(state, known => isVolatile(known, graph.root));
  const written = writtenBy(scopes, step);
  if (!written) return state;
  const value = written.path && assignedAt(scopes, step, written.path, before);
  state = without(state, known => written.invalidates(known));
  return value ? withValue(state, value) : state;
}

function withValue(state: NullState, value: NullValue): NullState {
  const known = state.get(value.path.key);
  if (known?.values === value.values && known.origins.length === 0 && value.origins.length === 0) return state;
  return new Map(state).set(value.path.key, value);
}

function without(state: NullState, isLost: (path: StablePath) => boolean): NullState {
  let next: Map<string, NullValue> | undefined;
  for (const [key, { path }] of state) {
    if (isLost(path)) (next ??= new Map(state)).delete(key);
  }
  return next ?? state;
}

/** Undefined where a fact contradicts what is known: nothing comes this way. */
function withFacts(state: NullState, facts: readonly NullFact[]): NullState | undefined {
  if (facts.length === 0) return state;
  const next = new Map(state);
  for (const { path, node, values, isOpaque } of facts) {
    const known = next.get(path.key);
    const left = (known?.values ?? ANYTHING) & values;
    if (left === 0) return undefined;
    const isStillAbsent = known !== undefined && (known.values & NULLISH) !== 0;
    if (left === ANYTHING || (isOpaque && isStillAbsent)) next.delete(path.key);
    else next.set(path.key, { path, values: left, origins: originsBehind(known, node, left) });
  }
  return next;
}

/** Tests make an origin where they leave nothing but an absent value, and remove all where they leave none. */
function originsBehind(known: NullValue | undefined, at: Node, values: number): readonly NullOrigin[] {
  if ((values & NULLISH) === 0) return [];
  const origins = known?.origins ?? [];
  return origins.length > 0 || (values & TRUTHY) !== 0 ? origins : [testOriginAt(at)];
}

const testOrigins = new WeakMap<Node, NullOrigin>();

function testOriginAt(at: Node): NullOrigin {
  let origin = testOrigins.get(at);
  if (!origin) testOrigins.set(at, (origin = { at, kind: "tested" }));
  return origin;
}
