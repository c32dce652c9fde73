/** Flags whose only setter stands behind a test that the flag is set already: a latch that never falls. */
import { enclosingFunction, literalValue, unwrapped, wrapped, type Pass, type Variable } from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isExpressionStatement,
  isIdentifier,
  isPrefixUnaryExpression,
  isReturnStatement,
  isThrowStatement,
  isVariableDeclaration,
  SyntaxKind,
  type Expression,
  type IfStatement,
  type Node,
} from "@review/program/syntax";

export interface Latch {
  /** The test that stops whoever comes, since the flag is never set. */
  readonly test: Node;
  readonly setter: Node;
  readonly start: Expression;
}

/** The test of a flag that is always at its start, since what sets it is never reached; undefined for other tests. */
export function latchAt(pass: Pass, statement: IfStatement): Latch | undefined {
  const name = flagIn(statement.expression);
  const variable = name && pass.scopes().variableOf(name.node);
  const start = variable && startOf(variable);
  if (!start || !leaves(statement.thenStatement)) return undefined;
  const value = literalValue(unwrapped(start));
  // `if (!done) return`, where `done` starts as false.
  if (typeof value !== "boolean" || value !== name.leavesWhen) return undefined;
  const writes = variable.references.filter(({ isWritten }) => isWritten);
  const [first] = writes;
  if (!first || !writes.every(({ node }) => setsTo(node, !value) && isBehind(statement, node))) return undefined;
  return { test: statement.expression, setter: first.node.parent, start };
}

function flagIn(condition: Expression): { readonly node: Node; readonly leavesWhen: boolean } | undefined {
  const bare = unwrapped(condition);
  if (isIdentifier(bare)) return { node: bare, leavesWhen: true };
  if (!isPrefixUnaryExpression(bare) || bare.operator !== SyntaxKind.ExclamationToken) return undefined;
  const operand = unwrapped(bare.operand);
  return isIdentifier(operand) ? { node: operand, leavesWhen: false } : undefined;
}

function startOf({ kind, declarations, isExposed, isExported }: Variable): Expression | undefined {
  const declaration = declarations[0]?.parent;
  if ((kind !== "let" && kind !== "var") || declarations.length !== 1 || isExposed || isExported) return undefined;
  return declaration && isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

function leaves(statement: Node): boolean {
  const last = isBlock(statement) ? statement.statements.at(-1) : statement;
  return last !== undefined && (isReturnStatement(last) || isThrowStatement(last));
}

function setsTo(name: Node, value: boolean): boolean {
  const assignment = wrapped(name).parent;
  if (!isBinaryExpression(assignment) || assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
  return isExpressionStatement(assignment.parent) && literalValue(unwrapped(assignment.right)) === value;
}

/** Whether a node stands behind a statement in the same function, in its block or further in. */
function isBehind(statement: Node, node: Node): boolean {
  if (enclosingFunction(node) !== enclosingFunction(statement) || node.pos < statement.end) return false;
  return node.end <= statement.parent.end;
}
