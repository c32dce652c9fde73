/** Reports `&` and `|` between conditions, where `&&` and `||` are meant. */
import {
  defineRule,
  hasOnlyFlags,
  isClaimed,
  isCondition,
  isGuess,
  isSameCode,
  literalValue,
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
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isTypeOfExpression,
  SyntaxKind,
  tokenToString,
  type BinaryExpression,
  type Expression,
  type SourceFile,
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
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const logical = LOGICAL.get(node.operatorToken.kind);
      if (logical !== undefined && reportMember(pass, node, logical)) return;
      // Of booleans, text and objects the compiler says the same, where it is asked.
      if (pass.file.isChecked) return;
      if (logical !== undefined) yield* check(pass, node, logical);
      const assigned = ASSIGNED.get(node.operatorToken.kind);
      if (assigned !== undefined) yield* checkRight(pass, node, assigned);
    },
  }),
});
export default rule;

const LOGICAL: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.AmpersandToken, "&&"],
  [SyntaxKind.BarToken, "||"],
]);

const ASSIGNED: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.AmpersandEqualsToken, "&&="],
  [SyntaxKind.BarEqualsToken, "||="],
]);

function* check(pass: Pass, node: BinaryExpression, logical: string): Ask<void> {
  const { left, right } = node;
  const [ours, theirs] = [isTest(left), isTest(right)];
  if (ours && theirs) {
    if (isCondition(node) || isNoBit(left) || isNoBit(right)) reportTests(pass, node, logical);
  } else if (theirs && isComparison(right)) {
    reportComparison(pass, node, right);
  } else if (isCondition(node) && (yield* isYesOrNo(pass, left)) && (yield* isYesOrNo(pass, right))) {
    reportTests(pass, node, logical);
  } else {
    yield* checkRight(pass, node, logical);
  }
}

/** Also where a type says nothing: `any` is what the compiler lets pass. */
function reportMember(pass: Pass, node: BinaryExpression, logical: string): boolean {
  if (!isMemberOf(node.right, node.left, pass.file.sourceFile)) return false;
  report(pass, node, node.left, `The right side of ${operatorOf(node)} is a member of the left one`, logical);
  return true;
}

function reportTests(pass: Pass, node: BinaryExpression, logical: string): void {
  report(pass, node, node.left, `Both sides of ${operatorOf(node)} are conditions`, logical);
}

/** What no bit operator can use, on the right: a default object or list, a text without a number. */
function* checkRight(pass: Pass, node: BinaryExpression, logical: string): Ask<void> {
  const { right, operatorToken } = node;
  const text = literalValue(right);
  if (typeof text === "string" && Number.isNaN(Number(text || "no number"))) {
    report(pass, node, right, `The right side of ${operatorOf(node)} is text, of which only 0 is left`, logical);
  } else if (
    OR.has(operatorToken.kind) &&
    (isArrayLiteralExpression(unwrapped(right)) || (yield* isObject(pass, right)))
  ) {
    report(pass, node, right, `The right side of ${operatorOf(node)} is an object, of which only 0 is left`, logical);
  }
}

const OR: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BarToken, SyntaxKind.BarEqualsToken]);

function operatorOf({ operatorToken }: BinaryExpression): string {
  return `\`${tokenToString(operatorToken.kind) ?? ""}\``;
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

/** A test of what is no number, so that nobody calculates with its 0 or 1. */
function isNoBit(test: Expression): boolean {
  const inner = unwrapped(test);
  if (!isBinaryExpression(inner)) return false;
  if (NAMED.has(inner.operatorToken.kind)) return true;
  return [inner.left, inner.right].some(side => {
    const value = literalValue(side);
    return value === null || typeof value === "string" || isTypeOfExpression(unwrapped(side)) || isUndefined(side);
  });
}

const NAMED: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.InstanceOfKeyword, SyntaxKind.InKeyword]);

function isUndefined(node: Expression): boolean {
  const name = unwrapped(node);
  return isIdentifier(name) && name.text === "undefined";
}

/** `user & user.name`: whatever has a member that matters is no number. */
function isMemberOf(right: Expression, left: Expression, file: SourceFile): boolean {
  const object = unwrapped(left);
  if (!isIdentifier(object) && !isPropertyAccessExpression(object)) return false;
  let at = unwrapped(right);
  while (isPropertyAccessExpression(at) || isElementAccessExpression(at) || isCallExpression(at)) {
    at = unwrapped(at.expression);
    if (at.kind === object.kind && isSameCode(at, object, file)) return true;
  }
  return false;
}

/** Also a call or a name that gives true or false. */
function* isYesOrNo({ checker }: Pass, expression: Expression): Ask<boolean> {
  if (isTest(expression)) return true;
  if (isBinaryExpression(unwrapped(expression))) return false;
  if (!(yield* hasOnlyFlags(checker, yield* checker.typeOf(expression), TypeFlags.BooleanLike))) return false;
  return !(yield* isGuess(checker, expression)) && !(yield* isClaimed(checker, expression));
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
