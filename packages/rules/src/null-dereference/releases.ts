/** Releases in a `finally` of what was never got: `let client; try { client = await connect() } finally { client.release() }`. */
import { absentLiteral, mentions, nodesOf, quoted, unwrapped, type Pass, type Variable } from "@review/analysis";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  NodeFlags,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
  type TryStatement,
} from "@review/program/syntax";

/** Where getting it fails, the `finally` throws a TypeError in the place of the error. The compiler knows where it checks. */
export function checkRelease(pass: Pass, statement: TryStatement): void {
  if (pass.file.isTest || (pass.file.isChecked && pass.file.strictNullChecks)) return;
  const used = releasedIn(statement);
  const variable = used && pass.scopes().variableOf(used);
  const write = variable && startsEmpty(variable) ? onlyWriteIn(statement, variable) : undefined;
  if (!used || !variable || !write) return;
  pass.report(used, {
    message: `${quoted(used, pass.file.sourceFile)} is undefined here where it could not be got: this TypeError takes the place of that error.`,
    evidence: [
      { at: write, message: "It gets its value here, which may fail." },
      ...variable.declarations.map(at => ({ at, message: "It starts without a value." })),
    ],
    repair: `Write \`${used.text}?.\`, or get it in front of the \`try\`.`,
  });
}

/** What the first statement of the `finally` calls a method of. */
function releasedIn({ finallyBlock, catchClause }: TryStatement): Identifier | undefined {
  const release = finallyBlock?.statements[0];
  if (!release || (catchClause && mentions(catchClause, "exit"))) return undefined;
  return isExpressionStatement(release) ? receiverOf(release.expression) : undefined;
}

/** The only write of a variable, if it is a statement of the `try`. */
function onlyWriteIn({ tryBlock }: TryStatement, { references }: Variable): Identifier | undefined {
  const [write, more] = references.filter(({ isWritten }) => isWritten).map(({ node }) => node);
  return write && !more && tryBlock.statements.some(each => assignedIn(each) === write) ? write : undefined;
}

/** `client` of `client.release()` and `await client.close()`. */
function receiverOf(expression: Expression): Identifier | undefined {
  const bare = unwrapped(expression);
  const call = isAwaitExpression(bare) ? unwrapped(bare.expression) : bare;
  if (!isCallExpression(call) || !isPropertyAccessExpression(call.expression)) return undefined;
  const object = unwrapped(call.expression.expression);
  return isIdentifier(object) && !(call.flags & NodeFlags.OptionalChain) ? object : undefined;
}

export function startsEmpty({ declarations: [name, more], kind, isExposed, isWrittenByCapture }: Variable): boolean {
  const declaration = name?.parent;
  if (more || isExposed || isWrittenByCapture || (kind !== "let" && kind !== "var")) return false;
  if (!declaration || !isVariableDeclaration(declaration)) return false;
  return !declaration.initializer || absentLiteral(declaration.initializer) !== undefined;
}

/** The variable that a statement gives what a call gives that may fail. */
export function assignedIn(statement: Node): Identifier | undefined {
  if (!isExpressionStatement(statement) || !isBinaryExpression(statement.expression)) return undefined;
  const { left, operatorToken, right } = statement.expression;
  const name = unwrapped(left);
  if (operatorToken.kind !== SyntaxKind.EqualsToken || !isIdentifier(name)) return undefined;
  return [...nodesOf(right)].some(node => isAwaitExpression(node)) ? name : undefined;
}
