/** Reports `&` and `|` between conditions, where `&&` and `||` are meant. */
import {
  defineRule,
  hasOnlyFlags,
  isCondition,
  isGuess,
  poorTextOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "bitwise-for-logical",
  summary: "`&` or `|` stands between conditions or objects, where `&&` or `||` is meant.",
  category: "operators",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write `&&` or `||`, and brackets around a bit test that is compared.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const logical = LOGICAL.get(node.operatorToken.kind);
      // Of booleans and objects the compiler says the same, where it is asked.
      if (logical === undefined || pass.file.isChecked) return undefined;
      return check(pass, node, logical);
    },
  }),
});
export default rule;

const LOGICAL: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.AmpersandToken, "&&"],
  [SyntaxKind.BarToken, "||"],
]);

function* check(pass: Pass, node: BinaryExpression, logical: string): Ask<void> {
  const { left, right } = node;
  const [ours, theirs] = [isTest(left), isTest(right)];
  if (ours && theirs) {
    if (isCondition(node)) report(pass, node, left, `Both sides of ${operatorOf(node)} are conditions`, logical);
  } else if (theirs && isComparison(right)) {
    reportComparison(pass, node, right);
  } else if (node.operatorToken.kind === SyntaxKind.BarToken && (yield* isObject(pass, right))) {
    report(pass, node, right, "The right side of `|` is an object, of which only 0 is left", logical);
  }
}

function operatorOf({ operatorToken }: BinaryExpression): string {
  return `\`${operatorToken.kind === SyntaxKind.BarToken ? "|" : "&"}\``;
}

function report(pass: Pass, node: BinaryExpression, at: Expression, why: string, logical: string): void {
  pass.report(node, {
    message: `${why}: \`${logical}\` would take one of them, and look at the right one only if need be.`,
    evidence: [{ at, message: "This is no number." }],
    fixes: [replaced(node, logical)],
  });
}

function replaced(node: BinaryExpression, logical: string): ReportedFix {
  const title = `Write \`${logical}\``;
  return { title, safety: "suggested", edits: [{ at: node.operatorToken, text: logical }] };
}

/** `flags & MASK == 0` compares the mask first. */
function reportComparison(pass: Pass, node: BinaryExpression, comparison: BinaryExpression): void {
  const { sourceFile } = pass.file;
  const start = node.left.getStart(sourceFile);
  pass.report(node, {
    message: `${quoted(comparison, sourceFile)} is evaluated first, so that ${operatorOf(node)} gets true or false.`,
    evidence: [{ at: comparison, message: "A comparison binds closer than a bit operator." }],
    fixes: [
      {
        title: "Put the bit operation into brackets",
        safety: "suggested",
        edits: [
          { at: { start, end: start }, text: "(" },
          { at: { start: comparison.left.end, end: comparison.left.end }, text: ")" },
        ],
      },
    ],
  });
}

/** Whether an expression gives true or false, by its form: types of JavaScript may be those of one value among several. */
function isTest(expression: Expression): boolean {
  const inner = unwrapped(expression);
  if (isPrefixUnaryExpression(inner)) return inner.operator === SyntaxKind.ExclamationToken;
  return isBinaryExpression(inner) && COMPARISONS.has(inner.operatorToken.kind);
}

/** Without brackets of its own. */
function isComparison(expression: Expression): expression is BinaryExpression {
  return isBinaryExpression(expression) && COMPARISONS.has(expression.operatorToken.kind);
}

const COMPARISONS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken],
  ...[SyntaxKind.ExclamationEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
  ...[SyntaxKind.LessThanToken, SyntaxKind.LessThanEqualsToken],
  ...[SyntaxKind.GreaterThanToken, SyntaxKind.GreaterThanEqualsToken],
  ...[SyntaxKind.InstanceOfKeyword, SyntaxKind.InKeyword],
]);

function* isObject({ checker }: Pass, expression: Expression): Ask<boolean> {
  const type = yield* checker.typeOf(expression);
  if (!(yield* hasOnlyFlags(checker, type, TypeFlags.Object)) || (yield* isGuess(checker, expression))) return false;
  return (yield* poorTextOf(checker, type, "default")) !== undefined;
}
