/**
 * Dereferences that throw because the value is null or undefined: on every path that comes there, or on every path
 * behind one branch. A branch behind which nothing but a TypeError can follow was not meant.
 */
import type { Node } from "@review/program/syntax";
import { conditionMemory } from "./condition-memory.ts";
import { dereferencedBy } from "./dereferences.ts";
import { fateOf, isCaught } from "./fate.ts";
import type { Edge, FlowGraph, Step } from "./graph.ts";
import { FALSY, NULLISH, UNDEFINED } from "./null-tests.ts";
import { absentArmOf } from "./null-values.ts";
import { canBeAbsent, isGone, nullnessOf, type Nullness, type NullOrigin, type NullValue } from "./nullness.ts";
import { findPath, type FlowPath } from "./paths.ts";
import type { Scopes } from "./scope.ts";
import { stablePathOf } from "./stable-paths.ts";

/** A dereference that surely throws. */
export interface Crash {
  /** What throws. */
  readonly step: Step;
  /** The expression that is null or undefined there. */
  readonly node: Node;
  /** What it can be there. */
  readonly values: number;
  readonly origin: NullOrigin;
  /** The branch that leads there whatever comes; undefined where every path does. */
  readonly edge: Edge | undefined;
  /** A shortest way from the start of the function. */
  readonly path: FlowPath;
  /** Calls between the branch and what throws: none of them must be one that never returns. */
  readonly calls: readonly Step[];
}

const remembered = new WeakMap<FlowGraph, readonly Crash[]>();

/** The certain crashes of a function, found once for all rules. Those that a `catch` around them may expect are none. */
export function crashesOf(graph: FlowGraph, scopes: Scopes): readonly Crash[] {
  let found = remembered.get(graph);
  if (!found) remembered.set(graph, (found = search(graph, scopes)));
  return found;
}

function search(graph: FlowGraph, scopes: Scopes): readonly Crash[] {
  const nullness = canBeAbsent(graph, scopes) ? nullnessOf(graph, scopes) : NOTHING_ABSENT;
  if (!nullness) return [];
  const crashes: Crash[] = [];
  const told = new Set<NullOrigin>();
  for (const block of graph.blocks) {
    if (!block.isReachable) continue;
    for (const step of block.steps) {
      const crash = crashAt({ graph, scopes, nullness }, step);
      if (!crash || told.has(crash.origin)) continue;
      told.add(crash.origin);
      crashes.push(crash);
    }
  }
  return crashes;
}

interface Context {
  readonly graph: FlowGraph;
  readonly scopes: Scopes;
  readonly nullness: Pick<Nullness, "before" | "behind"> & { readonly solution?: Nullness["solution"] };
}

const NOTHING_ABSENT: Context["nullness"] = { before: () => undefined, behind: () => undefined };

function crashAt(context: Context, step: Step): Crash | undefined {
  const node = dereferencedBy(step);
  if (!node || isCaught(context.graph, step)) return undefined;
  const value = context.nullness.before(step, node);
  if (!value) {
    const origin = absentArmOf(context.scopes, node);
    return origin && certainCrash(context, { step, node, values: NULLISH, origin });
  }
  const [origin] = value.origins;
  if (!origin) return undefined;
  if (isGone(value)) return certainCrash(context, { step, node, values: value.values, origin });
  return crashBehindAssignment(context, value, step, node) ?? crashBehindBranch(context, value, step, node);
}

function crashBehindBranch(context: Context, value: NullValue, step: Step, node: Node): Crash | undefined {
  const { graph, scopes } = context;
  for (const { edge, gone } of branchesTo(context, value)) {
    const fate = fateOf({ graph, scopes, path: gone.path, values: gone.values }, { block: edge.to, index: 0 });
    const path = fate?.crashes.includes(step) ? pathThrough(context, edge, step) : undefined;
    const [origin] = [...gone.origins, ...value.origins];
    if (fate && path && origin) return { step, node, values: gone.values, origin, edge, path, calls: fate.calls };
  }
  return undefined;
}

/** One that happens on every path, if there is any that does not contradict itself. */
function certainCrash(
  { graph, scopes }: Context,
  crash: Pick<Crash, "step" | "node" | "values" | "origin">,
): Crash | undefined {
  const memory = conditionMemory(graph, scopes);
  const path = findPath(graph, { to: each => each === crash.step, ...(memory && { memory }) });
  return path && { ...crash, edge: undefined, path, calls: [] };
}

function pathThrough({ graph, scopes }: Context, edge: Edge, to: Step): FlowPath | undefined {
  const memory = conditionMemory(graph, scopes);
  return findPath(graph, {
    to: step => step === to,
    through: step => step.block === edge.from,
    follows: each => each.from !== edge.from || each === edge,
    ...(memory && { memory }),
  });
}

/** An assignment whose own branch gives the absent value, `a?.b` or `a ? a.b : null`, with nothing but the crash behind. */
function crashBehindAssignment(context: Context, value: NullValue, step: Step, node: Node): Crash | undefined {
  const { graph, scopes } = context;
  for (const { write, origin } of assignmentsTo(context, value)) {
    const values = VALUES[origin.kind] ?? NULLISH;
    const start = { block: write.block, index: write.index + 1 };
    const fate = fateOf({ graph, scopes, path: value.path, values }, start);
    if (!fate?.crashes.includes(step)) continue;
    const path = findPath(graph, { from: write, to: each => each === step });
    if (path) return { step, node, values, origin, edge: undefined, path, calls: fate.calls };
  }
  return undefined;
}

const VALUES: { readonly [Kind in NullOrigin["kind"]]?: number } = { chain: UNDEFINED, operand: FALSY | NULLISH };

interface Assignment {
  readonly write: Step;
  readonly origin: NullOrigin;
}

function* assignmentsTo({ graph, scopes, nullness }: Context, { path, origins }: NullValue): Generator<Assignment> {
  const writes = graph.blocks
    .filter(({ isReachable }) => isReachable)
    .flatMap(({ steps }) => steps.filter(({ kind }) => kind === "bind" || kind === "write"));
  for (const write of writes) {
    if (stablePathOf(scopes, write.node)?.key !== path.key) continue;
    const after = nullness.solution?.after(write)?.get(path.key);
    const origin = after?.origins.find(each => isInside(each.at, write) && origins.includes(each));
    if (after && origin && !isGone(after)) yield { write, origin };
  }
}

/** Whether a value that is absent comes from the assignment itself, and not from a name that it copies. */
function isInside(at: Node, { node }: Step): boolean {
  const { parent } = node;
  return parent !== undefined && at.pos >= node.end && at.end <= parent.end;
}

interface Branch {
  readonly edge: Edge;
  readonly gone: NullValue;
}

/** The branches behind which the place is absent, by one of the origins that come to the dereference. */
function branchesTo({ graph, nullness }: Context, value: NullValue): readonly Branch[] {
  const branches: Branch[] = [];
  for (const block of graph.blocks) {
    if (!block.isReachable) continue;
    for (const edge of block.failure ? [...block.next, block.failure] : block.next) {
      if (edge.kind === "next" || edge.kind === "mismatch" || edge.to === graph.thrown) continue;
      const gone = nullness.behind(edge)?.get(value.path.key);
      if (gone && isGone(gone) && gone.origins.some(origin => value.origins.includes(origin))) {
        branches.push({ edge, gone });
      }
    }
  }
  return branches;
}
