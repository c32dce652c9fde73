/** Reports `??`, `||` and `?:` whose neighbours bind tighter than the text suggests. */
import {
  certainParts,
  defineRule,
  isUncertain,
  literalValue,
  ORDERINGS,
  quoted,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isConditionalExpression,
  isPrefixUnaryExpression,
  isTypeOfExpression,
  SyntaxKind,
  type BinaryExpression,
  type ConditionalExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { ARITHMETIC, COMPARISONS, isTextWithContent } from "./operators.ts";
import { reportSecondDefault } from "./second-default.ts";

const rule: Rule = defineRule({
  id: "nullish-precedence",
  summary:
    "A default never applies: an operator beside `??`, `||` or `?:` binds tighter than the text suggests, or another default stands before it.",
  category: "operators",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Put brackets around the value with its default.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const { kind } = node.operatorToken;
      if (kind === SyntaxKind.QuestionQuestionToken) {
        if (!reportLeft(pass, node) && !reportSecondDefault(pass, node)) yield* checkRight(pass, node);
      } else if (kind === SyntaxKind.BarBarToken && !reportSecondDefault(pass, node)) {
        if (isTextWithContent(node.left)) {
          reportText(pass, node.left, `${quoted(node.right, pass.file.sourceFile)} is never used`, node);
        } else checkZero(pass, node);
      }
    },
    [SyntaxKind.ConditionalExpression]({ condition }: ConditionalExpression) {
      if (isTextWithContent(condition)) reportText(pass, condition, "the other side of `?:` is never used");
      else reportOrder(pass, condition);
    },
  }),
});
export default rule;

/** `a + b ?? c`, `!a ?? b`: what an operator makes is never null or undefined. */
function reportLeft(pass: Pass, { left, right }: BinaryExpression): boolean {
  const inner = innerOf(left);
  if (!inner) return false;
  const { sourceFile } = pass.file;
  const isLiteral = literalValue(inner) !== undefined;
  pass.report(left, {
    message: `${quoted(left, sourceFile)} is never null or undefined, so ${quoted(right, sourceFile)} is never used: \`??\` binds loosest.`,
    evidence: [{ at: left, message: "This is the left side of `??` as a whole." }],
    fixes: isLiteral ? [] : [bracketed(inner, right)],
  });
  return true;
}

/** The operand beside `??` of an operator that never gives null or undefined. */
function innerOf(left: Expression): Expression | undefined {
  if (isPrefixUnaryExpression(left)) return left.operand;
  if (isTypeOfExpression(left)) return left.expression;
  if (!isBinaryExpression(left)) return undefined;
  const { kind } = left.operatorToken;
  return ARITHMETIC.has(kind) || COMPARISONS.has(kind) ? left.right : undefined;
}

/** `a ?? 0 > 0` compares 0 with 0, and `a ?? 0 + b - c` adds to nothing. */
function* checkRight(pass: Pass, node: BinaryExpression): Ask<void> {
  const { left } = node;
  if (!isBinaryExpression(node.right)) return;
  const right = firstOperation(node.right);
  const { kind } = right.operatorToken;
  const isComparison = COMPARISONS.has(kind);
  if (!isComparison && !isOfZero(right) && !(ARITHMETIC.has(kind) && (yield* isNothingAdded(pass, left, right)))) {
    return;
  }
  if (isComparison && literalValue(right.left) === undefined && !(yield* isNeverBoolean(pass, left))) return;
  reportDefault(pass, node, right);
}

function reportDefault(pass: Pass, node: BinaryExpression, first: BinaryExpression): void {
  const { left, right } = node;
  const operator = node.operatorToken.getText();
  pass.report(right, {
    message: `The default is ${quoted(right, pass.file.sourceFile)} as a whole, since \`${operator}\` binds looser than \`${first.operatorToken.getText()}\`.`,
    evidence: [{ at: right, message: `This is the right side of \`${operator}\` as a whole.` }],
    fixes: [choiceOf(node) ?? bracketed(left, first.left)],
  });
}

