/** Arrow functions whose braces were meant for an object: `name => { label: name }` has a block with a label. */
import { mainBlockOf, unwrapped, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isExpressionStatement,
  isLabeledStatement,
  type ArrowFunction,
  type LabeledStatement,
} from "@review/program/syntax";

export function checkLabel(pass: Pass, fn: ArrowFunction): void {
  const label = onlyLabel(fn);
  if (!label) return;
  const { body } = fn;
  const [start, end] = [body.getStart(), body.getEnd()];
  pass.report(label, {
    message: `These braces are a block, in which \`${label.label.text}:\` is a label: the function gives nothing.`,
    evidence: [{ at: body, message: "Brackets around the braces make an object of them." }],
    fixes: [
      {
        title: "Put brackets around the object",
        safety: "suggested",
        edits: [
          { at: { start, end: start }, text: "(" },
          { at: { start: end, end }, text: ")" },
        ],
      },
    ],
  });
}

/** The label of the one statement of a block, which only computes a value. */
export function onlyLabel(fn: ArrowFunction): LabeledStatement | undefined {
  const [only, more] = mainBlockOf(fn.body)?.statements ?? [];
  if (!only || more || !isLabeledStatement(only) || !isExpressionStatement(only.statement)) return undefined;
  return isCallExpression(unwrapped(only.statement.expression)) ? undefined : only;
}
