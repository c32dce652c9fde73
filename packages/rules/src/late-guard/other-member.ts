/** Guards that ask for one member of an object and fill another, which is used behind them whether it was filled or not. */
import {
  hasMemberTaken,
  isAlways,
  isRepeatable,
  isSameReference,
  nodesOf,
  quoted,
  unwrapped,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type IfStatement,
  type Node,
  type PropertyAccessExpression,
  type Statement,
} from "@review/program/syntax";

/** `if (!settings.files) { settings.paths = {}; } settings.paths.root = root;` */
export function checkOtherMember(pass: Pass, statement: IfStatement): void {
  const asked = askedMember(statement);
  const filled = asked && filledMember(statement, asked);
  const use = filled && firstUseBehind(statement, filled);
  if (!asked || !filled || !use || isMentionedBefore(statement, filled)) return;
  const { sourceFile } = pass.file;
  pass.report(asked, {
    message: `${quoted(filled, sourceFile)} is filled where ${quoted(asked, sourceFile)} is missing, and used behind as if it were there in any case.`,
    evidence: [
      { at: filled, message: "Only this fills it." },
      { at: use, message: "This throws where the one is there and the other is not." },
    ],
    repair: `Ask for ${quoted(filled, sourceFile)}.`,
  });
}

/** The `a.b` of `if (!a.b)` without `else`. */
function askedMember({ expression, elseStatement }: IfStatement): PropertyAccessExpression | undefined {
  const test = unwrapped(expression);
  if (elseStatement || !isPrefixUnaryExpression(test) || test.operator !== SyntaxKind.ExclamationToken)
    return undefined;
  const asked = unwrapped(test.operand);
  return isPropertyAccessExpression(asked) && !asked.questionDotToken && isRepeatable(asked) ? asked : undefined;
}

/** The `a.c` that the branch begins with filling, if nothing in it may fill `a.b`. */
function filledMember(
  { thenStatement }: IfStatement,
  asked: PropertyAccessExpression,
): PropertyAccessExpression | undefined {
  const [first] = isBlock(thenStatement) ? thenStatement.statements : [thenStatement];
  const assignment = first && isExpressionStatement(first) ? unwrapped(first.expression) : undefined;
  if (!assignment || !isPlainSet(assignment)) return undefined;
  const { left, right } = assignment;
  if (!isPropertyAccessExpression(left) || !isSameReference(left.expression, asked.expression)) return undefined;
  if (left.name.text === asked.name.text || !MADE.has(unwrapped(right).kind)) return undefined;
  return [...nodesOf(thenStatement)].some(node => mayFill(node, asked)) ? undefined : left;
}

function isPlainSet(node: Node): node is BinaryExpression {
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
}

const MADE: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression, SyntaxKind.NewExpression],
]);

/** A mention of the member, another value of the object, a call that gets it or is made on it. */
function mayFill(node: Node, asked: PropertyAccessExpression): boolean {
  if (isPropertyAccessExpression(node) && node.name.text === asked.name.text) return true;
  if (LEAVING.has(node.kind) || (isPlainSet(node) && isSameReference(node.left, asked.expression))) return true;
  if (!isCallExpression(node)) return false;
  const callee = unwrapped(node.expression);
  const object = isPropertyAccessExpression(callee) ? callee.expression : undefined;
  const given: readonly Expression[] = [...node.arguments, ...(object ? [object] : [])];
  return given.some(each => isSameReference(each, asked.expression) || each.kind === SyntaxKind.ThisKeyword);
}

const LEAVING: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ReturnStatement, SyntaxKind.ThrowStatement]);

/** The first mention of the filled member behind the guard, if that takes it apart whatever comes. */
function firstUseBehind(statement: IfStatement, filled: PropertyAccessExpression): Node | undefined {
  const { parent } = statement;
  if (!isBlock(parent)) return undefined;
  for (const next of statementsBehind(statement)) {
    for (const node of nodesOf(next)) {
      if (!isPropertyAccessExpression(node) || !isSameReference(node, filled)) continue;
      return hasMemberTaken(node) && isAlways(node, parent) ? node.parent : undefined;
    }
  }
  return undefined;
}

function statementsBehind(statement: IfStatement): readonly Statement[] {
  const { statements } = statement.parent as Node & { readonly statements: readonly Statement[] };
  return statements.slice(statements.indexOf(statement) + 1);
}

/** Whether the function names the member before, and may have seen that it is there. */
function isMentionedBefore(statement: IfStatement, filled: PropertyAccessExpression): boolean {
  const { statements } = statement.parent as Node & { readonly statements: readonly Statement[] };
  return statements
    .slice(0, statements.indexOf(statement))
    .some(each => [...nodesOf(each)].some(node => isPropertyAccessExpression(node) && isSameReference(node, filled)));
}
