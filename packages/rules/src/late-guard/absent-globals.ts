/** Globals that are used just where they were found to be missing: `typeof window === "undefined" && window.name`. */
import { EQUALS, NOT_EQUALS, nodesOf, ownNodesOf, unwrapped, wrapped, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  NodeFlags,
  type Node,
  type TypeOfExpression,
} from "@review/program/syntax";
import { branchWhere } from "./kinds.ts";

export function checkAbsentGlobal(pass: Pass, test: TypeOfExpression): void {
  const value = unwrapped(test.expression);
  const branch = isIdentifier(value) ? branchWithout(test) : undefined;
  if (!branch || !isIdentifier(value)) return;
  const uses = new Set<Node>(pass.scopes().globals.filter(({ text }) => text === value.text));
  if (!uses.has(value)) return;
  const first = [...nodesOf(branch)].find(node => uses.has(node));
  const own = new Set<Node>(ownNodesOf(branch));
  if (!first || (first !== branch && !own.has(first)) || !isTakenFrom(first)) return;
  pass.report(first, {
    message: `\`${value.text}\` is used just where its check found it missing: the guard stands the wrong way round.`,
    evidence: [{ at: wrapped(test).parent, message: `Here \`${value.text}\` is found to be undefined.` }],
  });
}

/** What runs only where there is no such global. */
function branchWithout(test: TypeOfExpression): Node | undefined {
  const comparison = wrapped(test).parent;
  if (!isBinaryExpression(comparison) || wrapped(test) !== comparison.left) return undefined;
  const kind = unwrapped(comparison.right);
  const operator = comparison.operatorToken.kind;
  if (!isStringLiteralLikeNode(kind) || kind.text !== "undefined") return undefined;
  if (!EQUALS.has(operator) && !NOT_EQUALS.has(operator)) return undefined;
  return branchWhere(comparison, EQUALS.has(operator));
}

/** Only a member is sure to throw: the name alone may be written, or asked for again. */
function isTakenFrom(use: Node): boolean {
  const { parent } = wrapped(use);
  if (!isPropertyAccessExpression(parent) && !isElementAccessExpression(parent)) return false;
  return parent.expression === wrapped(use) && !(parent.flags & NodeFlags.OptionalChain);
}
