/** What is done with a buffer. */
import { wrapped } from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isConditionalExpression,
  isNewExpression,
  isReturnStatement,
  type Node,
} from "@review/program/syntax";

/** Whether it is returned, or the only argument of a call: with others, they may say where the view lies. */
export function isHandedOn(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isConditionalExpression(parent)) return parent.condition !== outer && isHandedOn(parent);
  if (isReturnStatement(parent)) return true;
  if (isArrowFunction(parent)) return parent.body === outer;
  if (!isCallExpression(parent) && !isNewExpression(parent)) return false;
  if (parent.expression === outer || parent.arguments?.length !== 1) return false;
  return !QUESTION.test(parent.expression.getText());
}

/** `types.isArrayBuffer(view.buffer)` asks what memory it is, wherever the view lies. */
const QUESTION = /(?:^|\.)is[A-Z]\w*$/;
