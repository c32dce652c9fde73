/** Checks of a value that every path to them has already used. */
import {
  dereferencedBy,
  isCaught,
  isVolatile,
  mayWriteElsewhere,
  nullFactsOf,
  nullnessOf,
  NULLISH,
  PRESENT,
  quoted,
  solve,
  stablePathOf,
  writtenBy,
  type Ask,
  type Edge,
  type FlowClient,
  type FlowGraph,
  type NullFact,
  type Pass,
  type StablePath,
  type Step,
} from "@review/analysis";
import type { Node } from "@review/program/syntax";
import { memberMeant } from "./levels.ts";
import { isLateTest } from "./types.ts";

/** What every path has used, by key of its place. */
type Used = ReadonlyMap<string, Use>;

interface Use {
  readonly path: StablePath;
  /** The first use; undefined where a check came before it, on any path. */
  readonly step: Step | undefined;
}

/** Reports each first test of a value that cannot be missing any more. */
export function* reportLateTests(pass: Pass, graph: FlowGraph): Ask<void> {
  const tests = testsIn(pass, graph);
  const keys = new Set(tests.map(({ fact }) => fact.path.key));
  if (!isAnyUsed(pass, graph, keys)) return;
  const solution = solve(graph, clientOf(pass, graph, keys));
  const told = new Set<Step>();
  for (const { edge, fact } of tests) {
    const use = solution?.atEnd(edge.from)?.get(fact.path.key)?.step;
    if (!use || told.has(use) || !mayThrow(pass, graph, use, fact)) continue;
    const member = yield* memberMeant(pass, fact);
    if (!member && !(yield* isLateTest(pass, fact, use))) continue;
    told.add(use);
    if (member) reportLevel(pass, fact.node, member);
    else reportLate(pass, fact.node, use.node);
  }
}

function reportLate(pass: Pass, tested: Node, use: Node): void {
  const name = quoted(tested, pass.file.sourceFile);
  pass.report(tested, {
    message: `${name} is checked here, but it was used before on every path: where it is missing, that has thrown.`,
    evidence: [{ at: use, message: `This throws where ${name} is null or undefined.` }],
  });
}

function reportLevel(pass: Pass, tested: Node, member: Node): void {
  const { sourceFile } = pass.file;
  pass.report(tested, {
    message: `${quoted(tested, sourceFile)} is always there: what may be missing is ${quoted(member, sourceFile)}, which nothing checks.`,
    evidence: [{ at: member, message: "This may be undefined." }],
  });
}

/** Whether the use throws out of the function where the value is missing, which is not known to be there. */
function mayThrow(pass: Pass, graph: FlowGraph, use: Step, { path }: NullFact): boolean {
  const known = nullnessOf(graph, pass.scopes())?.solution.before(use)?.get(path.key);
  return !isCaught(graph, use) && (!known || (known.values & NULLISH) !== 0);
}

interface Test {
  readonly edge: Edge;
  readonly fact: NullFact;
}

/** The branches that are taken where a value is missing. */
function testsIn(pass: Pass, graph: FlowGraph): readonly Test[] {
  const tests: Test[] = [];
  for (const { next, isReachable } of graph.blocks) {
    for (const edge of isReachable ? next : []) {
      // `?.` where nothing can be missing any more is only superfluous.
      if (edge.kind === "nullish") continue;
      for (const fact of nullFactsOf(pass.scopes(), edge)) {
        if (!fact.isOpaque && (fact.values & NULLISH) !== 0 && (fact.values & PRESENT) !== PRESENT) {
          tests.push({ edge, fact });
        }
      }
    }
  }
  return tests;
}

/** Most of what is tested is used behind the test alone, or never: then there is nothing to solve. */
function isAnyUsed(pass: Pass, { blocks }: FlowGraph, keys: ReadonlySet<string>): boolean {
  if (keys.size === 0) return false;
  const isUsed = (step: Step): boolean => {
    const path = pathUsedBy(pass, step);
    return path !== undefined && keys.has(path.key);
  };
  return blocks.some(({ isReachable, steps }) => isReachable && steps.some(isUsed));
}

function pathUsedBy(pass: Pass, step: Step): StablePath | undefined {
  const node = dereferencedBy(step);
  return node && stablePathOf(pass.scopes(), node);
}

/** Follows the places that are tested, by their keys. */
function clientOf(pass: Pass, graph: FlowGraph, keys: ReadonlySet<string>): FlowClient<Used> {
  const scopes = pass.scopes();
  return {
    initial: new Map(),
    join: joined,
    equals: (one, other) =>
      one.size === other.size && [...one].every(([key, { step }]) => other.get(key)?.step === step),
    thrown: (_step, without) => without,
    edge(edge, used) {
      const unknown = nullFactsOf(scopes, edge).filter(({ path }) => keys.has(path.key) && !used.has(path.key));
      if (unknown.length === 0) return used;
      return new Map([...used, ...unknown.map(({ path }) => [path.key, { path, step: undefined }] as const)]);
    },
    transfer(step, used) {
      const path = pathUsedBy(pass, step);
      let next = used;
      if (path && keys.has(path.key) && !used.has(path.key)) next = new Map(used).set(path.key, { path, step });
      if (mayWriteElsewhere(step)) next = kept(next, each => !isVolatile(each, graph.root));
      const written = writtenBy(scopes, step);
      return written ? kept(next, each => !written.invalidates(each)) : next;
    },
  };
}

/** A place that one path has checked and the other used counts as checked, and so does one with two first uses. */
function joined(one: Used, other: Used): Used {
  if (one === other) return one;
  const next = new Map<string, Use>();
  for (const [key, use] of [...one, ...other]) {
    const isSame = one.get(key)?.step === other.get(key)?.step;
    const isChecked = [one, other].some(each => each.has(key) && each.get(key)?.step === undefined);
    if (isChecked) next.set(key, { path: use.path, step: undefined });
    else if (isSame) next.set(key, use);
  }
  return next;
}

function kept(used: Used, isKept: (path: StablePath) => boolean): Used {
  return [...used.values()].every(({ path }) => isKept(path))
    ? used
    : new Map([...used].filter(([, { path }]) => isKept(path)));
}
