/** What keeps an old answer from being taken for a new one. */
import { nodesOf, ownNodesOf, returnedBy, unwrapped } from "@review/analysis";
import {
  isArrowFunction,
  isAssignmentOperator,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  SyntaxKind,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";
import type { LateSetter } from "./setters.ts";

/** Whether a cleanup stops the old run, or the way to the setter asks whether it is still the newest. */
export function isProtected(effect: FunctionLikeDeclaration, { within, call }: LateSetter): boolean {
  return hasCleanup(effect) || asksForNewest(within, call) || usesSignal(effect);
}

/** A cleanup that writes something, or calls what ends the request: whatever it is named. */
function hasCleanup(effect: FunctionLikeDeclaration): boolean {
  return returnedBy(effect).some(returned => {
    const cleanup = unwrapped(returned);
    if (isCallExpression(cleanup) || cleanup.kind === SyntaxKind.VoidExpression || stopsTimer(cleanup)) return false;
    return [...nodesOf(cleanup)].some(node => isWrite(node) || isCallExpression(node) || isIdentifier(node));
  });
}

/** `() => clearTimeout(timer)`, which keeps the next request from being made, and no answer from coming. */
function stopsTimer(cleanup: Node): boolean {
  if (!isArrowFunction(cleanup)) return false;
  const { body } = cleanup;
  const statements = isBlock(body) ? body.statements : [];
  const only = statements.length === 1 && statements[0] ? statements[0] : body;
  const call = isExpressionStatement(only) ? only.expression : only;
  return isCallExpression(call) && /^(?:window\.)?clear(?:Timeout|Interval)$/.test(call.expression.getText());
}

function isWrite(node: Node): boolean {
  return isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind);
}

/** A test of a ref, a comparison, or a flag on the way: nobody tests an answer's content for identity. */
function asksForNewest(within: FunctionLikeDeclaration, call: Node): boolean {
  for (const node of ownNodesOf(within)) {
    if (node.pos > call.pos) continue;
    const test = testIn(node);
    if (test && [...nodesOf(test)].some(isQuestion)) return true;
  }
  return false;
}

function testIn(node: Node): Node | undefined {
  if (isIfStatement(node)) return node.expression;
  if (isConditionalExpression(node)) return node.condition;
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken
    ? node.left
    : undefined;
}

const FLAGS = /mount|cancel|ignor|active|stale|abort|current|dispos|unsub|alive|latest|outdated|obsolete|did|should/i;

function isQuestion(node: Node): boolean {
  if (isIdentifier(node)) return FLAGS.test(node.text);
  return isPropertyAccessExpression(node) && node.name.text === "current";
}

function usesSignal(effect: Node): boolean {
  return [...nodesOf(effect)].some(
    node => isIdentifier(node) && /^(?:signal|AbortController|abortController)$/.test(node.text),
  );
}
