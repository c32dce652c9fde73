/**
 * Reports `x =+ y`, `x =- y`, `x =! y` and `x =~ y`, an arrow where a comparison is meant, `if (x => 5)`, and `x += x + y`,
 * which adds `x` twice.
 */
import {
  defineRule,
  isCondition,
  isDiscarded,
  isRepeatable,
  isSameReference,
  quoted,
  unwrapped,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isIdentifier,
  isPrefixUnaryExpression,
  SyntaxKind,
  type ArrowFunction,
  type BinaryExpression,
  type Expression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "mistyped-operator",
  summary:
    "The characters of an operator are swapped, `=+` for `+=`, `=>` for `>=`, or it is written twice: `x += x + y`.",
  category: "operators",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair:
    "Write the operator that is meant, `+=` or `!==`; where the sign belongs to the value, put the blank before it: `x = -y`.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind === SyntaxKind.EqualsToken) checkAssignment(pass, node);
      else if (COMPOUND.has(node.operatorToken.kind)) checkRepeated(pass, node);
      else if (node.operatorToken.kind === SyntaxKind.CaretToken) checkPower(pass, node);
    },
    [SyntaxKind.ArrowFunction](node: ArrowFunction) {
      if (isCondition(node)) checkArrow(pass, node);
    },
  }),
});
export default rule;

/** `2 ^ 10`: of two numbers that are written out, nobody wants the bits in which they differ. */
function checkPower(pass: Pass, { left, operatorToken, right }: BinaryExpression): void {
  if (!/^(?:2|10)$/.test(left.getText()) || !/^[1-9]\d*$/.test(right.getText())) return;
  pass.report(operatorToken, {
    message: `\`^\` is no power: \`${left.getText()} ^ ${right.getText()}\` gives ${String(Number(left.getText()) ^ Number(right.getText()))}.`,
    evidence: [{ at: left, message: "The bits of both numbers are compared." }],
    repair: "Write `**`.",
    fixes: [{ title: "Write `**`", safety: "suggested", edits: [{ at: operatorToken, text: "**" }] }],
  });
}

const SIGNS: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.PlusToken, "+"],
  [SyntaxKind.MinusToken, "-"],
  [SyntaxKind.ExclamationToken, "!"],
  [SyntaxKind.TildeToken, "~"],
]);

/** The sign touches the `=` and not its operand: `x =- 1`, unlike `x = -1`, `x=-1` and `x =-1`. */
function checkAssignment(pass: Pass, node: BinaryExpression): void {
  const { operatorToken } = node;
  const right = firstOf(node.right);
  const sign = isPrefixUnaryExpression(right) ? SIGNS.get(right.operator) : undefined;
  if (sign === undefined) return;
  const { text, sourceFile } = pass.file;
  const start = right.getStart(sourceFile);
  if (start !== operatorToken.end || !/\s/.test(text.charAt(start + 1))) return;
  const target = quoted(node.left, sourceFile);
  const effect = sign === "!" ? "the negated value" : sign === "~" ? "the inverted bits" : `a value with a \`${sign}\``;
  pass.report(
    { start: operatorToken.getStart(sourceFile), end: start + 1 },
    {
      message: `\`=${sign}\` is no operator: this assigns ${effect} to ${target}.`,
      evidence: [{ at: right, message: "This is what is assigned." }],
      fixes: fixesFor(node, sign, start),
    },
  );
}

/** What a value begins with: in `x =+ a - b` the sign belongs to `a`. */
function firstOf(value: Expression): Expression {
  return isBinaryExpression(value) ? firstOf(value.left) : value;
}

/** In a statement `=+` means `+=`, and `=!` an assignment with a blank in the wrong place; elsewhere it compares. */
function fixesFor(node: BinaryExpression, sign: string, start: number): readonly ReportedFix[] {
  const at = { start: start - 1, end: start + 1 };
  const apart = { start: start - 1, end: start + 2 };
  const spaced: ReportedFix = {
    title: "Put the blank before the sign",
    safety: "suggested",
    edits: [{ at: apart, text: `= ${sign}` }],
  };
  if (sign === "~") return [spaced];
  if (sign !== "!")
    return [{ title: `Write \`${sign}=\``, safety: "suggested", edits: [{ at, text: `${sign}=` }] }, spaced];
  return isDiscarded(node)
    ? [spaced]
    : [{ title: "Write `!==`", safety: "suggested", edits: [{ at, text: "!==" }] }, spaced];
}

