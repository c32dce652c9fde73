/** Walks that add to what they walk over in every round, so that there is always another element. */
import {
  findPath,
  isLoop,
  nodesOf,
  ownNodesOf,
  unwrapped,
  type FlowGraph,
  type FlowPath,
  type Scopes,
  type Step,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isForOfStatement,
  isTemplateExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type ForOfStatement,
  type Node,
} from "@review/program/syntax";
import { changeBy, type Iteration } from "./iterations.ts";

/** The step at which a loop asks for its next element. */
export function isAdvance(step: Step, loop: Node): boolean {
  return step.kind === "advance" && step.node === loop;
}

/** Whether every round of a loop adds, and nothing ever leaves it: but an exception. */
export function addsInEveryRound(graph: FlowGraph, loop: ForOfStatement, call: CallExpression): boolean {
  const advance = graph.stepsOf(loop).find(step => isAdvance(step, loop) && step.block.isReachable);
  if (!advance || [...ownNodesOf(loop.statement)].some(({ kind }) => LEAVES.has(kind))) return false;
  const around = findPath(graph, {
    from: advance,
    to: step => isAdvance(step, loop),
    avoiding: ({ kind, node }) => node === call || (kind === "iterate" && node === loop),
    throws: () => false,
  });
  return around === undefined;
}

const LEAVES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BreakStatement,
  SyntaxKind.ReturnStatement,
  SyntaxKind.ThrowStatement,
  SyntaxKind.YieldExpression,
]);

/** Whether a Set or Map gets a key that it cannot have yet: a new object, or text made longer. */
export function isNewKey(scopes: Scopes, key: Expression | undefined, { element, index }: Iteration): boolean {
  if (!key) return false;
  const bare = unwrapped(key);
  if (MAKES.has(bare.kind)) return true;
  const isLonger = isBinaryExpression(bare)
    ? bare.operatorToken.kind === SyntaxKind.PlusToken
    : isTemplateExpression(bare);
  return isLonger && [...nodesOf(bare)].some(node => isOneOf(scopes.variableOf(node), element, index));
}

const MAKES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
]);

function isOneOf(variable: Variable | undefined, ...others: readonly (Variable | undefined)[]): boolean {
  return variable !== undefined && others.includes(variable);
}

const DELETES: ReadonlySet<string> = new Set(["delete"]);

/** A way on which the key that a walk is at is deleted, put back, and so met again. */
export function pathOfReinsertion(
  graph: FlowGraph,
  scopes: Scopes,
  iteration: Iteration,
  added: CallExpression,
): FlowPath | undefined {
  const key = keyVariable(scopes, added);
  if (!key || !isOneOf(key, iteration.element, iteration.index)) return undefined;
  const { node: loop } = iteration;
  if (!isForOfStatement(loop) || !isLoop(loop)) return undefined;
  const isDelete = (step: Step): boolean => {
    if (step.kind !== "call") return false;
    const change = changeBy(scopes, step.node as CallExpression, DELETES);
    return change?.place.key === iteration.place.key && keyVariable(scopes, change.call) === key;
  };
  const [from] = graph.stepsOf(added).filter(({ kind, block }) => kind === "call" && block.isReachable);
  const isDeleted = findPath(graph, { to: step => step === from, through: isDelete, avoiding: never });
  if (!from || !isDeleted || !isDeletedJustBefore(graph, loop, isDelete, from)) return undefined;
  return findPath(graph, { from, to: step => isAdvance(step, loop), throws: () => false });
}

function never(): boolean {
  return false;
}

/** No way from the head of the loop to the insertion passes by the deletion. */
function isDeletedJustBefore(graph: FlowGraph, loop: Node, isDelete: (step: Step) => boolean, to: Step): boolean {
  const advance = graph.stepsOf(loop).find(step => isAdvance(step, loop) && step.block.isReachable);
  return advance !== undefined && !findPath(graph, { from: advance, to: step => step === to, avoiding: isDelete });
}

function keyVariable(scopes: Scopes, call: CallExpression): Variable | undefined {
  const [key] = call.arguments;
  return key && scopes.variableOf(unwrapped(key));
}
