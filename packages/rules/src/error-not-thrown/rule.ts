/** Reports an error that is made and then forgotten. */
import {
  certainParts,
  defineRule,
  discardedIn,
  enclosingFunction,
  isErrorClass,
  isGlobal,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  SyntaxKind,
  type Expression,
  type ExpressionStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "error-not-thrown",
  summary: "An error is made as a statement of its own and neither thrown, returned nor kept.",
  category: "errors",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write `throw` before it, or pass it to whoever has to know: `reject`, the callback, the logger.",
  listen: pass => ({
    *[SyntaxKind.ExpressionStatement](statement: ExpressionStatement) {
      for (const expression of discardedIn(statement.expression)) yield* check(pass, expression);
    },
  }),
});
export default rule;

function* check(pass: Pass, expression: Expression): Ask<void> {
  if (!(yield* makesError(pass, expression)) || isUnderTest(expression)) return;
  const { sourceFile } = pass.file;
  const start = expression.getStart(sourceFile);
  const isStatement = isExpressionStatement(wrapped(expression).parent);
  pass.report(expression, {
    message: `${quoted(expression, sourceFile)} makes an error that nobody throws: execution goes on as if all were well.`,
    evidence: [{ at: expression, message: "This error is made and then forgotten." }],
    fixes: isStatement
      ? [{ title: "Throw it", safety: "suggested", edits: [{ at: { start, end: start }, text: "throw " }] }]
      : [],
  });
}

/** `new Error(…)` of any error class, and `Error(…)`, which makes one too. */
function* makesError({ checker }: Pass, expression: Expression): Ask<boolean> {
  if (!isNewExpression(expression) && !isBareErrorCall(expression)) return false;
  if (
    isCallExpression(expression) &&
    !(yield* isGlobal(checker, expression.expression, expression.expression.getText()))
  ) {
    return false;
  }
  const parts = (yield* certainParts(checker, yield* checker.typeOf(expression))) ?? [];
  for (const part of parts) if (!(yield* isErrorClass(checker, part))) return false;
  return parts.length > 0;
}

function isBareErrorCall(expression: Expression): boolean {
  return (
    isCallExpression(expression) && isIdentifier(expression.expression) && /Error$/.test(expression.expression.text)
  );
}

/** `expect(() => { new OwnError(1); }).toThrow()`: a test of the constructor itself. */
function isUnderTest(expression: Expression): boolean {
  const owner = enclosingFunction(expression);
  const call = owner && wrapped(owner).parent;
  if (!call || !isCallExpression(call)) return false;
  return /^(?:expect|assert|t)\b|[tT]hrow/.test(unwrapped(call.expression).getText());
}
