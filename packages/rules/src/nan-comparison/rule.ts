/** Reports comparisons with NaN, which is equal to nothing, not even to itself. */
import {
  asMethodCall,
  builtinOf,
  constantValue,
  defineRule,
  hasOnlyFlags,
  isGlobal,
  memberName,
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
  isIdentifier,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type CaseClause,
  type ElementAccessExpression,
  type Expression,
  type PropertyAccessExpression,
  type SwitchStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "nan-comparison",
  summary: "A value is compared with NaN, which is equal to nothing, not even to itself.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Ask with `Number.isNaN(value)`; in an array, with `includes(NaN)` or `findIndex(Number.isNaN)`.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const outcome = OUTCOMES.get(node.operatorToken.kind);
      return outcome !== undefined ? checkComparison(pass, node, outcome) : undefined;
    },
    [SyntaxKind.SwitchStatement]: (node: SwitchStatement) => checkCase(pass, node.expression, "No `case` matches"),
    [SyntaxKind.CaseClause]: (node: CaseClause) => checkCase(pass, node.expression, "Nothing matches this `case`"),
    [SyntaxKind.CallExpression]: (node: CallExpression) => checkSearch(pass, node),
  }),
});
export default rule;

const OUTCOMES: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.EqualsEqualsToken, "false"],
  [SyntaxKind.EqualsEqualsEqualsToken, "false"],
  [SyntaxKind.ExclamationEqualsToken, "true"],
  [SyntaxKind.ExclamationEqualsEqualsToken, "true"],
  [SyntaxKind.LessThanToken, "false"],
  [SyntaxKind.LessThanEqualsToken, "false"],
  [SyntaxKind.GreaterThanToken, "false"],
  [SyntaxKind.GreaterThanEqualsToken, "false"],
]);

function* checkComparison(pass: Pass, node: BinaryExpression, outcome: string): Ask<void> {
  const isLeft = yield* isNaNItself(pass, node.left);
  if (!isLeft && !(yield* isNaNItself(pass, node.right))) return;
  const other = isLeft ? node.right : node.left;
  pass.report(node, {
    message: `${quoted(node, pass.file.sourceFile)} is always ${outcome}: NaN is equal to nothing, not even to itself.`,
    evidence: [{ at: isLeft ? node.left : node.right, message: "This is NaN." }],
    fixes: yield* fixesFor(pass, node, other),
  });
}

function* checkCase(pass: Pass, expression: Expression, what: string): Ask<void> {
  if (!(yield* isNaNItself(pass, expression))) return;
  pass.report(expression, {
    message: `${what}: \`switch\` compares with \`===\`, and NaN is not equal to itself.`,
    evidence: [{ at: expression, message: "This is NaN." }],
  });
}

function* checkSearch(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const [wanted] = call.arguments;
  if (!method || !wanted || !(method.name === "indexOf" || method.name === "lastIndexOf")) return;
  if (!(yield* isNaNItself(pass, wanted))) return;
  // In a text NaN is looked for by its name, which finds it there.
  const type = yield* pass.checker.typeOf(method.object);
  const isUntyped = pass.file.isJavaScript && (type.flags & TypeFlags.Any) !== 0;
  if (!isUntyped && !/Array$/.test((yield* builtinOf(pass.checker, method.object)) ?? "")) return;
  pass.report(call, {
    message: `\`${method.name}\` never finds NaN: it compares with \`===\`, and NaN is not equal to itself.`,
    evidence: [{ at: wanted, message: "This is NaN." }],
  });
}

/** `NaN` or `Number.NaN`, the global ones, also by the name of a constant, or behind a comma. */
function* isNaNItself(pass: Pass, node: Expression): Ask<boolean> {
  const { checker } = pass;
  const expression = unwrapped(node);
  if (isBinaryExpression(expression) && expression.operatorToken.kind === SyntaxKind.CommaToken) {
    return yield* isNaNItself(pass, expression.right);
  }
  if (isIdentifier(expression)) {
    if (expression.text === "NaN") return yield* isGlobal(checker, expression, "NaN");
    return Number.isNaN(yield* constantValue(checker, expression));
  }
  if (memberName(expression) !== "NaN") return false;
  const { expression: object } = expression as PropertyAccessExpression | ElementAccessExpression;
  return (yield* isGlobal(checker, object, "Number")) || (yield* isGlobal(checker, expression, "NaN"));
}

/** Of a number the comparison can only mean one thing; anything else `Number.isNaN` may take differently. */
function* fixesFor({ checker, file }: Pass, node: BinaryExpression, other: Expression): Ask<readonly ReportedFix[]> {
  const { kind } = node.operatorToken;
  const isEquality = kind === SyntaxKind.EqualsEqualsToken || kind === SyntaxKind.EqualsEqualsEqualsToken;
  const isInequality = kind === SyntaxKind.ExclamationEqualsToken || kind === SyntaxKind.ExclamationEqualsEqualsToken;
  if (!isEquality && !isInequality) return [];
  const isNumber = yield* hasOnlyFlags(checker, yield* checker.typeOf(other), TypeFlags.NumberLike);
  const text = `${isInequality ? "!" : ""}Number.isNaN(${unwrapped(other).getText(file.sourceFile)})`;
  return [{ title: "Ask with `Number.isNaN`", safety: isNumber ? "safe" : "suggested", edits: [{ at: node, text }] }];
}
