/** Data that is used before the error beside it is looked at. */
import {
  enclosingFunction,
  hasMemberTaken,
  isAlways,
  isCondition,
  NOT_EQUALS,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  SyntaxKind,
  type Identifier,
  type IfStatement,
  type Node,
} from "@review/program/syntax";
import { dataBeside, mayEnd } from "./fallen-through.ts";

/** `(error, data) => { log(data.length); if (error) return fail(error); }` */
export function checkTooEarly(pass: Pass, statement: IfStatement): void {
  const { file } = pass;
  const error = errorIn(statement.expression);
  if (file.isTest || !error || !mayEnd(statement.thenStatement)) return;
  const data = dataBeside(error, statement);
  const use = data && firstUseBefore(pass, data, statement);
  if (!data || !use || isAskedBefore(pass, error, statement)) return;
  pass.report(use, {
    message: `${quoted(use, file.sourceFile)} throws after an error, when there is no data: \`${error.text}\` is only looked at behind it.`,
    evidence: [{ at: statement.expression, message: "Here the error is looked at, too late." }],
    repair: `Look at \`${error.text}\` first.`,
  });
}

/** `error`, `error !== null` */
function errorIn(test: Node): Identifier | undefined {
  const bare = unwrapped(test);
  if (isIdentifier(bare)) return bare;
  const isUnequal = isBinaryExpression(bare) && NOT_EQUALS.has(bare.operatorToken.kind);
  return isUnequal && isIdentifier(bare.left) && bare.right.kind === SyntaxKind.NullKeyword ? bare.left : undefined;
}

/** The first mention of the data, if that takes it apart whatever comes, and before the statement. */
function firstUseBefore(pass: Pass, data: Identifier, { parent, pos }: IfStatement): Node | undefined {
  const variable = pass.scopes().variableOf(data);
  if (!variable || variable.isExposed || variable.references.some(each => each.isWritten && each.node.pos < pos))
    return undefined;
  const first = variable.references.find(({ node }) => node !== data)?.node;
  if (!first || first.pos >= pos || enclosingFunction(first) !== enclosingFunction(data)) return undefined;
  return hasMemberTaken(first) && isAlways(first.parent, parent) ? first.parent : undefined;
}

/** Whether anything may leave because of the error before: whatever gets it, but a log. */
function isAskedBefore(pass: Pass, error: Identifier, { pos }: IfStatement): boolean {
  const before =
    pass
      .scopes()
      .variableOf(error)
      ?.references.filter(({ node }) => node.pos < pos) ?? [];
  return before.some(({ node }) => {
    const { parent } = wrapped(node);
    if (isCallExpression(parent)) return !LOGS.test(parent.expression.getText());
    const isLeft = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken;
    return isCondition(node) && !isLeft;
  });
}

const LOGS = /\b(?:console\.\w+|log\w*|debug|trace|info|warn|print)$|\.(?:log|debug|trace|info|warn|error)$/;
