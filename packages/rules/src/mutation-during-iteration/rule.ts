/** Reports a collection that is changed while a loop or callback walks over it, so that elements are missed. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  evidenceOf,
  findPath,
  flowRootOf,
  isReplacedIn,
  isUncertain,
  ownNodesOf,
  quoted,
  type Ask,
  type FlowGraph,
  type FlowPath,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isCallExpression,
  isForOfStatement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type ForOfStatement,
  type Node,
} from "@review/program/syntax";
import { removalInCallee } from "./called.ts";
import { isRemoval, skipAfter } from "./counting.ts";
import { isCurrentIndex } from "./current.ts";
import { addsInEveryRound, isAdvance, isNewKey, pathOfReinsertion } from "./endless.ts";
import { changeBy, iterationAround, iterationOf, isLateCallback, type Change, type Iteration } from "./iterations.ts";

const rule: Rule = defineRule({
  id: "mutation-during-iteration",
  summary: "A collection is changed while it is walked over, so that elements are skipped or the walk never ends.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Walk over a copy (`[...list]`), make a new array with `filter`, count downwards, or set the counter back after the removal.",
  listen: pass => ({
    [SyntaxKind.CallExpression](call: CallExpression) {
      if (!CHANGES.has(asMethodCall(call)?.name ?? "")) return undefined;
      const change = changeBy(pass.scopes(), call, CHANGES);
      return change ? checkChange(pass, change) : undefined;
    },
    [SyntaxKind.ForOfStatement](loop: ForOfStatement) {
      const iteration = iterationOf(pass.scopes(), loop);
      return iteration?.element ? checkCalls(pass, iteration) : undefined;
    },
  }),
});
export default rule;

const CHANGES: ReadonlySet<string> = new Set(["push", "unshift", "splice", "shift", "add", "set"]);

function* checkChange(pass: Pass, change: Change): Ask<void> {
  const { call, name } = change;
  const iteration = iterationAround(pass.scopes(), call, change.place);
  if (!iteration && name !== "splice" && name !== "shift") return;
  const graph = yield* pass.flow(flowRootOf(call));
  if (!graph) return;
  if (!iteration) yield* checkCounting(pass, graph, change);
  else if (!isReplacedIn(pass.scopes(), iteration.node, change.place)) yield* checkWalk(pass, graph, change, iteration);
}

function* checkCounting(pass: Pass, graph: FlowGraph, change: Change): Ask<void> {
  const skip = skipAfter(graph, pass.scopes(), change);
  const object = asMethodCall(change.call)?.object;
  if (!skip || !object || !(yield* isArrayOrUntyped(pass, object))) return;
  const { sourceFile } = pass.file;
  pass.report(change.call, {
    message: `${quoted(change.call, sourceFile)} moves the elements behind it up, and the loop counts on: it skips the next one.`,
    evidence: evidenceOf(skip.path, sourceFile, ({ node }) =>
      node === change.call
        ? "Every later element moves up by one."
        : "The counter goes on over the element that moved here.",
    ),
  });
}

/** JavaScript does not tell the type of most lists: one that loses the elements under a counter is an array. */
function* isArrayOrUntyped({ checker, file }: Pass, object: Expression): Ask<boolean> {
  if (file.isJavaScript && isUncertain(yield* checker.typeOf(object))) return true;
  return (yield* builtinOf(checker, object)) === "Array";
}

function* checkWalk(pass: Pass, graph: FlowGraph, change: Change, iteration: Iteration): Ask<void> {
  const finding = findingOf(pass, graph, change, iteration);
  if (!finding) return;
  const known = yield* builtinOf(pass.checker, iteration.subject);
  const isList = finding.of === "Array" && (yield* isArrayOrUntyped(pass, iteration.subject));
  if (known !== finding.of && !isList) return;
  const builtin = finding.of;
  const { sourceFile } = pass.file;
  const told = finding.path ? evidenceOf(finding.path, sourceFile, () => undefined) : [];
  pass.report(change.call, {
    message: `${quoted(change.call.expression, sourceFile)} ${finding.message}`,
    evidence: [
      { at: iteration.subject, message: `This \`${builtin}\` itself is walked over, not a copy.` },
      { at: change.call, message: finding.because },
      ...told,
    ],
  });
}

