/** `name.toUpperCase() === "abc"`: text in one case, compared with text that has letters in the other. */
import { asMethodCall, isUncertain, literalValue, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isCallExpression,
  isCaseClause,
  isStringLiteralLikeNode,
  type BinaryExpression,
  type Expression,
  type SwitchStatement,
} from "@review/program/syntax";

interface Conversion {
  readonly call: Expression;
  readonly object: Expression;
  readonly convert: (text: string) => string;
  readonly name: string;
}

/** Reports an equality of which one side is in upper or lower case and the other is not. */
export function* checkCase(pass: Pass, { left, right }: BinaryExpression, outcome: string): Ask<void> {
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const conversion = conversionOf(side);
    if (conversion) yield* check(pass, conversion, other, `this is always ${outcome}`);
  }
}

/** Reports the cases of a `switch` over text in upper or lower case that never fit. */
export function* checkCases(pass: Pass, { expression, caseBlock }: SwitchStatement): Ask<void> {
  const conversion = conversionOf(expression);
  if (!conversion) return;
  for (const clause of caseBlock.clauses) {
    if (isCaseClause(clause)) yield* check(pass, conversion, clause.expression, "this case never runs");
  }
}

function conversionOf(side: Expression): Conversion | undefined {
  const call = unwrapped(side);
  const method = isCallExpression(call) && call.arguments.length === 0 ? asMethodCall(call) : undefined;
  const way = method && /^to(?:Locale)?(Upper|Lower)Case$/.exec(method.name)?.[1];
  if (!method || way === undefined || !isCallExpression(call)) return undefined;
  return way === "Upper"
    ? { call, object: method.object, convert: text => text.toUpperCase(), name: "upper" }
    : { call, object: method.object, convert: text => text.toLowerCase(), name: "lower" };
}

function* check(pass: Pass, { call, object, convert, name }: Conversion, other: Expression, so: string): Ask<void> {
  const { checker, file } = pass;
  const text = literalValue(other);
  if (typeof text !== "string" || convert(text) === text) return;
  const type = yield* checker.typeOf(object);
  // A method of another class may answer anything.
  if (!isUncertain(type) && !(yield* checker.partsOf(type)).every(part => part.flags & TypeFlags.StringLike)) return;
  pass.report(other, {
    message: `${quoted(call, file.sourceFile)} is in ${name} case and never equal to ${quoted(other, file.sourceFile)}: ${so}.`,
    evidence: [{ at: call, message: `This has letters in ${name} case alone.` }],
    fixes: fixesFor(other, convert, name),
  });
}

/** Escapes are left to the writer: `\xaa` is no letter to be converted. */
function fixesFor(other: Expression, convert: Conversion["convert"], name: string) {
  const literal = unwrapped(other);
  const written = literal.getText();
  if (!isStringLiteralLikeNode(literal) || written.includes("\\")) return [];
  const edits = [{ at: literal, text: convert(written) }];
  return [{ title: `Write the text in ${name} case`, safety: "suggested", edits } as const];
}
