/** Reports a path through an executor, or a callback in it, that leaves its promise pending for good. */
import {
  asMethodCall,
  conditionMemory,
  defineRule,
  enclosingFunction,
  enteringLoops,
  evidenceOf,
  executorOf,
  failingSteps,
  findPath,
  impossibleEdges,
  makesResolvers,
  mayMakeResolvers,
  ownNodesOf,
  resolversOf,
  stepsOfEvent,
  traceValues,
  wrapped,
  type Ask,
  type Edge,
  type EdgeKind,
  type FlowGraph,
  type FlowPath,
  type Pass,
  type Place,
  type Rule,
  type Step,
  type ValueEvent,
  type ValueTrace,
} from "@review/analysis";
import {
  isCallExpression,
  isCaseClause,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import { callbacksOf } from "./callbacks.ts";
import { eventSteps, isNoBranch, settlesAnother } from "./events.ts";

const rule: Rule = defineRule({
  id: "promise-never-settles",
  summary: "A path through a promise's executor, or a callback in it, ends without settling the promise.",
  category: "promises",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Call `resolve` or `reject` on this path as well, or hand one of them on.",
  listen: pass => ({
    *[SyntaxKind.NewExpression](made: NewExpression) {
      // A test that hangs says so by itself, and assertions end it unseen.
      if (pass.file.isTest) return;
      const executor = yield* executorOf(pass.checker, made);
      const trace = executor && traceValues(pass.scopes(), executor.settlers);
      if (!executor || !trace || trace.events.length === 0 || isRaced(made)) return;
      for (const fn of [executor.fn, ...(yield* callbacksOf(pass, trace))]) yield* check(pass, trace, fn);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const use = mayMakeResolvers(call) ? yield* useWithoutSettler(pass, call) : undefined;
      if (!use) return;
      pass.report(call, {
        message: "The promise that this makes can never settle: nothing uses its `resolve` or `reject`.",
        evidence: [{ at: use, message: "Whoever gets the promise here waits forever." }],
      });
    },
  }),
});
export default rule;

/** Where the promise of `Promise.withResolvers()` is used, when nothing ever gets at what would settle it. */
function* useWithoutSettler(pass: Pass, call: CallExpression): Ask<Node | undefined> {
  const resolvers = yield* resolversOf(pass.checker, call);
  if (resolvers) {
    const isSettled = resolvers.settlers.some(({ references }) => references.length > 0);
    return isSettled ? undefined : resolvers.promise?.references[0]?.node;
  }
  const { parent } = wrapped(call);
  const holder = isVariableDeclaration(parent) ? pass.scopes().variableOf(parent.name) : undefined;
  if (!holder || holder.isExported || holder.isExposed || !(yield* makesResolvers(pass.checker, call)))
    return undefined;
  const uses = holder.references.map(({ node }) => wrapped(node).parent);
  return uses.every(use => isPropertyAccessExpression(use) && use.name.text === "promise") ? uses[0] : undefined;
}

/** A promise that takes part in a race may stay behind: a function around it calls `Promise.race` or `Promise.any`. */
function isRaced(made: NewExpression): boolean {
  // Whose value never comes, may stay away altogether.
  if (made.typeArguments?.[0]?.kind === SyntaxKind.NeverKeyword) return true;
  for (let at = enclosingFunction(made); at; at = enclosingFunction(at)) {
    for (const node of ownNodesOf(at)) {
      const name = isCallExpression(node) ? asMethodCall(node)?.name : undefined;
      if (name === "race" || name === "any") return true;
    }
  }
  return false;
}

/** Looks for a way through one function that leaves the promise alone, where another one does not. */
function* check(pass: Pass, trace: ValueTrace, fn: FunctionLikeDeclaration): Ask<void> {
  const events = trace.in(fn);
  if (events.length === 0) return;
  const graph = yield* pass.flow(fn);
  const steps = graph && (yield* eventSteps(pass, graph, events));
  if (!graph || !steps || ![...steps].some(({ block }) => block.isReachable)) return;
  const path = yield* silentPath(pass, graph, trace, steps);
  if (path) report(pass, graph, path, events, fn);
}

function* silentPath(
  pass: Pass,
  graph: FlowGraph,
  trace: ValueTrace,
  steps: ReadonlySet<Step>,
): Ask<FlowPath | undefined> {
  const scopes = pass.scopes();
  const avoiding = (step: Step): boolean => steps.has(step) || settlesAnother(trace, scopes, step);
  const isImpossible = yield* impossibleEdges(pass.checker, graph.root);
  const query = {
    ...({ to: "returned", avoiding } as const),
    follows: (edge: Edge) => !isImpossible(edge) && !isNoBranch(trace, scopes, edge),
    memory: enteringLoops(conditionMemory(graph, scopes, "all")),
  };
  if (!findPath(graph, query)) return undefined;
  const failing = yield* failingSteps(pass, graph, "expected");
  return findPath(graph, { ...query, throws: step => failing.has(step) });
}

function report(
  pass: Pass,
  graph: FlowGraph,
  path: FlowPath,
  events: readonly ValueEvent[],
  fn: FunctionLikeDeclaration,
): void {
  const { sourceFile } = pass.file;
  const told = evidenceOf(path, sourceFile, () => undefined);
  const settling = events.find(event => stepsOfEvent(graph, event).length > 0);
  pass.report(lastBranch(path) ?? fn, {
    message: "A path from here ends without settling the promise, so whoever waits for it waits forever.",
    evidence: [
      ...told,
      { at: endOf(fn), message: "Here the path has ended, and nothing has settled the promise." },
      ...(settling ? [{ at: settling.node, message: "Another path settles the promise here, or hands that on." }] : []),
    ],
  });
}

/** Where the path is decided; of a loop or a case its first line says enough. */
function lastBranch({ stops }: FlowPath): Node | Place | undefined {
  const last = stops.findLast(stop => (stop.kind === "edge" ? BRANCHES.has(stop.edge.kind) : stop.kind === "throw"));
  const node = last?.kind === "edge" ? last.edge.node : last?.step.node;
  if (!node) return undefined;
  if (isCaseClause(node)) return { start: node.getStart(), end: node.expression.end };
  const { statement } = node as Node & { statement?: Node };
  return statement ? { start: node.getStart(), end: statement.pos } : node;
}

const BRANCHES: ReadonlySet<EdgeKind> = new Set([
  ...(["true", "false", "present", "undefined", "given"] as const),
  ...(["case", "mismatch", "item", "done"] as const),
]);

function endOf({ body, end }: FunctionLikeDeclaration): Place {
  const last = body?.end ?? end;
  return { start: last - 1, end: last };
}
