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
  type SourceFile,
  type TemplateExpression,
} from "@review/program/syntax";
import { isForProgram } from "./address.ts";
import { isGuardedElsewhere } from "./guards.ts";
import { missingIn, withoutBrackets, type Missing } from "./missing.ts";
import { missingFromTable } from "./lookups.ts";
import { optionalBesideRequired, optionalIn } from "./optional.ts";
import { isTold } from "./told.ts";

/** What a rule reports: what the code shows to go wrong, or labels with a `?.` of which the author may know better. */
export type Kind = "text" | "label";

export interface Context {
  /** What was reported in the file, by cause: one report is enough for all texts that it comes to. */
  readonly told: Set<string>;
  readonly kind: Kind;
}

/** One report for a template, whatever the number of its values that may be missing: they are mended together. */
export function* checkTemplate(pass: Pass, context: Context, template: TemplateExpression): Ask<void> {
  if (isTaggedTemplateExpression(template.parent) || isSortKey(template)) return;
  const found: MissingValue[] = [];
  for (const { expression } of template.templateSpans) {
    const missing = yield* missingValue(pass, context, template, expression);
    if (missing) found.push(missing);
  }
  report(pass, found);
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
  yield* checkSide(pass, context, sum, sum.right, sum.left);
  if (kind === SyntaxKind.PlusToken) yield* checkSide(pass, context, sum, sum.left, sum.right);
}

function* checkSide(
  pass: Pass,
  context: Context,
  sum: BinaryExpression,
  value: Expression,
  beside: Expression,
): Ask<void> {
  const missing = yield* missingValue(pass, context, sum, value, beside);
  if (missing) report(pass, [missing]);
}

function isEmptyText(side: Expression): boolean {
  return isStringLiteralLikeNode(side) && side.text === "";
}

interface MissingValue {
  readonly value: Expression;
  readonly missing: Missing;
}

/** `beside` is the other side of a sum: one that is text makes text of the sum. */
function* missingValue(
  pass: Pass,
  { told, kind }: Context,
  whole: TemplateExpression | BinaryExpression,
  value: Expression,
  beside?: Expression,
): Ask<MissingValue | undefined> {
  if (isStringLiteralLikeNode(value) || isTemplateExpression(value) || isTold(whole)) return undefined;
  if (beside && !(yield* isText(pass, beside))) return undefined;
  const missing = (yield* missingIn(pass, value)) ?? (yield* optionalForProgram(pass, kind, whole, value));
  if (!missing || kindOf(missing, whole, value) !== kind || isGuardedElsewhere(withoutBrackets(value)))
    return undefined;
  const cause = `${String(missing.at.pos)} ${value.getText()}`;
  if (told.has(cause)) return undefined;
  told.add(cause);
  return { value, missing };
}

function report(pass: Pass, found: readonly MissingValue[]): void {
  const [first] = found;
  if (!first) return;
  const { sourceFile } = pass.file;
  const names = found.map(({ value }) => named(value, sourceFile, found.length));
  const words = [...new Set(found.map(({ missing }) => missing.word))];
  const reads = words.map(word => `"${word}"`).join(" or ");
  pass.report(first.value, {
    message: `${listed(names)} may be ${words.join(" or ")} here, and then the text reads ${reads}.`,
    evidence: found.flatMap(({ value, missing }) => [
      ...(value === first.value ? [] : [{ at: value, message: `This may be ${missing.word} as well.` }]),
      { at: missing.at, message: missing.because },
    ]),
  });
}

const MOST_NAMED = 3;

/** As much of a name as leaves room for the others: its end tells more than its beginning. */
function named(value: Expression, sourceFile: SourceFile, count: number): string {
  if (count === 1) return quoted(value, sourceFile);
  const limit = count < MOST_NAMED ? LONGER : SHORT;
  const text = quoted(value, sourceFile, Infinity);
  return text.length > limit ? `\`…${text.slice(1 - limit)}` : text;
}

const LONGER = 38;
const SHORT = 24;

/** `a`, `a and b`, `a, b and c`, and of more the first ones with their number. */
function listed(names: readonly string[]): string {
  const shown =
    names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED - 1), `${names.length - MOST_NAMED + 1} more`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}

/** That a value may be left out is enough where the text is an address, a path or a header. */
function* optionalForProgram(pass: Pass, kind: Kind, whole: Node, value: Expression): Ask<Missing | undefined> {
  if (kind !== "text") return undefined;
  if (!isForProgram(whole, value)) return yield* optionalBesideRequired(pass, whole, value);
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