/** Operators that assign, and what they compute. */
const COMPOUND: ReadonlyMap<SyntaxKind, SyntaxKind> = new Map([
  [SyntaxKind.PlusEqualsToken, SyntaxKind.PlusToken],
  [SyntaxKind.MinusEqualsToken, SyntaxKind.MinusToken],
  [SyntaxKind.AsteriskEqualsToken, SyntaxKind.AsteriskToken],
  [SyntaxKind.AsteriskAsteriskEqualsToken, SyntaxKind.AsteriskAsteriskToken],
  [SyntaxKind.SlashEqualsToken, SyntaxKind.SlashToken],
  [SyntaxKind.PercentEqualsToken, SyntaxKind.PercentToken],
  [SyntaxKind.LessThanLessThanEqualsToken, SyntaxKind.LessThanLessThanToken],
  [SyntaxKind.GreaterThanGreaterThanEqualsToken, SyntaxKind.GreaterThanGreaterThanToken],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken, SyntaxKind.GreaterThanGreaterThanGreaterThanToken],
  [SyntaxKind.AmpersandEqualsToken, SyntaxKind.AmpersandToken],
  [SyntaxKind.BarEqualsToken, SyntaxKind.BarToken],
  [SyntaxKind.CaretEqualsToken, SyntaxKind.CaretToken],
]);

/** Where the order of the operands does not matter; with text it does, but a text that is doubled is no less odd. */
const COMMUTATIVE: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.AsteriskToken, SyntaxKind.AmpersandToken],
  ...[SyntaxKind.BarToken, SyntaxKind.CaretToken],
]);

/** `x += x + y`: one of both is left over from `x = x + y`. `t *= t * t` is a power that somebody wanted. */
function checkRepeated(pass: Pass, node: BinaryExpression): void {
  const value = unwrapped(node.right);
  const computed = COMPOUND.get(node.operatorToken.kind);
  if (!isBinaryExpression(value) || value.operatorToken.kind !== computed || !isRepeatable(node.left)) return;
  const isFirst = isSameReference(node.left, value.left);
  const isSecond = isSameReference(node.left, value.right);
  if (isFirst === isSecond || (isSecond && !COMMUTATIVE.has(computed))) return;
  const { sourceFile } = pass.file;
  const [own, other] = isFirst ? [value.left, value.right] : [value.right, value.left];
  const operator = node.operatorToken.getText(sourceFile);
  pass.report(node, {
    message: `\`${operator}\` already takes ${quoted(node.left, sourceFile)}, which the value names once more: it goes in twice.`,
    evidence: [{ at: own, message: "This is the place that is assigned to." }],
    fixes: [
      {
        title: "Leave it out of the value",
        safety: "suggested",
        edits: [{ at: node.right, text: other.getText(sourceFile) }],
      },
    ],
  });
}

/** A function is never false: nobody tests one that was written on the spot. */
function checkArrow(pass: Pass, node: ArrowFunction): void {
  const [parameter, ...more] = node.parameters;
  const isBare =
    parameter && node.getText(pass.file.sourceFile).startsWith(parameter.name.getText(pass.file.sourceFile));
  if (!parameter || more.length > 0 || !isBare || !isIdentifier(parameter.name) || isBlock(node.body)) return;
  const arrow = node.equalsGreaterThanToken;
  pass.report(node, {
    message: `${quoted(node, pass.file.sourceFile)} is a function, which counts as true: \`=>\` does not compare.`,
    evidence: [{ at: arrow, message: "This makes a function." }],
    fixes: [{ title: "Write `>=`", safety: "suggested", edits: [{ at: arrow, text: ">=" }] }],
  });
}
