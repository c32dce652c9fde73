/** Comparisons of a builtin's value with a number that it never is, or never passes. */
import {
  asMethodCall,
  constantValue,
  literalValue,
  memberName,
  outcomeOf,
  rangeOf,
  unwrapped,
  type Ask,
  type Comparison,
  type NumberRange,
  type Pass,
  type ReportedFix,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIfStatement,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
} from "@review/program/syntax";
import { COUNTED_FROM_ONE, reportOf } from "./tables.ts";

const COMPARISONS: ReadonlyMap<SyntaxKind, readonly [comparison: Comparison, mirrored: Comparison]> = new Map([
  [SyntaxKind.LessThanToken, ["<", ">"]],
  [SyntaxKind.LessThanEqualsToken, ["<=", ">="]],
  [SyntaxKind.GreaterThanToken, [">", "<"]],
  [SyntaxKind.GreaterThanEqualsToken, [">=", "<="]],
  [SyntaxKind.EqualsEqualsToken, ["==", "=="]],
  [SyntaxKind.EqualsEqualsEqualsToken, ["==", "=="]],
  [SyntaxKind.ExclamationEqualsToken, ["!=", "!="]],
  [SyntaxKind.ExclamationEqualsEqualsToken, ["!=", "!="]],
]);

/** Reports a comparison whose outcome the range of one side decides. */
export function* checkComparison(pass: Pass, node: BinaryExpression): Ask<void> {
  const comparisons = COMPARISONS.get(node.operatorToken.kind);
  if (!comparisons) return;
  const { left, right } = node;
  for (const [subject, limit, comparison] of [
    [left, right, comparisons[0]],
    [right, left, comparisons[1]],
  ] as const) {
    if (isWrittenOut(subject) || !mayBeNumber(limit, comparison, subject)) continue;
    const range = yield* rangeOf(pass.checker, subject);
    const value = range && (yield* constantValue(pass.checker, limit));
    if (!range || typeof value !== "number" || isLeftToOthers(subject, comparison, value)) continue;
    const outcome = outcomeOf(range, comparison, value) ?? outcomeIfValid(range, comparison, value);
    if (!matters(outcome, node, subject)) continue;
    const so = `so this comparison with \`${limit.getText(pass.file.sourceFile)}\` is ${outcome ? "always" : "never"} true`;
    pass.report(node, { ...reportOf(pass, subject, range, so), fixes: fixesFor(node, subject, comparison, limit) });
    return;
  }
}

/**
 * Whether an operand may be the number to compare with. A named one counts for the equality with a call only: a bound
 * is often a setting, whose present value says nothing about the code.
 */
function mayBeNumber(limit: Expression, comparison: Comparison, subject: Expression): boolean {
  const literal = literalValue(limit);
  if (literal !== undefined) return typeof literal === "number";
  const isName = limit.kind === SyntaxKind.Identifier || limit.kind === SyntaxKind.PropertyAccessExpression;
  return isName && (comparison === "==" || comparison === "!=") && isCallExpression(unwrapped(subject));
}

/** A literal, or `1 + 1`: comparing it with another one is a way to write false. */
function isWrittenOut(subject: Expression): boolean {
  const sum = unwrapped(subject);
  if (literalValue(sum) !== undefined) return true;
  return isBinaryExpression(sum) && [sum.left, sum.right].every(side => literalValue(side) !== undefined);
}

/** `length >= 0` asks whether something is empty and is asked the wrong way: that is another rule's. */
function isLeftToOthers(subject: Expression, comparison: Comparison, value: number): boolean {
  const name = memberName(unwrapped(subject));
  return (name === "length" || name === "size") && comparison === ">=" && value === 0;
}

/** After `if (parts.length > 0) { … }` nothing waits for the other outcome: the test is needless, and harmless. */
function matters(outcome: boolean | undefined, { parent }: BinaryExpression, subject: Expression): boolean {
  if (outcome !== true || memberName(unwrapped(subject)) !== "length") return outcome !== undefined;
  return !isIfStatement(parent) || parent.elseStatement !== undefined;
}

/**
 * What a comparison gives for everything but NaN. `month <= 11` tells an invalid date from a valid one; a bound that
 * no valid value comes near, as in `month <= 12`, is no such test.
 */
function outcomeIfValid(range: NumberRange, comparison: Comparison, value: number): boolean | undefined {
  const { min, max, isInteger, mayBeNaN } = range;
  if (!mayBeNaN || !isInteger) return undefined;
  const isBeyond =
    (comparison === "<=" && value > max) ||
    (comparison === "<" && value > max + 1) ||
    (comparison === ">=" && value < min) ||
    (comparison === ">" && value < min - 1);
  return isBeyond ? true : undefined;
}

/** What was meant, where that can be told: December for 12, Sunday for 7, zero for "less than zero". */
function fixesFor(
  { operatorToken }: BinaryExpression,
  subject: Expression,
  comparison: Comparison,
  limit: Expression,
): readonly ReportedFix[] {
  const inner = unwrapped(subject);
  const value = literalValue(limit);
  const call = isCallExpression(inner) ? asMethodCall(inner) : undefined;
  if (comparison === "<" && value === leastOf(call?.name ?? memberName(inner) ?? "")) {
    return [{ title: "Compare with `===`", safety: "suggested", edits: [{ at: operatorToken, text: "===" }] }];
  }
  const counted = call && COUNTED_FROM_ONE.get(call.name);
  if (!counted || counted.value !== value || (comparison !== "==" && comparison !== "!=")) return [];
  const text = String(counted.meant);
  return [{ title: `Compare with ${text}`, safety: "suggested", edits: [{ at: limit, text }] }];
}

/** The value that stands for "none" and below which there is nothing. */
function leastOf(name: string): number | undefined {
  if (name === "length" || name === "size") return 0;
  return /^(?:index|lastIndex|findIndex|findLastIndex)(?:Of)?$/.test(name) ? -1 : undefined;
}
