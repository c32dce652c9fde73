/** Reports operators whose spacing says that they are evaluated in another order than they are. */
import {
  defineRule,
  hasOnlyFlags,
  literalValue,
  quoted,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import { isBinaryExpression, SyntaxKind, type BinaryExpression, type Expression } from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "precedence-by-whitespace",
  summary: "An operator without blanks stands beside a closer binding one with blanks, as if it were evaluated first.",
  category: "operators",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Put brackets around what is to be evaluated first, or blanks around the operator that is evaluated last.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (!isMisread(node)) return;
      yield* check(pass, node, node.left);
      yield* check(pass, node, node.right);
    },
  }),
});
export default rule;

const ARITHMETIC: readonly SyntaxKind[] = [
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
  SyntaxKind.LessThanLessThanToken,
  SyntaxKind.GreaterThanGreaterThanToken,
  SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
];

const BITS: readonly SyntaxKind[] = [SyntaxKind.AmpersandToken, SyntaxKind.BarToken, SyntaxKind.CaretToken];

/** Operators whose place in the order is easily taken for another. `a<b + c` can only be meant in one way. */
const OUTER: ReadonlySet<SyntaxKind> = new Set([
  ...ARITHMETIC,
  ...BITS,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

/** For a bit operator, comparisons as well: `a&b == c`. */
const COMPARISONS: readonly SyntaxKind[] = [
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
];

function isMisread(outer: BinaryExpression): boolean {
  return OUTER.has(outer.operatorToken.kind) && spacing(outer) === "tight";
}

function* check(pass: Pass, outer: BinaryExpression, operand: Expression): Ask<void> {
  const { sourceFile } = pass.file;
  if (!isBinaryExpression(operand) || spacing(operand) !== "wide") return;
  const inner = operand.operatorToken.kind;
  const isConfusable =
    ARITHMETIC.includes(inner) || (BITS.includes(outer.operatorToken.kind) && COMPARISONS.includes(inner));
  if (!isConfusable || /\n/.test(outer.getText(sourceFile))) return;
  if (isStep(outer, operand)) return;
  if (isSameLevel(inner, outer.operatorToken.kind) && !(yield* orderMatters(pass, outer, operand))) return;
  pass.report(outer, {
    message: `${quoted(operand, sourceFile)} is evaluated first, though the blanks in ${quoted(outer, sourceFile)} say otherwise.`,
    evidence: [{ at: operand.operatorToken, message: "This operator binds closer." }],
    fixes: [bracketed(outer, operand)],
  });
}

/** `at - length-1`, `part / whole*100`: with a number at the end, this is how a place from behind and a percentage are written. */
function isStep(outer: BinaryExpression, inner: BinaryExpression): boolean {
  if (inner !== outer.left || typeof literalValue(outer.right) !== "number") return false;
  const [first, second] = [inner.operatorToken.kind, outer.operatorToken.kind];
  return first === SyntaxKind.MinusToken
    ? second === SyntaxKind.MinusToken
    : first === SyntaxKind.SlashToken && second === SyntaxKind.AsteriskToken;
}

/** Whether two operators are worked out from left to right: `+` and `-`, `*` and `/`. */
function isSameLevel(inner: SyntaxKind, outer: SyntaxKind): boolean {
  if (inner === outer) return true;
  const isPair = (one: SyntaxKind, other: SyntaxKind): boolean => inner === one && outer === other;
  return isPair(SyntaxKind.PlusToken, SyntaxKind.MinusToken) || isPair(SyntaxKind.AsteriskToken, SyntaxKind.SlashToken);
}

/** Whether `a + b+c` is not the same as `a + (b+c)`: a difference is, and a text before two numbers. */
function* orderMatters({ checker }: Pass, outer: BinaryExpression, inner: BinaryExpression): Ask<boolean> {
  const { kind } = inner.operatorToken;
  if (kind !== SyntaxKind.PlusToken) return kind === SyntaxKind.MinusToken || kind === SyntaxKind.SlashToken;
  for (const summand of [inner.right, outer.right]) {
    if (!(yield* hasOnlyFlags(checker, yield* checker.typeOf(summand), TypeFlags.NumberLike))) return false;
  }
  return yield* hasOnlyFlags(checker, yield* checker.typeOf(inner.left), TypeFlags.StringLike);
}

/** Brackets around what the blanks draw together. */
function bracketed(outer: BinaryExpression, inner: BinaryExpression): ReportedFix {
  const [start, end] = inner === outer.right ? [outer.getStart(), inner.left.end] : [inner.right.getStart(), outer.end];
  const edits = [
    { at: { start, end: start }, text: "(" },
    { at: { start: end, end }, text: ")" },
  ];
  return { title: "Evaluate in the order of the blanks", safety: "suggested", edits };
}

/** Whether an operator has blanks on both sides, or on none. */
function spacing({ left, operatorToken, right }: BinaryExpression): "tight" | "wide" | "uneven" {
  const start = operatorToken.getStart();
  const [before, after] = [start > left.end, right.getStart() > operatorToken.end];
  if (before !== after) return "uneven";
  return before ? "wide" : "tight";
}
