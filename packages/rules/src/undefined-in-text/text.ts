/** Templates and sums of text that a value goes into which may be missing. */
import { builtinOf, quoted, wrapped, type Ask, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isTaggedTemplateExpression,
  isTemplateExpression,
  NodeFlags,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type TemplateExpression,
} from "@review/program/syntax";
import { isForProgram } from "./address.ts";
import { isGuardedElsewhere } from "./guards.ts";
import { missingIn, withoutBrackets, type Missing } from "./missing.ts";
import { missingFromTable } from "./lookups.ts";
import { optionalIn } from "./optional.ts";
import { isTold } from "./told.ts";

/** What a rule reports: what the code shows to go wrong, or labels with a `?.` of which the author may know better. */
export type Kind = "text" | "label";

export interface Context {
  /** What was reported in the file, by cause: one report is enough for all texts that it comes to. */
  readonly told: Set<string>;
  readonly kind: Kind;
}

export function* checkTemplate(pass: Pass, context: Context, template: TemplateExpression): Ask<void> {
  if (isTaggedTemplateExpression(template.parent) || isSortKey(template)) return;
  for (const { expression } of template.templateSpans) yield* checkText(pass, context, template, expression);
}

/** `\`${a.file}:${a.project}\`.localeCompare(…)`: what is only put in order, nobody reads. */
function isSortKey(template: Node): boolean {
  const outer = wrapped(template);
  const { parent } = outer;
  const access = isCallExpression(parent) && parent.expression !== outer ? parent.expression : parent;
  return isPropertyAccessExpression(access) && access.name.text === "localeCompare";
}

export function* checkSum(pass: Pass, context: Context, sum: BinaryExpression): Ask<void> {
  const { kind } = sum.operatorToken;
  if (kind !== SyntaxKind.PlusToken && kind !== SyntaxKind.PlusEqualsToken) return;
  // `value + ""` is another way to write `String(value)`.
  if (isEmptyText(sum.left) || isEmptyText(sum.right)) return;
  yield* checkText(pass, context, sum, sum.right, sum.left);
  if (kind === SyntaxKind.PlusToken) yield* checkText(pass, context, sum, sum.left, sum.right);
}

function isEmptyText(side: Expression): boolean {
  return isStringLiteralLikeNode(side) && side.text === "";
}

/** `beside` is the other side of a sum: one that is text makes text of the sum. */
function* checkText(
  pass: Pass,
  { told, kind }: Context,
  whole: TemplateExpression | BinaryExpression,
  value: Expression,
  beside?: Expression,
): Ask<void> {
  if (isStringLiteralLikeNode(value) || isTemplateExpression(value) || isTold(whole)) return;
  if (beside && !(yield* isText(pass, beside))) return;
  const missing = (yield* missingIn(pass, value)) ?? (yield* optionalForProgram(pass, kind, whole, value));
  if (!missing || kindOf(missing, whole, value) !== kind || isGuardedElsewhere(withoutBrackets(value))) return;
  const cause = `${String(missing.at.pos)} ${value.getText()}`;
  if (told.has(cause)) return;
  told.add(cause);
  pass.report(value, {
    message: `${quoted(value, pass.file.sourceFile)} may be ${missing.word} here, and then the text reads "${missing.word}".`,
    evidence: [{ at: missing.at, message: missing.because }],
  });
}

/** That a value may be left out is enough where the text is an address, a path or a header. */
function* optionalForProgram(pass: Pass, kind: Kind, whole: Node, value: Expression): Ask<Missing | undefined> {
  if (kind !== "text" || !isForProgram(whole, value)) return undefined;
  return (yield* optionalIn(pass, value)) ?? (yield* missingFromTable(pass, value));
}

function kindOf({ at }: Missing, whole: Node, value: Node): Kind {
  return at.flags & NodeFlags.OptionalChain && !isForProgram(whole, value) ? "label" : "text";
}

/** A sum that has text on its left already is text. */
function* isText(pass: Pass, beside: Expression): Ask<boolean> {
  if (isStringLiteralLikeNode(beside) || isTemplateExpression(beside)) return true;
  if (isBinaryExpression(beside) && isStringLiteralLikeNode(beside.right)) return true;
  return (yield* builtinOf(pass.checker, beside)) === "String";
}
