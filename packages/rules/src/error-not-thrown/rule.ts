/** Reports an error that is made and then neither thrown nor handed to anybody who looks for one. */
import {
  defineRule,
  enclosingFunction,
  isAsync,
  quoted,
  valuesOf,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isFunctionExpression,
  isNewExpression,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type Expression,
  type ExpressionStatement,
  type FunctionLikeDeclaration,
  type NewExpression,
  type ReturnStatement,
} from "@review/program/syntax";
import { isErrorMaker } from "./errors.ts";
import { lossOf } from "./loss.ts";

const rule: Rule = defineRule({
  id: "error-not-thrown",
  summary: "An error is made and dropped, or returned where only a thrown one counts.",
  category: "errors",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write `throw` before the error, or pass it to the `reject` or the callback that is waiting for it.",
  listen: pass => ({
    *[SyntaxKind.ExpressionStatement](node: ExpressionStatement) {
      for (const value of droppedIn(node.expression)) yield* checkDropped(pass, node, value);
    },
    [SyntaxKind.ReturnStatement](node: ReturnStatement) {
      const owner = node.expression && enclosingFunction(node);
      return owner && node.expression ? checkReturned(pass, owner, node.expression, node) : undefined;
    },
    [SyntaxKind.ArrowFunction]: (node: ArrowFunction) =>
      !isBlock(node.body) ? checkReturned(pass, node, node.body) : undefined,
  }),
});
export default rule;

type Made = NewExpression | CallExpression;

function isMade(node: Expression): node is Made {
  return isNewExpression(node) || isCallExpression(node);
}

/** The expressions of a statement whose values nobody gets, if they look like the making of an error. */
function droppedIn(expression: Expression): readonly Made[] {
  if (isBinaryExpression(expression) && expression.operatorToken.kind === SyntaxKind.CommaToken) {
    return [...droppedIn(expression.left), ...droppedIn(expression.right)];
  }
  if (isBinaryExpression(expression) || isConditionalExpression(expression) || !isMade(expression)) {
    // Of `a || b` only `b` is for effect.
    return valuesOf(expression).filter(value => value !== expression && isMade(value) && !isLeft(value)) as Made[];
  }
  return [expression];
}

function isLeft(value: Expression): boolean {
  const { parent } = wrapped(value);
  return isBinaryExpression(parent) && parent.left === wrapped(value);
}

function* checkDropped(pass: Pass, statement: ExpressionStatement, value: Made): Ask<void> {
  if (!(yield* isErrorMaker(pass, value, !pass.file.isTest))) return;
  const at = { start: value.getStart(), end: value.getStart() };
  const isWhole = statement.expression === value;
  pass.report(value, {
    message: `${quoted(value.expression, pass.file.sourceFile)} makes an error that nobody throws: the code goes on as if nothing had happened.`,
    evidence: [{ at: statement, message: "This statement drops the error." }],
    fixes: isWhole ? [{ title: "Throw the error", safety: "suggested", edits: [{ at, text: "throw " }] }] : [],
  });
}

function* checkReturned(
  pass: Pass,
  owner: FunctionLikeDeclaration,
  expression: Expression,
  statement?: ReturnStatement,
): Ask<void> {
  if (!isAsync(owner) && !isArrowFunction(owner) && !isFunctionExpression(owner)) return;
  for (const value of valuesOf(expression)) {
    if (!isMade(value) || !(yield* isErrorMaker(pass, value, true))) continue;
    const loss = yield* lossOf(pass, owner);
    if (!loss) return;
    pass.report(value, {
      message: `The error of ${quoted(value.expression, pass.file.sourceFile)} is returned and not thrown: ${loss.message}.`,
      evidence: [{ at: loss.at, message: loss.evidence }],
      fixes: statement && loss.isThrowable && statement.expression === value ? [throwing(statement, value)] : [],
    });
  }
}

function throwing(statement: ReturnStatement, value: Expression): ReportedFix {
  const at = { start: statement.getStart(), end: value.getStart() };
  return { title: "Throw the error", safety: "suggested", edits: [{ at, text: "throw " }] };
}
