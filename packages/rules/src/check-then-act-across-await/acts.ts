/** What a step does to state that others share: sets it, counts it, adds an entry to it. */
import {
  asMethodCall,
  isSameReference,
  isShared,
  nodesOf,
  ORDERINGS,
  stablePlaceOf,
  unwrapped,
  wrapped,
  type FlowGraph,
  type Scopes,
  type StablePlace,
  type Step,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { isCombined } from "./combined.ts";

/** `set`: gets a value. `count`: goes up or down, grows. `enter`: a collection gets a key. */
export interface Act {
  readonly kind: "set" | "count" | "enter";
  readonly step: Step;
  readonly place: StablePlace;
  /** The assignment, update or call. */
  readonly node: Node;
  /** The new value or the key. */
  readonly value: Expression | undefined;
}

/** Everything that a function does to shared state, in the order of the graph. */
export function actsOf(graph: FlowGraph, scopes: Scopes): readonly Act[] {
  const acts: Act[] = [];
  for (const { isReachable, steps } of graph.blocks) {
    if (!isReachable) continue;
    for (const step of steps) acts.push(...actsAt(graph, scopes, step));
  }
  return acts;
}

function actsAt(graph: FlowGraph, scopes: Scopes, step: Step): readonly Act[] {
  if (step.kind === "set" || step.kind === "write") {
    const place = sharedPlace(graph, scopes, step.node);
    return place ? [{ step, place, ...writeAt(step.node) }] : [];
  }
  const method = step.kind === "call" && isCallExpression(step.node) ? asMethodCall(step.node) : undefined;
  const place = method && ADDS.has(method.name) ? sharedPlace(graph, scopes, method.object) : undefined;
  if (!place || !isCallExpression(step.node)) return [];
  const [value] = step.node.arguments;
  return [
    { kind: "enter", step, place, node: step.node, value },
    { kind: "count", step, place, node: step.node, value: undefined },
  ];
}

const ADDS: ReadonlySet<string> = new Set(["set", "add", "push"]);

/** The place of an expression, where other code may change what is there while this function waits. */
export function sharedPlace({ root }: FlowGraph, scopes: Scopes, node: Node): StablePlace | undefined {
  const place = stablePlaceOf(scopes, node);
  return place && isShared(place, root) && (place.root === "this" || place.root.root.kind === SyntaxKind.SourceFile)
    ? place
    : undefined;
}

function writeAt(target: Node): Pick<Act, "kind" | "node" | "value"> {
  const { parent } = wrapped(target);
  if (isPrefixUnaryExpression(parent) || isPostfixUnaryExpression(parent)) {
    return { kind: "count", node: parent, value: undefined };
  }
  if (!isBinaryExpression(parent)) return { kind: "set", node: target, value: undefined };
  const isPlain = LOGICAL.has(parent.operatorToken.kind) && !isCounting(parent);
  return { kind: isPlain ? "set" : "count", node: parent, value: parent.right };
}

/** `this.left = this.left - 1` */
function isCounting(assignment: BinaryExpression): boolean {
  for (const node of nodesOf(assignment.right)) {
    if (isSameReference(node, assignment.left)) return isCombined(node, assignment);
  }
  return false;
}

const LOGICAL: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

/** What is learnt of a place from a test that goes one way. */
export interface Learnt {
  readonly kind: "empty" | "below a limit" | "no entry";
  readonly place: StablePlace;
  /** The key that is not there. */
  readonly key?: Expression | undefined;
}

/** `!this.x`, `this.x === undefined`, `this.n < max`, `!this.map.has(key)`; undefined where it says none of these. */
export function learntFrom(graph: FlowGraph, scopes: Scopes, test: Node, isTrue: boolean): Learnt | undefined {
  const node = unwrapped(test);
  const empty = isTrue ? undefined : sharedPlace(graph, scopes, node);
  if (empty) return { kind: "empty", place: empty };
  if (isCallExpression(node)) return isTrue ? undefined : absence(graph, scopes, node);
  if (!isBinaryExpression(node)) return undefined;
  if (!ORDERINGS.has(node.operatorToken.kind)) return emptiness(graph, scopes, node, isTrue);
  return limit(graph, scopes, node.left) ?? limit(graph, scopes, node.right);
}

/** `this.x === undefined` and its like. */
function emptiness(graph: FlowGraph, scopes: Scopes, node: BinaryExpression, isTrue: boolean): Learnt | undefined {
  if (EQUALITIES.get(node.operatorToken.kind) !== isTrue || !EMPTY.test(unwrapped(node.right).getText()))
    return undefined;
  const left = unwrapped(node.left);
  if (isCallExpression(left)) return absence(graph, scopes, left);
  const place = sharedPlace(graph, scopes, left);
  return place && { kind: "empty", place };
}

const EMPTY = /^(?:undefined|null|false)$/;

const EQUALITIES: ReadonlyMap<SyntaxKind, boolean> = new Map([
  [SyntaxKind.EqualsEqualsToken, true],
  [SyntaxKind.EqualsEqualsEqualsToken, true],
  [SyntaxKind.ExclamationEqualsToken, false],
  [SyntaxKind.ExclamationEqualsEqualsToken, false],
]);

/** A count of one's own, or the size of a collection. */
function limit(graph: FlowGraph, scopes: Scopes, side: Expression): Learnt | undefined {
  const place = sharedPlace(graph, scopes, side);
  if (!place) return undefined;
  const last = place.path.at(-1);
  if (last !== "length" && last !== "size") return { kind: "below a limit", place };
  const bare = unwrapped(side);
  const owner = "expression" in bare ? sharedPlace(graph, scopes, bare.expression as Node) : undefined;
  return owner && { kind: "below a limit", place: owner };
}

function absence(graph: FlowGraph, scopes: Scopes, call: Node): Learnt | undefined {
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  if (!method || !isCallExpression(call) || !LOOKUPS.has(method.name)) return undefined;
  const place = sharedPlace(graph, scopes, method.object);
  return place && { kind: "no entry", place, key: call.arguments[0] };
}

const LOOKUPS: ReadonlySet<string> = new Set(["has", "get", "includes"]);

/** Whether two keys are written alike and mean the same variable. */
export function isSameKey(scopes: Scopes, one: Expression | undefined, other: Expression | undefined): boolean {
  if (!one || !other) return false;
  const [ours, theirs] = [unwrapped(one), unwrapped(other)];
  if (isIdentifier(ours) || isIdentifier(theirs)) return scopes.variableOf(ours) === scopes.variableOf(theirs);
  return ours.getText() === theirs.getText();
}
