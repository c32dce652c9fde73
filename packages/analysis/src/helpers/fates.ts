/** What becomes of an object at a use of the variable that holds it: whether anybody gets to see it. */
import {
  isArrowFunction,
  isAssignmentOperator,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import type { Variable } from "../flow/scope.ts";
import { isTarget } from "../flow/uses.ts";
import { asMethodCall } from "./names.ts";
import { isDiscarded, unwrapped, wrapped } from "./nodes.ts";

/**
 * - `called`: methods are called on it, one on the result of another, and nobody needs what the last one gives.
 * - `assigned`: it is the target of `Object.assign`, or of whatever is called so.
 * - `set`: one of its members is written or deleted; `replaced`: the variable gets another value.
 * - `fed`: a member is read, or a method called, for nothing but what is put into the same object: `x.n = x.n + 1`.
 * - `read`: anything else. It is returned, passed, stored, tested, iterated, or a member of it is read.
 */
export type UseFate =
  | { readonly kind: "called"; readonly calls: readonly CallExpression[]; readonly isHandedOn: boolean }
  | { readonly kind: "assigned"; readonly call: CallExpression }
  | { readonly kind: "set"; readonly target: Node }
  | { readonly kind: "replaced"; readonly value: Expression }
  | { readonly kind: "fed"; readonly call: CallExpression | undefined }
  | { readonly kind: "read" };

const READ: UseFate = { kind: "read" };

/** What becomes of the object that a variable holds where a name reads or writes it. */
export function fateAt(use: Identifier): UseFate {
  const outer = wrapped(use);
  const { parent } = outer;
  if (isBinaryExpression(parent) && parent.left === outer && parent.operatorToken.kind === SyntaxKind.EqualsToken) {
    return isDropped(parent) ? { kind: "replaced", value: parent.right } : READ;
  }
  if (isCallExpression(parent)) return isAssignment(parent, outer) ? { kind: "assigned", call: parent } : READ;
  if (!isMember(parent) || parent.expression !== outer) return READ;
  const calls = callsOn(parent);
  if (calls.length > 0) return fateOfCalls(calls, use);
  if (isSet(parent)) return { kind: "set", target: parent };
  return feeds(parent, use.text) ? { kind: "fed", call: undefined } : READ;
}

/** Whether a variable is given values, and its object filled, and nobody ever reads either; the fates of its uses. */
export function fatesUnread(variable: Variable): readonly UseFate[] | undefined {
  if (variable.isExposed || variable.isExported || variable.declarations.length !== 1) return undefined;
  const [name] = variable.declarations;
  if (!name || !isVariableDeclaration(name.parent) || name.parent.name !== name) return undefined;
  const fates: UseFate[] = [];
  for (const { node } of variable.references) {
    const fate = fateAt(node);
    if (fate.kind === "read") return undefined;
    fates.push(fate);
  }
  return fates;
}

/** Whether nobody gets the value of an expression, an arm or right side of a statement's expression included. */
export function isDropped(node: Node): boolean {
  if (isDiscarded(node)) return true;
  const outer = wrapped(node);
  const { parent } = outer;
  if (isConditionalExpression(parent)) return parent.condition !== outer && isDropped(parent);
  return isBinaryExpression(parent) && parent.right === outer && isChoice(parent) && isDropped(parent);
}

function isChoice({ operatorToken }: BinaryExpression): boolean {
  const { kind } = operatorToken;
  return (
    kind === SyntaxKind.AmpersandAmpersandToken ||
    kind === SyntaxKind.BarBarToken ||
    kind === SyntaxKind.QuestionQuestionToken
  );
}

function isMember(node: Node): node is Node & { readonly expression: Expression } {
  return isPropertyAccessExpression(node) || isElementAccessExpression(node);
}

/** The calls of a chain that starts with a call of this member: `a.b()`, `a.b().c()`. */
function callsOn(member: Node): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  for (let at = wrapped(member); ; at = wrapped(at.parent)) {
    const call = at.parent;
    if (!isCallExpression(call) || call.expression !== at) return calls;
    calls.push(call);
    const next = wrapped(call).parent;
    if (!isMember(next) || next.expression !== wrapped(call)) return calls;
    at = wrapped(call);
    if (!isCallExpression(wrapped(next).parent)) return calls;
  }
}

