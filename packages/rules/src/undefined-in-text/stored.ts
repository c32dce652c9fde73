/** `process.env.NAME = value`: the environment holds text alone. */
import { isGlobal, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isElementAccessExpression,
  isIfStatement,
  isPropertyAccessExpression,
  type BinaryExpression,
  type Node,
} from "@review/program/syntax";
import { withoutBrackets, wordOf } from "./missing.ts";

export function* checkStored(pass: Pass, { left, right }: BinaryExpression): Ask<void> {
  const target = unwrapped(left);
  if (!isPropertyAccessExpression(target) && !isElementAccessExpression(target)) return;
  const env = unwrapped(target.expression);
  if (!isPropertyAccessExpression(env) || env.name.text !== "env") return;
  if (!(yield* isGlobal(pass.checker, env.expression, "process"))) return;
  const value = withoutBrackets(right);
  const type = yield* pass.checker.typeOf(value);
  const word = wordOf(yield* pass.checker.partsOf(type));
  if (word === "present" || word === "unknown" || isAskedFor(value)) return;
  pass.report(value, {
    message: `${quoted(value, pass.file.sourceFile)} may be ${word}, and the environment then holds the text "${word}".`,
    evidence: [{ at: value, message: `This is a \`${yield* pass.checker.textOf(type)}\`.` }],
    repair: "Assign only what is there, and `delete` the variable otherwise.",
  });
}

/** Whether an `if` around it mentions the value, in a way that the compiler may not follow. */
function isAskedFor(value: Node): boolean {
  const text = value.getText();
  for (let at: Node = value; at.parent; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.expression !== at && parent.expression.getText().includes(text)) return true;
  }
  return false;
}
