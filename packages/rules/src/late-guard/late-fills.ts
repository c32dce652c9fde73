/** Values that are given a first content only behind the statement that already fills them: `list[key].push(x); list[key] ??= []`. */
import { EQUALS, isSameReference, quoted, unwrapped, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  NodeFlags,
  SyntaxKind,
  type IfStatement,
  type Node,
} from "@review/program/syntax";

/** Reports `if (!place) place = …` directly behind a statement that fills the same place. */
export function checkLateFill(pass: Pass, statement: IfStatement): void {
  const place = statement.elseStatement ? undefined : missingPlace(statement.expression);
  if (!place || pass.file.isTest || !givesFirst(statement.thenStatement, place)) return;
  const before = statementBefore(statement);
  if (!before || !fills(before, place)) return;
  const name = quoted(place, pass.file.sourceFile);
  pass.report(statement.expression, {
    message: `${name} gets its first content here, but it was used before: where it is missing, that has thrown.`,
    evidence: [{ at: before, message: `This throws where ${name} is missing.` }],
    repair: "Move the check in front of the use.",
  });
}

/** `list[key]` of `!list[key]` and `list[key] == null`. */
function missingPlace(condition: Node): Node | undefined {
  const test = unwrapped(condition);
  const isNegated = isPrefixUnaryExpression(test) && test.operator === SyntaxKind.ExclamationToken;
  const isCompared =
    isBinaryExpression(test) &&
    EQUALS.has(test.operatorToken.kind) &&
    /^(?:null|undefined)$/.test(test.right.getText());
  const place = isNegated ? unwrapped(test.operand) : isCompared ? unwrapped(test.left) : undefined;
  return place && (isElementAccessExpression(place) || isPropertyAccessExpression(place)) ? place : undefined;
}

/** Whether all that the branch does is to give the place something. */
function givesFirst(branch: Node, place: Node): boolean {
  const [only, more] = isBlock(branch) ? branch.statements : [branch];
  if (!only || more || !isExpressionStatement(only) || !isBinaryExpression(only.expression)) return false;
  const { left, operatorToken } = only.expression;
  return operatorToken.kind === SyntaxKind.EqualsToken && isSameReference(left, place);
}

function statementBefore(statement: IfStatement): Node | undefined {
  const { statements = [] } = statement.parent as Node & { statements?: readonly Node[] };
  const before = statements[statements.indexOf(statement) - 1];
  return before && !isIfStatement(before) ? before : undefined;
}

/** `place.push(…)`, `place.name = …`: methods of others might take the place away. */
function fills(statement: Node, place: Node): boolean {
  if (!isExpressionStatement(statement)) return false;
  const { expression } = statement;
  const target = isCallExpression(expression)
    ? expression.expression
    : isBinaryExpression(expression) && expression.operatorToken.kind === SyntaxKind.EqualsToken
      ? expression.left
      : undefined;
  if (!target || target.flags & NodeFlags.OptionalChain) return false;
  if (!isPropertyAccessExpression(target) && !isElementAccessExpression(target)) return false;
  if (isCallExpression(expression) && !(isPropertyAccessExpression(target) && FILLING.has(target.name.text))) {
    return false;
  }
  return isSameReference(target.expression, place);
}

const FILLING: ReadonlySet<string> = new Set(["push", "unshift", "add", "set", "append"]);
