/** `this.request!.end()` behind `this.request?.end()` in the same function: one of the two is wrong. */
import {
  flowRootOf,
  isCondition,
  isSameReference,
  leavesFunction,
  ownNodesOf,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIfStatement,
  isPropertyAccessExpression,
  type NonNullExpression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** Reports a claim that a member is there, which the line above has asked for with `?.`. */
export function checkAsserted(pass: Pass, assertion: NonNullExpression): void {
  const access = assertion.parent;
  const place = unwrapped(assertion);
  if (pass.file.isTest || !isPropertyAccessExpression(access) || access.expression !== assertion) return;
  if (!isPropertyAccessExpression(place)) return;
  const nodes = [...ownNodesOf(flowRootOf(assertion))];
  const others = nodes.filter(node => node !== place && isSamePlace(node, place));
  if (others.some(other => isCondition(other) || isSettledBy(other))) return;
  const asked = others.map(chainOn).find(chain => chain !== undefined && chain.end < assertion.pos);
  if (!asked || !isPassedWithout(asked)) return;
  const { sourceFile } = pass.file;
  pass.report(assertion, {
    message: `${quoted(place, sourceFile)} is asked for with \`?.\` before, and nothing has found it since, but here it has to be there.`,
    evidence: [
      { at: asked, message: "Here it may be missing." },
      { at: access, message: "This throws where it is missing." },
    ],
  });
}

function isSamePlace(node: Node, place: Node): boolean {
  return isPropertyAccessExpression(node) && isSameReference(node, place);
}

/** Whether a place is compared or given a value. */
function isSettledBy(node: Node): boolean {
  return isBinaryExpression(wrapped(node).parent);
}

function chainOn(node: Node): PropertyAccessExpression | undefined {
  const { parent } = wrapped(node);
  return isPropertyAccessExpression(parent) && parent.questionDotToken && parent.expression === wrapped(node)
    ? parent
    : undefined;
}

/** Whether the code goes on behind a chain that came to nothing: a test of it leaves only where it had a value. */
function isPassedWithout(chain: Node): boolean {
  let at = wrapped(chain);
  while (isPropertyAccessExpression(at.parent) || (isCallExpression(at.parent) && at.parent.expression === at)) {
    at = wrapped(at.parent);
  }
  const { parent } = at;
  return isIfStatement(parent) && parent.expression === at && leavesFunction(parent.thenStatement);
}
