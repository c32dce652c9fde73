/** Tests with `typeof` that stop a value of the wrong kind too late, or let just that value through. */
import {
  EQUALS,
  isCondition,
  isSameReference,
  LOGICAL,
  nodesOf,
  NOT_EQUALS,
  operandsOf,
  ownNodesOf,
  quoted,
  unwrapped,
  wrapped,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isThrowStatement,
  isVariableStatement,
  NodeFlags,
  SyntaxKind,
  type Expression,
  type IfStatement,
  type Node,
  type TypeOfExpression,
} from "@review/program/syntax";

/** `fn.name` before `if (typeof fn !== "function") throw …`: where nothing was passed, the wrong error is thrown. */
export function checkLateKind(pass: Pass, statement: IfStatement): void {
  const { file } = pass;
  if (file.isTest || (file.isChecked && file.strictNullChecks) || !throws(statement.thenStatement)) return;
  const value = operandsOf(statement.expression, SyntaxKind.BarBarToken).map(refusedBy).find(Boolean);
  const variable = value && pass.scopes().variableOf(value);
  if (!value || !variable || variable.kind !== "parameter" || variable.isExposed) return;
  const before = variable.references.filter(({ node }) => node.end <= statement.pos);
  if (before.some(({ node, isWritten }) => isWritten || isAsked(node))) return;
  const use = before.map(({ node }) => node).find(node => isReadForSure(node, statement));
  if (!use) return;
  const name = quoted(value, file.sourceFile);
  pass.report(value, {
    message: `${name} is checked here, but it was used before on every path: where it is missing, that has thrown.`,
    evidence: [{ at: use.parent, message: `This throws where ${name} is null or undefined.` }],
  });
}

function throws(branch: Node): boolean {
  const last = isBlock(branch) ? branch.statements.at(-1) : branch;
  return last !== undefined && isThrowStatement(last);
}

/** `value` of `typeof value !== "function"`. */
function refusedBy(condition: Expression): Node | undefined {
  const test = unwrapped(condition);
  if (!isBinaryExpression(test) || !NOT_EQUALS.has(test.operatorToken.kind)) return undefined;
  const asked = unwrapped(test.left) as TypeOfExpression;
  const kind = unwrapped(test.right);
  if (asked.kind !== SyntaxKind.TypeOfExpression || !isStringLiteralLikeNode(kind)) return undefined;
  const value = unwrapped(asked.expression);
  return isIdentifier(value) && kind.text !== "undefined" ? value : undefined;
}

function isAsked(use: Node): boolean {
  const { parent } = wrapped(use);
  return isCondition(use) || parent.kind === SyntaxKind.TypeOfExpression || isBinaryExpression(parent);
}

/** Whether a member is read by a statement right before the check, and by no part of it that may be left out. */
function isReadForSure(use: Node, guard: IfStatement): boolean {
  const access = use.parent;
  if (!isPropertyAccessExpression(access) || access.expression !== use || access.flags & NodeFlags.OptionalChain) {
    return false;
  }
  let at: Node = access;
  for (; at.parent !== guard.parent; at = at.parent) {
    if (!at.parent || isLeftOut(at)) return false;
  }
  return isExpressionStatement(at) || isVariableStatement(at);
}

/** Behind `&&`, `||`, `??` or in `a ? b : c`, and in whatever else is no plain part of an expression. */
function isLeftOut(at: Node): boolean {
  const { parent } = at;
  if (isBinaryExpression(parent)) return parent.right === at && SHORT_CIRCUITS.has(parent.operatorToken.kind);
  if (isConditionalExpression(parent)) return parent.condition !== at;
  return !PARTS.has(parent.kind);
}

const SHORT_CIRCUITS: ReadonlySet<SyntaxKind> = new Set([
  ...LOGICAL,
  ...[SyntaxKind.AmpersandAmpersandEqualsToken, SyntaxKind.BarBarEqualsToken],
  SyntaxKind.QuestionQuestionEqualsToken,
]);

const PARTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PropertyAccessExpression, SyntaxKind.CallExpression, SyntaxKind.NewExpression],
  ...[SyntaxKind.ElementAccessExpression, SyntaxKind.ParenthesizedExpression, SyntaxKind.AsExpression],
  ...[SyntaxKind.TemplateSpan, SyntaxKind.TemplateExpression, SyntaxKind.AwaitExpression],
  ...[SyntaxKind.ExpressionStatement, SyntaxKind.VariableStatement, SyntaxKind.VariableDeclarationList],
  SyntaxKind.VariableDeclaration,
]);

/** `if (typeof self.publish !== "function") self.publish()`: what is called is what was just found not to be callable. */
export function checkWrongKind(pass: Pass, test: TypeOfExpression): void {
  const callee = unwrapped(test.expression);
  const branch = isReference(callee) ? branchWithoutFunction(test) : undefined;
  const call = branch && firstCallIn(branch, callee);
  if (!call) return;
  const name = quoted(callee, pass.file.sourceFile);
  pass.report(call, {
    message: `${name} is called just where its check found that it is no function: the guard stands the wrong way round.`,
    evidence: [{ at: test.parent, message: `Here ${name} is found to be something else.` }],
  });
}

function isReference(node: Node): boolean {
  return isIdentifier(node) || isPropertyAccessExpression(node);
}

/** What runs only where the test finds no function. */
function branchWithoutFunction(test: TypeOfExpression): Node | undefined {
  const comparison = wrapped(test).parent;
  if (!isBinaryExpression(comparison) || wrapped(test) !== comparison.left) return undefined;
  const kind = unwrapped(comparison.right);
  if (!isStringLiteralLikeNode(kind) || kind.text !== "function") return undefined;
  const { kind: operator } = comparison.operatorToken;
  if (!NOT_EQUALS.has(operator) && !EQUALS.has(operator)) return undefined;
  return branchWhere(comparison, NOT_EQUALS.has(operator));
}

/** What runs only where a condition has this outcome. */
export function branchWhere(condition: Node, outcome: boolean): Node | undefined {
  const outer = wrapped(condition);
  const { parent } = outer;
  if (isPrefixUnaryExpression(parent)) return branchWhere(parent, !outcome);
  if (isIfStatement(parent)) return outcome ? parent.thenStatement : parent.elseStatement;
  if (isConditionalExpression(parent)) {
    if (parent.condition !== outer) return undefined;
    return outcome ? parent.whenTrue : parent.whenFalse;
  }
  if (!isBinaryExpression(parent) || parent.left !== outer) return undefined;
  const { kind } = parent.operatorToken;
  return kind === (outcome ? SyntaxKind.AmpersandAmpersandToken : SyntaxKind.BarBarToken) ? parent.right : undefined;
}

/** The call of the same place, if that is the first that the branch does with it. */
function firstCallIn(branch: Node, callee: Node): Node | undefined {
  const own = new Set<Node>(ownNodesOf(branch));
  const first = [...nodesOf(branch)].find(node => node.kind === callee.kind && isSameReference(node, callee));
  if (!first || !own.has(first)) return undefined;
  const { parent } = first;
  return isCallExpression(parent) && parent.expression === first && !(parent.flags & NodeFlags.OptionalChain)
    ? parent
    : undefined;
}
