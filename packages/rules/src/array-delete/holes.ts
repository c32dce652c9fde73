/** Arrays that are meant to have holes, as the code around a deletion shows it. */
import { enclosingFunction, isSameReference, nodesOf, unwrapped, wrapped } from "@review/analysis";
import {
  isAssignmentOperator,
  isBinaryExpression,
  isElementAccessExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { CLOSES_HOLES, KEEPS_ORDER } from "./tables.ts";

/**
 * Whether holes are meant: the function sets the length itself, asks which indexes are there, or closes the holes
 * with `filter` or `flat`; or the file fills the array by index alone, so that it is a table with numbers for keys.
 */
export function meansHoles(deletion: Node, array: Expression): boolean {
  const owner = enclosingFunction(deletion);
  if (owner && usesIn(owner, array).some(handlesHoles)) return true;
  const everywhere = usesIn(deletion.getSourceFile(), array);
  return everywhere.some(isFilledByIndex) && !everywhere.some(use => KEEPS_ORDER.has(memberOf(use)));
}

/** The places below `root` where an operation is done on this array, as the expressions that name it. */
function usesIn(root: Node, array: Expression): readonly Node[] {
  const bare = unwrapped(array);
  return [...nodesOf(root)].filter(node => node.kind === bare.kind && isSameReference(node, bare)).map(wrapped);
}

function handlesHoles(use: Node): boolean {
  const { parent } = use;
  if (isBinaryExpression(parent)) {
    return parent.operatorToken.kind === SyntaxKind.InKeyword && parent.right === use;
  }
  const member = memberOf(use);
  return CLOSES_HOLES.has(member) || (member === "length" && isTarget(parent));
}

/** The name of the member that a use asks for: `filter` of `xs.filter(f)`; empty for any other use. */
function memberOf(use: Node): string {
  const { parent } = use;
  return isPropertyAccessExpression(parent) && parent.expression === use ? parent.name.text : "";
}

function isFilledByIndex(use: Node): boolean {
  const { parent } = use;
  return isElementAccessExpression(parent) && parent.expression === use && isTarget(parent);
}

function isTarget(node: Node): boolean {
  const { parent } = node;
  if (isBinaryExpression(parent)) return parent.left === node && isAssignmentOperator(parent.operatorToken.kind);
  if (!isPostfixUnaryExpression(parent) && !isPrefixUnaryExpression(parent)) return false;
  return parent.operator === SyntaxKind.PlusPlusToken || parent.operator === SyntaxKind.MinusMinusToken;
}