/** `a || 0 - b`: a default of 0 that something is taken from. */
function checkZero(pass: Pass, node: BinaryExpression): void {
  const first = isBinaryExpression(node.right) ? firstOperation(node.right) : undefined;
  if (first && isOfZero(first)) reportDefault(pass, node, first);
}

/** `0 - b` of `0 - b - c`. */
function firstOperation(operation: BinaryExpression): BinaryExpression {
  const { left } = operation;
  return isBinaryExpression(left) && ARITHMETIC.has(left.operatorToken.kind) ? firstOperation(left) : operation;
}

/** Nobody writes `0 + b` for `b`, nor `0 - b` for `-b`. */
function isOfZero({ left, operatorToken: { kind } }: BinaryExpression): boolean {
  return (kind === SyntaxKind.PlusToken || kind === SyntaxKind.MinusToken) && literalValue(left) === 0;
}

/** `id ?? path === "/tags" ? tag : undefined`: what is compared is no default, and `id` is to stand for the whole choice. */
function choiceOf(node: BinaryExpression): ReportedFix | undefined {
  const { parent } = wrapped(node);
  const { right } = node;
  if (!isConditionalExpression(parent) || parent.condition !== node || !isBinaryExpression(right)) return undefined;
  return literalValue(right.left) === undefined ? bracketed(right, parent, WHOLE_CHOICE) : undefined;
}

const WHOLE_CHOICE = "Put brackets around the whole `?:`";

/** `"" + b` is `b`: nobody writes it for its own sake, but to make a text of something else. */
function* isNothingAdded({ checker }: Pass, value: Node, { left, right }: BinaryExpression): Ask<boolean> {
  if (literalValue(left) !== "") return false;
  for (const side of [value, right]) {
    const parts = yield* certainParts(checker, yield* checker.typeOf(side));
    if (!parts?.length || parts.some(({ flags }) => (flags & TypeFlags.StringLike) === 0)) return false;
  }
  return true;
}

function* isNeverBoolean({ checker }: Pass, value: Node): Ask<boolean> {
  const type = yield* checker.typeOf(value);
  if (isUncertain(type)) return false;
  const parts = yield* certainParts(checker, type);
  return parts !== undefined && parts.length > 0 && parts.every(({ flags }) => (flags & TypeFlags.BooleanLike) === 0);
}

/** `"text" + a || b` and `"text" + a ? b : c`: a text with content is always true. */
function reportText(pass: Pass, text: Expression, consequence: string, whole?: BinaryExpression): void {
  const last = isBinaryExpression(text) ? text.right : undefined;
  pass.report(text, {
    message: `${quoted(text, pass.file.sourceFile)} is joined first and always true, so ${consequence}.`,
    evidence: [{ at: text, message: "This is tested as a whole." }],
    fixes: whole && last && literalValue(last) === undefined ? [bracketed(last, whole.right)] : [],
  });
}

/** `count + " item" + count > 1 ? "s" : ""`: a text with words is no number, so that no comparison with one is true. */
function reportOrder(pass: Pass, condition: Expression): void {
  if (!isBinaryExpression(condition) || !ORDERINGS.has(condition.operatorToken.kind)) return;
  const { left, right } = condition;
  if (typeof literalValue(right) !== "number" || !isTextWithContent(left) || !isBinaryExpression(left)) return;
  pass.report(condition, {
    message: `${quoted(left, pass.file.sourceFile)} is joined first, and a text is never more or less than ${quoted(right, pass.file.sourceFile)}: the first side of \`?:\` is never used.`,
    evidence: [{ at: left, message: "This is compared as a whole." }],
    repair: `${WHOLE_CHOICE}.`,
    fixes: [bracketed(left.right, condition.parent, WHOLE_CHOICE)],
  });
}

function bracketed(from: Node, to: Node, title = "Put brackets around the value with its default"): ReportedFix {
  const start = from.getStart();
  return {
    title,
    safety: "suggested",
    edits: [
      { at: { start, end: start }, text: "(" },
      { at: { start: to.end, end: to.end }, text: ")" },
    ],
  };
}
