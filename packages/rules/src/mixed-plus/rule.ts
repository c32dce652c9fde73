/** Reports `+` between values that have no sum: what comes out is text that nobody means, or an error. */
import {
  defineRule,
  isGuess,
  isNarrowedFromUnknown,
  literalValue,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
} from "@review/program/syntax";
import { fixesFor } from "./fixes.ts";
import { mayBeBigint } from "./numbers.ts";
import { operandOf } from "./operands.ts";
import { problemOf, type Problem, type Side, type Sum } from "./problems.ts";

const rule: Rule = defineRule({
  id: "mixed-plus",
  summary: "`+` joins values of kinds that have no sum, such as text and an object, or a number and an array.",
  category: "text",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Convert one side so that both are text or both are numbers of one kind; join arrays with a spread, and move a date by its `getTime()`.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](sum: BinaryExpression) {
      const operator = sum.operatorToken.kind;
      if (operator !== SyntaxKind.PlusToken && operator !== SyntaxKind.PlusEqualsToken) return undefined;
      if (isKnownText(sum.left) && isKnownText(sum.right)) return undefined;
      if (literalValue(sum.left) === "" || literalValue(sum.right) === "") return undefined;
      // `[1e7] + -1e3 + …` makes the dashes of an identifier.
      if (isArrayLiteralExpression(unwrapped(sum.left)) && isPrefixUnaryExpression(sum.right)) return undefined;
      return check(pass, sum);
    },
  }),
});
export default rule;

/** Literals need no question: most sums join text with text. */
function isKnownText(node: Expression): boolean {
  const { kind } = unwrapped(node);
  return kind === SyntaxKind.StringLiteral || kind === SyntaxKind.TemplateExpression;
}

function* check(pass: Pass, node: BinaryExpression): Ask<void> {
  const { checker } = pass;
  const left = yield* operandOf(checker, yield* checker.typeOf(node.left));
  const right = left && (yield* operandOf(checker, yield* checker.typeOf(node.right)));
  if (!left || !right) return;
  const sum: Sum = { node, left: { ...left, node: node.left }, right: { ...right, node: node.right } };
  const problem = problemOf(sum);
  if (!problem || (yield* isUnsure(pass, sum, problem))) return;
  const { sourceFile } = pass.file;
  pass.report(problem.culprit?.node ?? node, {
    message: problem.message(side => quoted(side.node, sourceFile), quoted(node, sourceFile)),
    evidence: [yield* typeFact(pass, sum.left), yield* typeFact(pass, sum.right)],
    fixes: yield* fixesFor(pass, sum, problem),
  });
}

/** `this` may be an instance of a subclass with a form of its own; a narrowed or a guessed type is no evidence. */
function* isUnsure({ checker, file }: Pass, { left, right }: Sum, { kind, culprit }: Problem): Ask<boolean> {
  const number = kind === "throws" ? [left, right].find(side => side.kind === "number") : undefined;
  if (number && (yield* mayBeBigint(checker, number.node))) return true;
  if (culprit && unwrapped(culprit.node).kind === SyntaxKind.ThisKeyword) return true;
  if (culprit?.poor && !culprit.poor.isClosed && (yield* isNarrowedFromUnknown(checker, culprit.node))) return true;
  return file.isJavaScript && ((yield* isGuess(checker, left.node)) || (yield* isGuess(checker, right.node)));
}

function* typeFact({ checker }: Pass, side: Side): Ask<{ at: Expression; message: string }> {
  return { at: side.node, message: `This is a \`${yield* checker.textOf(side.type)}\`.` };
}
