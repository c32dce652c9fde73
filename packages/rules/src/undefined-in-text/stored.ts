/** `process.env.NAME = value`: the environment holds text alone. */
import { isGlobal, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import { isElementAccessExpression, isPropertyAccessExpression, type BinaryExpression } from "@review/program/syntax";
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
  if (word === "present" || word === "unknown") return;
  pass.report(value, {
    message: `${quoted(value, pass.file.sourceFile)} may be ${word}, and the environment then holds the text "${word}".`,
    evidence: [{ at: value, message: `This is a \`${yield* pass.checker.textOf(type)}\`.` }],
    repair: "Assign only what is there, and `delete` the variable otherwise.",
  });
}
