/** A comparator that puts elements of one kind first, and says so only when the first of the two is of that kind. */
import { nodesOf, unwrapped } from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isReturnStatement,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
  type IfStatement,
  type Node,
  type SourceFile,
} from "@review/program/syntax";

/** The condition `a.first && !b.first` whose mirror image nothing asks for; undefined where all is well. */
export function oneSidedTest(fn: FunctionLikeDeclaration, sourceFile: SourceFile): Expression | undefined {
  const { body } = fn;
  const [first, second] = fn.parameters.map(({ name }) => (isIdentifier(name) ? name.text : ""));
  if (!body || !isBlock(body) || !first || !second || ![first, second].every(name => /^\w+$/.test(name)))
    return undefined;
  const names = new RegExp(`\\b(?:${first}|${second})\\b`, "g");
  const mirrored = (text: string): string => text.replace(names, name => (name === first ? second : first));
  const tests = body.statements.filter(isIfStatement).filter(answersAtOnce);
  return tests.map(({ expression }) => expression).find(test => isOneSided(test, body, mirrored, sourceFile));
}

function answersAtOnce({ thenStatement, elseStatement }: IfStatement): boolean {
  const statement = isBlock(thenStatement) ? thenStatement.statements[0] : thenStatement;
  return !elseStatement && statement !== undefined && isReturnStatement(statement);
}

function isOneSided(test: Expression, body: Node, mirrored: (text: string) => string, sourceFile: SourceFile): boolean {
  const kind = kindAskedFor(test, mirrored, sourceFile);
  if (kind === undefined) return false;
  // Whatever else looks at the kind may answer for the other way round.
  for (const node of nodesOf(body)) {
    if (node.pos >= test.pos && node.end <= test.end) continue;
    const text = node.end - node.pos > 0 ? node.getText(sourceFile) : "";
    if (text === kind || text === mirrored(kind)) return false;
  }
  return answersAfter(test, body).some(answer => !isConstant(answer)) || isZeroLast(test, body);
}

/** `a.first` of `a.first && !b.first`, whichever of the two stands first. */
function kindAskedFor(
  test: Expression,
  mirrored: (text: string) => string,
  sourceFile: SourceFile,
): string | undefined {
  const bare = unwrapped(test);
  if (!isBinaryExpression(bare) || bare.operatorToken.kind !== SyntaxKind.AmpersandAmpersandToken) return undefined;
  for (const [has, lacks] of [[bare.left, bare.right] as const, [bare.right, bare.left] as const]) {
    const denied = unwrapped(lacks);
    if (!isPrefixUnaryExpression(denied) || denied.operator !== SyntaxKind.ExclamationToken) continue;
    const kind = unwrapped(has).getText(sourceFile);
    if (mirrored(kind) !== kind && mirrored(kind) === unwrapped(denied.operand).getText(sourceFile)) return kind;
  }
  return undefined;
}

function answersAfter(test: Node, body: Node): readonly Expression[] {
  return [...nodesOf(body)].filter(isReturnStatement).flatMap(({ pos, expression }) => {
    return expression && pos > test.parent.end - 1 ? [expression] : [];
  });
}

function isConstant(answer: Expression): boolean {
  return /^-?\s*\d+$/.test(answer.getText());
}

function isZeroLast(test: Node, body: Node): boolean {
  return answersAfter(test, body).at(-1)?.getText() === "0";
}
