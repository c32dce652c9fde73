/** Templates and sums of text that a value goes into which may be missing. */
import { builtinOf, quoted, type Ask, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isStringLiteralLikeNode,
  isTemplateExpression,
  type BinaryExpression,
  type Expression,
  type TemplateExpression,
} from "@review/program/syntax";
import { isGuardedElsewhere } from "./guards.ts";
import { missingIn, withoutBrackets } from "./missing.ts";
import { isTold } from "./told.ts";

/** What was reported in a file, by cause: one report is enough for all texts that it comes to. */
export type Told = Set<string>;

/** `beside` is the other side of a sum: one that is text makes text of the sum. */
export function* checkText(
  pass: Pass,
  told: Told,
  whole: TemplateExpression | BinaryExpression,
  value: Expression,
  beside?: Expression,
): Ask<void> {
  if (isStringLiteralLikeNode(value) || isTemplateExpression(value) || isTold(whole)) return;
  if (beside && !(yield* isText(pass, beside))) return;
  const missing = yield* missingIn(pass, value);
  if (!missing || isGuardedElsewhere(withoutBrackets(value))) return;
  const cause = `${String(missing.at.pos)} ${value.getText()}`;
  if (told.has(cause)) return;
  told.add(cause);
  pass.report(value, {
    message: `${quoted(value, pass.file.sourceFile)} may be ${missing.word} here, and then the text reads "${missing.word}".`,
    evidence: [{ at: missing.at, message: missing.because }],
  });
}

/** A sum that has text on its left already is text. */
function* isText(pass: Pass, beside: Expression): Ask<boolean> {
  if (isStringLiteralLikeNode(beside) || isTemplateExpression(beside)) return true;
  if (isBinaryExpression(beside) && isStringLiteralLikeNode(beside.right)) return true;
  return (yield* builtinOf(pass.checker, beside)) === "String";
}