/** The body of an arrow function is given to whoever calls it, which for most methods is no look at the object. */
function fateOfCalls(calls: readonly CallExpression[], use: Identifier): UseFate {
  const last = calls.at(-1) as CallExpression;
  const { parent } = wrapped(last);
  if (calls.length === 1 && feeds(last, use.text)) return { kind: "fed", call: last };
  if (isDropped(last) || isIgnoredResult(parent)) return { kind: "called", calls, isHandedOn: false };
  return isArrowFunction(parent) ? { kind: "called", calls, isHandedOn: true } : READ;
}

/** The arrow function of `forEach`, whose result nobody looks at. */
function isIgnoredResult(fn: Node): boolean {
  if (!isArrowFunction(fn)) return false;
  const { parent } = wrapped(fn);
  return isCallExpression(parent) && asMethodCall(parent)?.name === "forEach";
}

function isAssignment(call: CallExpression, first: Node): boolean {
  return call.arguments[0] === first && asMethodCall(call)?.name === "assign" && isDropped(call);
}

/** What an assignment gives is its right side; only an update looks at what was there. */
function isSet(member: Node): boolean {
  const outer = wrapped(member);
  const { parent } = outer;
  if (parent.kind === SyntaxKind.DeleteExpression) return true;
  if (!isTarget(outer)) return false;
  const isPlain = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  const isUpdate =
    !isPlain &&
    (isBinaryExpression(parent) ||
      parent.kind === SyntaxKind.PrefixUnaryExpression ||
      parent.kind === SyntaxKind.PostfixUnaryExpression);
  return !isUpdate || isDropped(parent);
}

/** Whether a value goes by way of operators into the object of a name, or decides whether something is put there. */
function feeds(value: Node, name: string): boolean {
  let at = wrapped(value);
  while (CARRIERS.has(at.parent.kind) && !isAssigned(at.parent)) at = wrapped(at.parent);
  const { parent } = at;
  if (isIfStatement(parent)) return parent.expression === at && !parent.elseStatement && isFill(parent, name);
  if (isCallExpression(parent)) return parent.expression !== at && isPut(parent, parent.expression, name);
  return isBinaryExpression(parent) && parent.right === at && isPut(parent, parent.left, name);
}

function isAssigned(node: Node): boolean {
  return isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind);
}

function isPut(whole: Node, target: Node, name: string): boolean {
  return isDropped(whole) && isMemberOf(target, name);
}

/** What a value passes through on its way into something else. */
const CARRIERS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BinaryExpression,
  SyntaxKind.PrefixUnaryExpression,
  SyntaxKind.ConditionalExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.SpreadElement,
  SyntaxKind.TemplateSpan,
  SyntaxKind.TemplateExpression,
]);

/** Whether a statement does nothing but put something into the object of a name. */
function isFill(statement: Node, name: string): boolean {
  if (isIfStatement(statement)) return !statement.elseStatement && isFill(statement.thenStatement, name);
  if (isBlock(statement)) return statement.statements.every(each => isFill(each, name));
  if (!isExpressionStatement(statement)) return false;
  const expression = unwrapped(statement.expression);
  if (isCallExpression(expression)) return isMemberOf(expression.expression, name);
  return isBinaryExpression(expression) && isMemberOf(expression.left, name);
}

function isMemberOf(node: Node, name: string): boolean {
  const member = unwrapped(node);
  if (!isMember(member)) return false;
  const object = unwrapped(member.expression);
  return isIdentifier(object) && object.text === name;
}
