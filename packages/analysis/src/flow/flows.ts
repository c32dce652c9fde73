/** Graphs for the rules of a project: built once a function, with what the compiler knows of calls that never return. */
import { TypeFlags, TypePredicateKind, type Checker } from "@review/program";
import {
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { askFor, type Ask } from "../ask.ts";
import type { Counters } from "../scheduler.ts";
import { ownNodesOf, unwrapped, wrapped } from "../helpers/nodes.ts";
import { remember } from "../remembered.ts";
import { buildFlow } from "./build.ts";
import type { CallEnd } from "./builder.ts";
import type { FlowGraph, FlowRoot } from "./graph.ts";
import { scopesOf } from "./scope.ts";

type FlowCounters = Pick<Counters, "flows" | "flowsGivenUp">;

/** The graph of a function; undefined for one that is too large to be followed. */
export type FlowOf = (root: FlowRoot) => Ask<FlowGraph | undefined>;

/** Graphs live as long as their trees; trees that several projects share have one graph in each. */
export function createFlows(checker: Checker, counters: FlowCounters): FlowOf {
  return remember(new WeakMap<FlowRoot, FlowGraph | undefined>(), function* (root) {
    const graph = buildFlow(root, yield* knowledgeOf(checker, root));
    counters.flows++;
    if (!graph) counters.flowsGivenUp++;
    return graph;
  });
}

interface Knowledge {
  endOf(node: Node): CallEnd | undefined;
  assertedBy(call: Node): Node | undefined;
}

/** One question for all calls that stand where they may end a path; more only for the few that seem to. */
function* knowledgeOf(checker: Checker, root: FlowRoot): Ask<Knowledge> {
  const calls = [...ownNodesOf(root)].filter(mayEndPath);
  const types = calls.length > 0 ? yield* askFor(() => checker.getTypeAtLocation.gen(calls)) : [];
  const ends = new Map<Node, CallEnd>();
  const asserted = new Map<Node, Node>();
  for (const [index, call] of calls.entries()) {
    const flags = types[index]?.flags ?? 0;
    if (endsProcess(call)) ends.set(call, "exits");
    else if (flags & TypeFlags.Never && (yield* neverReturns(checker, call))) ends.set(call, "throws");
    else if (flags & TypeFlags.Void && isCallExpression(call) && soundsLikeAssertion(call)) {
      const argument = yield* assertedArgument(checker, call);
      if (argument) asserted.set(call, argument);
    }
  }
  return { endOf: node => ends.get(node), assertedBy: call => asserted.get(call) };
}

/** A type parameter that was inferred as `never`, as for `first([])`, promises nothing. */
function* neverReturns(checker: Checker, node: Node): Ask<boolean> {
  const call = isAwaitExpression(node) ? unwrapped(node.expression) : node;
  if (isCallExpression(call) && isReplaceable(call.expression)) return false;
  const signature = yield* askFor(() => checker.getResolvedSignature.gen(call));
  const declared = yield* askFor(() => signature.getTarget.gen());
  if (!declared) return true;
  const type = yield* askFor(() => declared.getReturnType.gen());
  return (type.flags & TypeFlags.Never) !== 0;
}

/** `function assertions({ skip = notImplemented })`: the default is there in case nobody gives another one. */
function isReplaceable(callee: Node): boolean {
  const variable = isIdentifier(callee) ? scopesOf(callee.getSourceFile()).variableOf(callee) : undefined;
  const declaration = variable?.declarations[0]?.parent;
  if (!declaration) return false;
  if (isParameterDeclaration(declaration)) return declaration.initializer !== undefined && !declaration.type;
  return isBindingElement(declaration) && declaration.initializer !== undefined;
}

/** Where a call stands whose value nobody needs, or that is there in case of need: `x ?? fail()`. */
function mayEndPath(node: Node): boolean {
  if (isAwaitExpression(node)) return isCallExpression(unwrapped(node.expression)) && isOnItsOwn(node);
  return isCallExpression(node) && !isHarmless(node) && isOnItsOwn(node);
}

function isOnItsOwn(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isExpressionStatement(parent)) return true;
  if (isConditionalExpression(parent)) return parent.condition !== outer;
  return isBinaryExpression(parent) && parent.right === outer && ALTERNATIVES.has(parent.operatorToken.kind);
}

const ALTERNATIVES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BarBarToken,
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.QuestionQuestionToken,
]);

/** Calls that are common and always return; not asking about them is most of the saving. */
function isHarmless({ expression }: CallExpression): boolean {
  if (expression.kind === SyntaxKind.SuperKeyword) return true;
  return isPropertyAccessExpression(expression) && HARMLESS.has(expression.name.text);
}

const HARMLESS: ReadonlySet<string> = new Set(
  "push unshift set add delete clear forEach map log info warn debug append then catch on once emit sort write".split(
    " ",
  ),
);

/** Assertions have to be declared as such; asking each call whether it is one would cost more than all other questions. */
function soundsLikeAssertion({ expression }: CallExpression): boolean {
  const name = isPropertyAccessExpression(expression) ? expression.name : expression;
  return isIdentifier(name) && /assert|invariant|ensure|expect|require|verify|check|guard|must|^ok$/i.test(name.text);
}

function* assertedArgument(checker: Checker, call: CallExpression): Ask<Node | undefined> {
  const signature = yield* askFor(() => checker.getResolvedSignature.gen(call));
  const predicate = yield* askFor(() => checker.getTypePredicateOfSignature.gen(signature));
  if (predicate?.kind !== TypePredicateKind.AssertsIdentifier || predicate.type) return undefined;
  return call.arguments[predicate.parameterIndex];
}

/** `process.exit()` and its like end everything: no `catch` and no `finally` runs any more. */
function endsProcess(node: Node): boolean {
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  if (!isIdentifier(expression) || !EXITS.has(`${expression.text}.${name.text}`)) return false;
  const kind = scopesOf(node.getSourceFile()).variableOf(expression)?.kind;
  return kind === undefined || kind === "import";
}

const EXITS: ReadonlySet<string> = new Set(["process.exit", "process.abort", "process.reallyExit", "Deno.exit"]);
