/** Assignments with all their operators. */
import {
  isAssignmentOperator,
  isIdentifier,
  SyntaxKind,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { addStep, continueIn, fork, newBlock, type Builder, type DraftBlock } from "./builder.ts";
import { assignTo, prepare } from "./patterns.ts";

/** Whether a binary expression assigns. */
export function isAssignment(node: BinaryExpression): boolean {
  return isAssignmentOperator(node.operatorToken.kind);
}

export function evaluateAssignment(b: Builder, node: BinaryExpression): void {
  const kind = node.operatorToken.kind;
  if (kind === SyntaxKind.EqualsToken) {
    prepare(b, node.left);
    b.evaluate(node.right);
    assignTo(b, node.left);
    return;
  }
  const target = unwrapped(node.left);
  b.evaluate(target);
  const after = newBlock(b);
  const assigning = logicalFork(b, kind, target, after);
  if (assigning) b.current = assigning;
  b.evaluate(node.right);
  if (!assigning) addStep(b, "compute", node);
  if (isIdentifier(target)) addStep(b, "write", target);
  else addStep(b, "set", target, { throws: true });
  continueIn(b, after);
}

/** `&&=`, `||=` and `??=` assign on one branch only: the block where they do. */
function logicalFork(b: Builder, kind: SyntaxKind, target: Node, after: DraftBlock): DraftBlock | undefined {
  const assigning = newBlock(b);
  switch (kind) {
    case SyntaxKind.AmpersandAmpersandEqualsToken:
      fork(b, target, ["true", assigning], ["false", after]);
      return assigning;
    case SyntaxKind.BarBarEqualsToken:
      fork(b, target, ["true", after], ["false", assigning]);
      return assigning;
    case SyntaxKind.QuestionQuestionEqualsToken:
      fork(b, target, ["nullish", assigning], ["present", after]);
      return assigning;
    default:
      return undefined;
  }
}
