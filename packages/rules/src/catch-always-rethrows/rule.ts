/** Reports handlers of errors that do nothing but throw the same error again. */
import {
  asMethodCall,
  defineRule,
  isThenable,
  remarksIn,
  scopesOf,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  isThrowStatement,
  SyntaxKind,
  type CallExpression,
  type CatchClause,
  type Expression,
  type Identifier,
  type Node,
  type TryStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "catch-always-rethrows",
  summary: "A `catch` does nothing but throw the same error again.",
  category: "errors",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Remove the `catch`, or do in it what it was written for: add what is known here, clean up, or handle the error.",
  listen: pass => ({
    [SyntaxKind.CatchClause](clause: CatchClause) {
      checkClause(pass, clause);
    },
    [SyntaxKind.CallExpression]: (call: CallExpression) => checkMethod(pass, call),
  }),
});
export default rule;

function checkClause(pass: Pass, clause: CatchClause): void {
  const name = clause.variableDeclaration?.name;
  if (!name || !isIdentifier(name) || !rethrows(clause.block, name) || hasComment(pass, clause)) return;
  const owner = clause.parent as TryStatement;
  pass.report(clause, {
    message: `This \`catch\` only throws \`${name.text}\` again: everything is as it would be without it.`,
    evidence: [
      { at: clause.block, message: `Every way through this throws \`${name.text}\`, and does nothing before.` },
    ],
    fixes: owner.finallyBlock ? [removal("Remove the `catch`", owner.tryBlock.end, clause.end)] : [],
  });
}

function removal(title: string, start: number, end: number): ReportedFix {
  return { title, safety: "suggested", edits: [{ at: { start, end }, text: "" }] };
}

/** A reason that is given, or a statement that waits to be switched on again. */
function hasComment({ file }: Pass, node: Node): boolean {
  return remarksIn(file.text.slice(node.getStart(file.sourceFile), node.end), rule.id).length > 0;
}

/** Whether a statement throws the error of this name on every path and does nothing else. */
function rethrows(statement: Node, name: Identifier): boolean {
  if (isThrowStatement(statement)) return isVariable(statement.expression, name);
  if (isIfStatement(statement)) {
    const { expression, thenStatement, elseStatement } = statement;
    return isIdle(expression) && rethrows(thenStatement, name) && (!elseStatement || rethrows(elseStatement, name));
  }
  if (!isBlock(statement)) return false;
  const { statements } = statement;
  const last = statements.at(-1);
  if (!last || isUnfinished(last)) return false;
  return statements.every(each => rethrows(each, name));
}

/** An `if` at the end lets the other case pass, unless it has an `else`. */
function isUnfinished(last: Node): boolean {
  return isIfStatement(last) && !last.elseStatement;
}

function isIdle(condition: Expression): boolean {
  return !condition.getText().includes("(");
}

function isVariable(expression: Expression, name: Identifier): boolean {
  const scopes = scopesOf(name.getSourceFile());
  const value = unwrapped(expression);
  return isIdentifier(value) && value.text === name.text && scopes.variableOf(value) === scopes.variableOf(name);
}

function* checkMethod(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const [handler] = call.arguments;
  if (method?.name !== "catch" || !handler || call.arguments.length > 1 || hasComment(pass, handler)) return;
  const name = onlyRethrown(handler);
  if (name === undefined || !(yield* isThenable(pass.checker, yield* pass.checker.typeOf(method.object)))) return;
  pass.report(handler, {
    message: `This handler only throws \`${name}\` again: the promise is as it would be without it.`,
    evidence: [{ at: call, message: "The promise of this call is rejected with the same error as the one before." }],
    fixes: [removal("Remove the handler", method.object.end, call.end)],
  });
}

/** The parameter that a handler throws at once, or gives to `Promise.reject`. */
function onlyRethrown(handler: Expression): string | undefined {
  if (!isArrowFunction(handler) && !isFunctionExpression(handler)) return undefined;
  const name = handler.parameters[0]?.name;
  if (!name || !isIdentifier(name) || !handler.body) return undefined;
  return isRejection(handler.body, name) || rethrows(handler.body, name) ? name.text : undefined;
}

function isRejection(body: Node, name: Identifier): boolean {
  const [only, ...others] = isBlock(body) ? body.statements : [body];
  const value = only && isReturnStatement(only) ? only.expression : only;
  if (others.length > 0 || !value || !isCallExpression(value)) return false;
  const [argument, ...more] = value.arguments;
  if (value.expression.getText() !== "Promise.reject" || !argument || more.length > 0) return false;
  return isVariable(argument, name);
}
