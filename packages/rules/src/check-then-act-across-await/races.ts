/** Tests whose answer is old by the time that something is done on its strength. */
import {
  asFixedLocal,
  asMethodCall,
  findPath,
  replaces,
  unwrapped,
  wordsOf,
  type Edge,
  type FlowGraph,
  type FlowPath,
  type Scopes,
  type StablePlace,
  type Step,
} from "@review/analysis";
import {
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { actsOf, isSameKey, learntFrom, type Act, type Learnt } from "./acts.ts";
import { isRecheck } from "./recheck.ts";

/** A test, the wait behind it, and what is then done as if nothing had happened. */
export interface Race {
  readonly test: Node;
  readonly wait: Step;
  readonly act: Act;
  readonly learnt: Learnt;
  /** From the wait to the act. */
  readonly path: FlowPath;
}

/** All races of a function, at most one for each place. */
export function racesIn(graph: FlowGraph, scopes: Scopes): readonly Race[] {
  const acts = actsOf(graph, scopes);
  const waits = graph.blocks.flatMap(({ isReachable, steps }) =>
    isReachable ? steps.filter(each => each.suspends) : [],
  );
  if (acts.length === 0 || waits.length === 0) return [];
  const found = new Map<string, Race>();
  for (const { edge, test, learnt } of testsOf(graph, scopes)) {
    for (const act of acts) {
      if (found.has(act.place.key) || act.place.key !== learnt.place.key || !isOnStrengthOf(scopes, act, learnt))
        continue;
      const race = raceOf(graph, scopes, { edge, test, learnt, act, waits, acts });
      if (race) found.set(act.place.key, race);
    }
  }
  return [...found.values()];
}

interface Test {
  readonly edge: Edge;
  readonly test: Step;
  readonly learnt: Learnt;
}

function testsOf(graph: FlowGraph, scopes: Scopes): readonly Test[] {
  const tests: Test[] = [];
  for (const { isReachable, steps, next } of graph.blocks) {
    const test = steps.at(-1);
    if (!isReachable || test?.kind !== "test") continue;
    for (const edge of next) {
      const isTrue = TRUTH[edge.kind];
      const learnt = isTrue === undefined ? undefined : learntFrom(graph, scopes, test.node, isTrue);
      if (learnt) tests.push({ edge, test, learnt });
    }
  }
  return tests;
}

const TRUTH: { readonly [Kind in Edge["kind"]]?: boolean } = {
  true: true,
  present: true,
  false: false,
  nullish: false,
};

/** Whether an act is what the test should prevent from happening twice. */
function isOnStrengthOf(scopes: Scopes, act: Act, learnt: Learnt): boolean {
  switch (learnt.kind) {
    case "empty":
      return act.kind === "set" && act.value !== undefined && !isEmptying(act.value);
    case "below a limit":
      return act.kind === "count";
    case "no entry":
      return act.kind === "enter" && isSameKey(scopes, act.value, learnt.key);
  }
}

function isEmptying(value: Expression): boolean {
  return /^(?:undefined|null|false|0|""|'')$/.test(unwrapped(value).getText());
}

interface Candidate extends Test {
  readonly act: Act;
  readonly waits: readonly Step[];
  readonly acts: readonly Act[];
}

function raceOf(graph: FlowGraph, scopes: Scopes, candidate: Candidate): Race | undefined {
  const { edge, test, act, learnt } = candidate;
  const isOtherWay = findPath(graph, {
    from: test,
    to: step => step === act.step,
    follows: each => each !== edge && !each.isBack,
  });
  if (isOtherWay) return undefined;
  for (const wait of candidate.waits) {
    if (!isReachedUnguarded(graph, candidate, wait)) continue;
    const path = findPath(graph, {
      from: wait,
      to: step => step === act.step,
      avoiding: step => step === test || replaces(scopes, step, act.place) || isRecheck(graph, scopes, step, act.place),
      throws: () => false,
    });
    if (path) return { test: test.node, wait, act, learnt, path };
  }
  return undefined;
}

/** Whether a way leads from the test to the wait on which nothing shared is written, which could be a guard. */
function isReachedUnguarded(graph: FlowGraph, { edge, test, acts, act }: Candidate, wait: Step): boolean {
  const guards = new Set(acts.filter(each => each !== act).map(({ step }) => step));
  const path = findPath(graph, {
    from: test,
    to: step => step === wait,
    avoiding: step => guards.has(step) || step === act.step,
    follows: each => (each.from === edge.from ? each === edge : !each.isBack),
    throws: () => false,
  });
  return path !== undefined;
}

/**
 * Whether doing it twice does harm. A limit, a Set of what was done and a flag that says that something runs are there to
 * prevent it. A value that is only looked up again costs time; one that is made, opened or registered is there twice.
 */
export function isHarmful(scopes: Scopes, { act, learnt, wait }: Race): boolean {
  if (learnt.kind === "below a limit") return true;
  const name = act.place.path.at(-1) ?? rootName(act.place);
  const isFlag = act.kind === "set" && act.value && unwrapped(act.value).kind === SyntaxKind.TrueKeyword;
  if (isFlag && (RUNS.test(name) || wordsOf(name).some(word => DONE.has(word)))) return true;
  if (isEntryOfSet(act)) return !LOADED.test(name);
  if (isFilledByWait(scopes, act)) return true;
  return isAwaitExpression(wait.node) && MAKES.test(calledName(wait.node.expression));
}

/** `this.x = await load()`, `cache.set(key, await load(key))`, also by way of a local: the wait was for this very value. */
function isFilledByWait(scopes: Scopes, { kind, node, value }: Act): boolean {
  const given = kind === "enter" && isCallExpression(node) ? node.arguments[1] : value;
  const bare = given && unwrapped(given);
  const [name] = (bare && scopes.variableOf(bare)?.declarations) ?? [];
  const source = (name && asFixedLocal(name.parent)?.value) ?? bare;
  return source !== undefined && isAwaitExpression(unwrapped(source));
}

function isEntryOfSet({ kind, node }: Act): boolean {
  return kind === "enter" && isCallExpression(node) && asMethodCall(node)?.name !== "set";
}

function rootName({ root }: StablePlace): string {
  return root === "this" ? "" : root.name;
}

/** A flag that keeps others out; "initialised" and "loaded" only save them the work. */
const RUNS =
  /running|busy|progress|processing|flight|pending|lock|start|connect|open|active|sending|submit|sync|migrat|register|polling|listening|refreshing/i;

/** What must not be done twice. */
const DONE: ReadonlySet<string> = new Set("sent delivered paid charged refunded booked ordered published".split(" "));

/** A note of what need not be loaded again. */
const LOADED = /load|cache|fetch|resolved|warned/i;

const MAKES =
  /^(?:connect|create|open|init|start|launch|spawn|register|listen|login|logIn|signIn|subscribe|insert|acquire|setup|setUp|boot|join|mount|authenticate)(?![a-z])|^(?:initiali[sz]e)/;

function calledName(expression: Expression): string {
  const call = unwrapped(expression);
  if (!isCallExpression(call) && !isNewExpression(call)) return "";
  const callee = unwrapped(call.expression);
  return isIdentifier(callee) ? callee.text : isPropertyAccessExpression(callee) ? callee.name.text : "";
}
