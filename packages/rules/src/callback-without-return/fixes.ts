/** How a callback without an answer can give one. */
import { mentions, unwrapped, type ReportedFix } from "@review/analysis";
import {
  isAssignmentOperator,
  isBinaryExpression,
  isExpressionStatement,
  isIdentifier,
  isPostfixUnaryExpression,
  type ArrowFunction,
  type Block,
  type Expression,
  type FunctionExpression,
} from "@review/program/syntax";
import type { Use } from "./tables.ts";

/** Returns the last expression, or the accumulator that the callback fills; none where the last statement is no value. */
export function answerFixes(body: Block, use: Use, fn: ArrowFunction | FunctionExpression): readonly ReportedFix[] {
  const last = body.statements.at(-1);
  if (!last || !isExpressionStatement(last)) return [];
  const accumulator = fn.parameters[0]?.name;
  if (use === "accumulator" && accumulator && isIdentifier(accumulator) && mentions(last, accumulator.text)) {
    const at = { start: last.end, end: last.end };
    const edits = [{ at, text: ` return ${accumulator.text};` }];
    if (isUpdate(last.expression)) return [{ title: "Return the accumulator", safety: "suggested", edits }];
  }
  if (isUpdate(last.expression)) return [];
  const start = last.getStart();
  const edits = [{ at: { start, end: start }, text: "return " }];
  return [{ title: "Return the last expression", safety: "suggested", edits }];
}

/** Whether an expression is there for its effect: an assignment, a step, a call that is not known to answer. */
function isUpdate(expression: Expression): boolean {
  const bare = unwrapped(expression) as Expression;
  if (isBinaryExpression(bare)) return isAssignmentOperator(bare.operatorToken.kind);
  return isPostfixUnaryExpression(bare) || /\.(?:push|set|add|unshift|append|delete)\(/.test(bare.getText());
}
