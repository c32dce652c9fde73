/** Reports `x =+ y`, `x =- y`, `x =! y` and `x =~ y`, and an arrow where a comparison is meant: `if (x => 5)`. */
import { defineRule, isCondition, isDiscarded, quoted, type Pass, type ReportedFix, type Rule } from "@review/analysis";
import {
  isBlock,
  isIdentifier,
  isPrefixUnaryExpression,
  SyntaxKind,
  type ArrowFunction,
  type BinaryExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "mistyped-operator",
  summary: "The characters of an operator are swapped: `=+` for `+=`, `=!` for `!=`, `=>` for `>=`.",
  category: "operators",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair:
    "Write the operator that is meant, `+=` or `!==`; where the sign belongs to the value, put the blank before it: `x = -y`.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind === SyntaxKind.EqualsToken) checkAssignment(pass, node);
    },
    [SyntaxKind.ArrowFunction](node: ArrowFunction) {
      if (isCondition(node)) checkArrow(pass, node);
    },
  }),
});
export default rule;

const SIGNS: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.PlusToken, "+"],
  [SyntaxKind.MinusToken, "-"],
  [SyntaxKind.ExclamationToken, "!"],
  [SyntaxKind.TildeToken, "~"],
]);

/** The sign touches the `=` and not its operand: `x =- 1`, unlike `x = -1`, `x=-1` and `x =-1`. */
function checkAssignment(pass: Pass, node: BinaryExpression): void {
  const { right, operatorToken } = node;
  const sign = isPrefixUnaryExpression(right) ? SIGNS.get(right.operator) : undefined;
  if (sign === undefined || !isPrefixUnaryExpression(right)) return;
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
