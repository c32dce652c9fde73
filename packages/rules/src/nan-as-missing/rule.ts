/** Reports conversions and searches whose failure is looked for as null or undefined, which they never give. */
import {
  defineRule,
  EQUALITIES,
  fixedLocalOf,
  isGlobal,
  literalValue,
  NOT_EQUALS,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
} from "@review/program/syntax";
import { convertedBy, failureOf, type Failure } from "./failures.ts";
import { isLookedAt } from "./looks.ts";

const rule: Rule = defineRule({
  id: "nan-as-missing",
  summary:
    "A conversion that fails gives NaN and a search -1, and is tested for null or undefined, or defaulted with `??`.",
  category: "nullness",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Ask `Number.isNaN`, compare with -1, or give the default to what is converted.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const { kind } = node.operatorToken;
      if (kind === SyntaxKind.QuestionQuestionToken) yield* checkDefault(pass, node);
      else if (EQUALITIES.has(kind)) yield* checkComparison(pass, node);
    },
  }),
});
export default rule;

function* checkDefault(pass: Pass, node: BinaryExpression): Ask<void> {
  const { left, right } = node;
  // `+text ?? 10` is a matter of precedence, and reported as one; a chain of defaults is reported at its first.
  if (isPrefixUnaryExpression(unwrapped(left))) return;
  const found = yield* sourceOf(pass, left);
  if (!found) return;
  const text = quoted(right, pass.file.sourceFile);
  report(pass, node, found, `${text} is never used`, fixesFor(node, found.value));
}

function* checkComparison(pass: Pass, node: BinaryExpression): Ask<void> {
  const { left, right, operatorToken } = node;
  const side = (yield* isNothing(pass, right)) ? left : (yield* isNothing(pass, left)) ? right : undefined;
  const found = side && (yield* sourceOf(pass, side));
  if (found) report(pass, node, found, `this is always ${String(NOT_EQUALS.has(operatorToken.kind))}`, []);
}

function* isNothing({ checker }: Pass, node: Expression): Ask<boolean> {
  const bare = unwrapped(node);
  if (literalValue(bare) === null) return true;
  return isIdentifier(bare) && bare.text === "undefined" && (yield* isGlobal(checker, bare, "undefined"));
}

interface Source {
  readonly value: Expression;
  readonly failure: Failure;
}

/** The conversion or search that a side is, or that is all a local ever holds; none where another look finds the failure. */
function* sourceOf(pass: Pass, side: Expression): Ask<Source | undefined> {
  const bare = unwrapped(side);
  if (!isIdentifier(bare)) {
    const failure = yield* failureOf(pass, side);
    return failure && { value: side, failure };
  }
  const local = yield* fixedLocalOf(pass.checker, bare);
  const failure = local && (yield* failureOf(pass, local.value));
  return failure && !isLookedAt(local.declaration) ? { value: local.value, failure } : undefined;
}

function report(
  pass: Pass,
  node: BinaryExpression,
  { value, failure }: Source,
  effect: string,
  fixes: readonly ReportedFix[],
): void {
  pass.report(node, {
    message: `${quoted(value, pass.file.sourceFile)} is ${failure.text}, and never null or undefined: ${effect}.`,
    evidence: [{ at: value, message: `This is ${failure.text}.` }],
    repair: failure.repair,
    fixes,
  });
}

/** `Number(text) ?? 10` becomes `Number(text ?? 10)`. */
function fixesFor(node: BinaryExpression, value: Expression): readonly ReportedFix[] {
  const { left, right } = node;
  const converted = value === left ? convertedBy(left) : undefined;
  if (!converted || isBinaryExpression(converted) || isBinaryExpression(right)) return [];
  const at = { start: converted.end, end: converted.end };
  const edits = [
    { at, text: ` ?? ${right.getText()}` },
    { at: { start: left.end, end: node.end }, text: "" },
  ];
  return [{ title: "Give the default to what is converted", safety: "suggested", edits }];
}
