/** Loops that count: an element is taken out at the counter, and the counter goes on over the one that moved there. */
import {
  findPath,
  isInside,
  isReplacedIn,
  isWritten,
  nodesOf,
  stablePlaceOf,
  unwrapped,
  wrapped,
  type FlowGraph,
  type FlowPath,
  type Scopes,
  type StablePlace,
  type Step,
  type Variable,
} from "@review/analysis";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isForStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { countingLoopsAround, type Change, type CountingLoop } from "./iterations.ts";

/** A way from the change to the step that counts on, in the same round. */
export interface Skip {
  readonly loop: CountingLoop;
  readonly path: FlowPath;
}

/** Whether a loop goes on over the elements that a removal has moved. */
export function skipAfter(graph: FlowGraph, scopes: Scopes, { call, name, place }: Change): Skip | undefined {
  const at = name === "shift" ? undefined : counterOf(scopes, call.arguments[0]);
  if (name === "splice" && (!at || !isRemoval(call.arguments))) return undefined;
  for (const loop of countingLoopsAround(call)) {
    const counter = at ?? conditionCounter(scopes, loop, place);
    if (!counter || !walksOver(scopes, loop, place, counter, name)) continue;
    const path = isReplacedIn(scopes, loop.statement, place)
      ? undefined
      : pathToCount(graph, scopes, call, loop, counter);
    return path && { loop, path };
  }
  return undefined;
}

function counterOf(scopes: Scopes, argument: Expression | undefined): Variable | undefined {
  const node = argument && unwrapped(argument);
  return node && isIdentifier(node) ? scopes.variableOf(node) : undefined;
}

/** `splice(i, 1)`: something goes, and nothing takes its place, by what is written. */
export function isRemoval([, count, ...inserted]: readonly Expression[]): boolean {
  return count !== undefined && inserted.length === 0 && Number(unwrapped(count).getText()) > 0;
}

function conditionOf(loop: CountingLoop): Expression | undefined {
  return isForStatement(loop) ? loop.condition : loop.expression;
}

/** `i` of `i < list.length`, and nothing else in the condition. */
function conditionCounter(scopes: Scopes, loop: CountingLoop, place: StablePlace): Variable | undefined {
  const condition = conditionOf(loop);
  const test = condition && unwrapped(condition);
  if (!test || !isBinaryExpression(test) || test.operatorToken.kind !== SyntaxKind.LessThanToken) return undefined;
  const length = unwrapped(test.right);
  if (!isPropertyAccessExpression(length) || length.name.text !== "length") return undefined;
  if (stablePlaceOf(scopes, length.expression)?.key !== place.key) return undefined;
  return counterOf(scopes, test.left);
}

/** Whether a loop reads the elements at the counter, or counts up to the length of the array itself. */
function walksOver(scopes: Scopes, loop: CountingLoop, place: StablePlace, counter: Variable, name: string): boolean {
  if (isStoppedOtherwise(scopes, loop, counter)) return false;
  if (conditionCounter(scopes, loop, place) === counter) return true;
  if (name === "shift") return false;
  for (const node of nodesOf(loop)) {
    if (!isElementAccessExpression(node) || counterOf(scopes, node.argumentExpression) !== counter) continue;
    if (stablePlaceOf(scopes, node.expression)?.key === place.key) return true;
  }
  return false;
}

/** A flag in the condition that the loop sets may be what ends it after the removal. */
function isStoppedOtherwise(scopes: Scopes, loop: CountingLoop, counter: Variable): boolean {
  const condition = conditionOf(loop);
  if (!condition) return false;
  for (const node of nodesOf(condition)) {
    const variable = scopes.variableOf(node);
    if (!variable || variable === counter) continue;
    if (variable.references.some(({ isWritten, node: use }) => isWritten && isInside(use, loop.statement))) return true;
  }
  return false;
}

function pathToCount(
  graph: FlowGraph,
  scopes: Scopes,
  call: Node,
  loop: CountingLoop,
  counter: Variable,
): FlowPath | undefined {
  const from = graph.stepsOf(call).find(({ kind, block }) => kind === "call" && block.isReachable);
  const condition = conditionOf(loop);
  const isWrite = ({ kind, node }: Step): boolean => kind === "write" && scopes.variableOf(node) === counter;
  if (!from || isSetBackBefore(call, scopes, counter)) return undefined;
  return findPath(graph, {
    from,
    to: step => isWrite(step) && isInside(step.node, loop) && countsOn(step.node),
    avoiding: step => isWrite(step) || (condition !== undefined && isInside(step.node, condition)),
    follows: edge => !(edge.isBack && (edge.node === loop || edge.kind === "continue")) || isForStatement(loop),
  });
}

/** The counter is set back just before, in the same block. */
function isSetBackBefore(call: Node, scopes: Scopes, counter: Variable): boolean {
  let block = call;
  while (block.kind !== SyntaxKind.Block && !isFunctionLikeDeclaration(block)) block = block.parent;
  for (const node of nodesOf(block)) {
    if (node.pos >= call.pos) return false;
    if (isIdentifier(node) && scopes.variableOf(node) === counter && isWritten(node) && !countsOn(node)) return true;
  }
  return false;
}

/** `i++`, `++i`, `i += 1`. */
function countsOn(name: Node): boolean {
  const { parent } = wrapped(name);
  if (isPrefixUnaryExpression(parent) || isPostfixUnaryExpression(parent)) {
    return parent.operator === SyntaxKind.PlusPlusToken;
  }
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.PlusEqualsToken) return false;
  return parent.right.getText() === "1";
}