interface Finding {
  readonly of: "Array" | "Set" | "Map";
  readonly message: string;
  readonly because: string;
  readonly path?: FlowPath;
}

function findingOf(pass: Pass, graph: FlowGraph, change: Change, iteration: Iteration): Finding | undefined {
  switch (change.name) {
    case "add":
      return additionTo(pass, graph, change, iteration, "Set");
    case "set":
      return additionTo(pass, graph, change, iteration, "Map");
    case "push":
      return isForOfStatement(iteration.node) && addsInEveryRound(graph, iteration.node, change.call)
        ? { of: "Array", message: ENDLESS, because: "Every round adds another element." }
        : undefined;
    default:
      return shiftOf(pass, graph, change, iteration);
  }
}

const ENDLESS = "adds to what the loop walks over, in every round: the loop never ends.";

function additionTo(
  pass: Pass,
  graph: FlowGraph,
  { call }: Change,
  iteration: Iteration,
  of: "Set" | "Map",
): Finding | undefined {
  const { node } = iteration;
  if (!isForOfStatement(node)) return undefined;
  const scopes = pass.scopes();
  if (isNewKey(scopes, call.arguments[0], iteration) && addsInEveryRound(graph, node, call)) {
    return { of, message: ENDLESS, because: "The key is a new one in every round." };
  }
  const path = pathOfReinsertion(graph, scopes, iteration, call);
  const message = "puts the current key back at the end: the loop meets it again and never ends.";
  return path && { of, message, because: "The key was deleted just before, so it comes last now.", path };
}

/** Removals and insertions that move the elements which are still to come. */
function shiftOf(pass: Pass, graph: FlowGraph, change: Change, iteration: Iteration): Finding | undefined {
  const { call, name } = change;
  const scopes = pass.scopes();
  const [index] = call.arguments;
  if (name === "unshift" && iteration.kind === "callback") return undefined;
  if (name === "splice") {
    const current = { ...iteration, place: change.place };
    if (!index || !isRemoval(call.arguments) || !isCurrentIndex(scopes, index, current)) return undefined;
  }
  const path = pathOn(graph, call, iteration);
  if (!path) return undefined;
  return name === "unshift"
    ? {
        of: "Array",
        message: "moves the elements back: the loop meets the current one again.",
        because: MOVES_BACK,
        path,
      }
    : {
        of: "Array",
        message: "moves the later elements up: the one after the current is skipped.",
        because: MOVES_UP,
        path,
      };
}

const MOVES_UP = "Every later element moves up by one.";
const MOVES_BACK = "Every element moves back by one.";

/** A way from the change into the next round, while the walk still goes on. */
function pathOn(graph: FlowGraph, call: Node, iteration: Iteration): FlowPath | undefined {
  const from = graph.stepsOf(call).find(({ kind, block }) => kind === "call" && block.isReachable);
  if (!from) return undefined;
  if (isForOfStatement(iteration.node)) return findPath(graph, { from, to: step => isAdvance(step, iteration.node) });
  const isInTime = { to: (step: typeof from) => step === from, avoiding: (step: typeof from) => step.suspends };
  if (isLateCallback(iteration) && !findPath(graph, isInTime)) return undefined;
  return findPath(graph, { from, to: "returned" });
}

/** Functions that take out the element that they are called with. */
function* checkCalls(pass: Pass, iteration: Iteration): Ask<void> {
  const { node } = iteration;
  if (!isForOfStatement(node)) return;
  for (const call of [...ownNodesOf(node.statement)].filter(isCallExpression)) {
    const removal = yield* removalInCallee(pass, call, iteration);
    if (!removal || isReplacedIn(pass.scopes(), node, iteration.place)) continue;
    const graph = yield* pass.flow(flowRootOf(call));
    const path = graph && pathOn(graph, call, iteration);
    if (!path || (yield* builtinOf(pass.checker, iteration.subject)) !== "Array") continue;
    const { sourceFile } = pass.file;
    pass.report(call, {
      message: `${quoted(call.expression, sourceFile)} takes the current element out of the array that the loop walks over: the next is skipped.`,
      evidence: [
        { at: iteration.subject, message: "This array itself is walked over, not a copy." },
        { at: removal, message: "The element is taken out here, and every later one moves up." },
        ...evidenceOf(path, sourceFile, () => undefined),
      ],
    });
  }
}
