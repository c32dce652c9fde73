/** Guards by name that stand the wrong way round: `if (!isInvalid(date)) return;` before the date is used. */
import { isSameReference, nodesOf, quoted, unwrapped, wrapped, type Pass } from "@review/analysis";
import {
  isBlock,
  isCallExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  SyntaxKind,
  type IfStatement,
  type Node,
} from "@review/program/syntax";

/** What is true of a value that nobody can use. */
const USELESS =
  /^_?is(?:Invalid|NotValid|Nil|Null|Undefined|NullOrUndefined|NullOrEmpty|Nullish|Missing|Absent)(?=[A-Z_]|$)/;

/** Reports a branch that leaves with nothing where a value is fine, and goes on with it where it is not. */
export function checkNegated(pass: Pass, statement: IfStatement): void {
  if (statement.elseStatement || !leavesWithNothing(statement.thenStatement)) return;
  const condition = unwrapped(statement.expression);
  if (!isPrefixUnaryExpression(condition) || condition.operator !== SyntaxKind.ExclamationToken) return;
  const call = unwrapped(condition.operand);
  if (!isCallExpression(call) || call.arguments.length !== 1 || !USELESS.test(nameOf(call.expression))) return;
  const [value] = call.arguments;
  const use = value && isIdentifier(unwrapped(value)) ? firstUse(statement, unwrapped(value)) : undefined;
  if (!use) return;
  const { sourceFile } = pass.file;
  pass.report(condition, {
    message: `This leaves where ${quoted(use, sourceFile)} can be used, and goes on where it cannot: the guard stands the wrong way round.`,
    evidence: [{ at: use, message: `Here ${quoted(call, sourceFile)} is true.` }],
    fixes: [
      {
        title: "Turn the guard",
        safety: "suggested",
        edits: [{ at: condition, text: call.getText(sourceFile) }],
      },
    ],
  });
}

function nameOf(callee: Node): string {
  const bare = unwrapped(callee);
  if (isPropertyAccessExpression(bare)) return bare.name.text;
  return isIdentifier(bare) ? bare.text : "";
}

function leavesWithNothing(statement: Node): boolean {
  const only = isBlock(statement)
    ? statement.statements.length === 1
      ? statement.statements[0]
      : undefined
    : statement;
  if (!only) return false;
  if (isThrowStatement(only)) return true;
  if (!isReturnStatement(only)) return false;
  const value = only.expression && unwrapped(only.expression);
  return !value || value.kind === SyntaxKind.NullKeyword || (isIdentifier(value) && value.text === "undefined");
}

/** The first mention of the value behind the guard, if it is handed on or read from. */
function firstUse(guard: IfStatement, value: Node): Node | undefined {
  const { parent } = guard;
  if (!isBlock(parent)) return undefined;
  for (const statement of parent.statements.slice(parent.statements.indexOf(guard) + 1)) {
    const use = [...nodesOf(statement)].find(node => isIdentifier(node) && isSameReference(node, value));
    if (use) return isUse(use) ? use : undefined;
  }
  return undefined;
}

function isUse(name: Node): boolean {
  const outer = wrapped(name);
  const { parent } = outer;
  if (isCallExpression(parent)) return parent.expression !== outer;
  return isPropertyAccessExpression(parent) && parent.expression === outer;
}
