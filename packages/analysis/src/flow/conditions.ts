/** Branches: where evaluation goes on the truth, or on the nullishness, of an expression. */
import {
  isBinaryExpression,
  isConditionalExpression,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { continueIn, fork, linkTo, newBlock, type Builder, type DraftBlock } from "./builder.ts";
import { evaluateChainTo, isChain } from "./chains.ts";

/**
 * Builds an expression as a condition. What is tested in the end has an edge of its own each way: for `a && !b` these
 * are `a` and `b`. A chain that ends early is false, so it leads there directly.
 */
export function branch(b: Builder, condition: Node, whenTrue: DraftBlock, whenFalse: DraftBlock): void {
  const node = unwrapped(condition);
  if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    branchDeeper(b, node.operand, whenFalse, whenTrue);
    return;
  }
  if (isConditionalExpression(node)) {
    const first = newBlock(b);
    const second = newBlock(b);
    branchDeeper(b, node.condition, first, second);
    branchIn(b, first, node.whenTrue, whenTrue, whenFalse);
    branchIn(b, second, node.whenFalse, whenTrue, whenFalse);
    return;
  }
  if (isBinaryExpression(node) && branchBinary(b, node, whenTrue, whenFalse)) return;
  const known = constantOf(node);
  if (known !== undefined) {
    linkTo(b, known ? whenTrue : whenFalse, "next");
    return;
  }
  if (isChain(node)) evaluateChainTo(b, node, whenFalse);
  else b.evaluate(node);
  fork(b, node, ["true", whenTrue], ["false", whenFalse]);
}

/** The depth of conditions counts like that of any expression. */
function branchDeeper(b: Builder, condition: Node, whenTrue: DraftBlock, whenFalse: DraftBlock): void {
  b.deeper(() => branch(b, condition, whenTrue, whenFalse));
}

function branchIn(b: Builder, at: DraftBlock, node: Node, whenTrue: DraftBlock, whenFalse: DraftBlock): void {
  b.current = at;
  branchDeeper(b, node, whenTrue, whenFalse);
}

function branchBinary(b: Builder, node: BinaryExpression, whenTrue: DraftBlock, whenFalse: DraftBlock): boolean {
  const right = newBlock(b);
  switch (node.operatorToken.kind) {
    case SyntaxKind.AmpersandAmpersandToken:
      branchDeeper(b, node.left, right, whenFalse);
      break;
    case SyntaxKind.BarBarToken:
      branchDeeper(b, node.left, whenTrue, right);
      break;
    case SyntaxKind.QuestionQuestionToken: {
      const present = newBlock(b);
      branchOnNullish(b, node.left, right, present);
      b.current = present;
      fork(b, unwrapped(node.left), ["true", whenTrue], ["false", whenFalse]);
      break;
    }
    case SyntaxKind.CommaToken:
      b.evaluate(node.left);
      continueIn(b, right);
      break;
    default:
      return false;
  }
  branchIn(b, right, node.right, whenTrue, whenFalse);
  return true;
}

/** Builds an expression and goes where it leads by being null or undefined, or not. */
export function branchOnNullish(b: Builder, value: Node, whenNullish: DraftBlock, whenPresent: DraftBlock): void {
  const node = unwrapped(value);
  if (isChain(node)) evaluateChainTo(b, node, whenNullish);
  else b.evaluate(node);
  fork(b, node, ["nullish", whenNullish], ["present", whenPresent]);
}

/** Literals only: what a constant holds is for the clients of the graph. */
function constantOf(node: Node): boolean | undefined {
  if (node.kind === SyntaxKind.TrueKeyword) return true;
  if (node.kind === SyntaxKind.FalseKeyword) return false;
  if (node.kind === SyntaxKind.NumericLiteral) return Number((node as Node & { text: string }).text) !== 0;
  return undefined;
}
