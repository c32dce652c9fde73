/** Whether a test that comes late was meant to protect what came before. */
import {
  asMethodCall,
  EQUALS,
  isSameReference,
  isUncertain,
  leavesFunction,
  NULLISH,
  NOT_EQUALS,
  unwrapped,
  wrapped,
  type Ask,
  type NullFact,
  type Pass,
  type Step,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  isIfStatement,
  isNonNullExpression,
  isPrefixUnaryExpression,
  isTypeOfExpression,
  isVariableStatement,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

const PRIMITIVE = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike | TypeFlags.BigIntLike;

/**
 * Where the compiler keeps watch, only what it was told to overlook counts: `x!.a` before `if (x)`. Elsewhere a test for
 * truth says something of null only where the value is no text or number.
 */
export function* isLateTest(pass: Pass, { node, values }: NullFact, use: Step): Ask<boolean> {
  const { checker, file } = pass;
  const isStrict = file.isChecked && file.strictNullChecks;
  if (isStrict && !isAsserted(use.node)) return false;
  const type = yield* checker.typeOf(node);
  const isForTruth = (values & ~NULLISH) !== 0;
  for (const part of yield* checker.partsOf(type)) {
    if (isForTruth && part.flags & PRIMITIVE) return false;
    if (isForTruth && isUncertain(part) && !isMemberOfObject(use.node)) return false;
  }
  return (leadsOut(node) || isJustFetched(node, use)) && !isRejection(pass, node);
}

/** `const range = select(); const end = range.index; if (range != null) …`: what has just come is used before it is asked for. */
function isJustFetched(node: Node, use: Step): boolean {
  const test = presentTest(node);
  const statement = test.parent;
  if (!isIfStatement(statement) || statement.expression !== test || statement.elseStatement) return false;
  const { statements = [] } = statement.parent as Node & { statements?: readonly Node[] };
  const [fetched, between] = statements.slice(0, statements.indexOf(statement)).slice(-2);
  return fetched !== undefined && between !== undefined && use.node.pos >= between.pos && fetches(fetched, node);
}

function fetches(statement: Node, name: Node): boolean {
  const [declaration, more] = isVariableStatement(statement) ? statement.declarationList.declarations : [];
  if (!declaration?.initializer || more || !isSameReference(declaration.name, name)) return false;
  const value = unwrapped(declaration.initializer);
  return isCallExpression(value) || isAwaitExpression(value);
}

/** `value`, `value != null`: the whole that holds where the value is there. */
function presentTest(node: Node): Node {
  const { parent } = wrapped(node);
  return isBinaryExpression(parent) && NOT_EQUALS.has(parent.operatorToken.kind) ? wrapped(parent) : wrapped(node);
}

function isAsserted(use: Node): boolean {
  return (isPropertyAccessExpression(use) || isElementAccessExpression(use)) && isNonNullExpression(use.expression);
}

/** A member that neither texts nor numbers have, or an argument of what is for objects: `Object.keys(value)`. */
function isMemberOfObject(use: Node): boolean {
  if (isCallExpression(use)) return /^(?:Object|Reflect)$/.test(asMethodCall(use)?.object.getText() ?? "");
  return isPropertyAccessExpression(use) && !MEMBERS.has(use.name.text);
}

const MEMBERS: ReadonlySet<string> = new Set(
  [String.prototype, Number.prototype, Object.prototype].flatMap(each => Object.getOwnPropertyNames(each)),
);

/**
 * Whether the test leads out where the value is missing: `if (!value) return`. One that goes on without it, as
 * `value && value.name` does, is as often superfluous as late.
 */
function leadsOut(node: Node): boolean {
  let at = missingTest(node);
  while (at && isAlternative(at.parent)) at = at.parent;
  const statement = at?.parent;
  if (!statement || !isIfStatement(statement) || statement.expression !== at) return false;
  return leavesFunction(statement.thenStatement) && !isIfStatement(statement.parent);
}

/** `!value`, `value == null`, `typeof value === "undefined"`. */
function missingTest(node: Node): Node | undefined {
  let at = wrapped(node);
  if (isTypeOfExpression(at.parent)) at = wrapped(at.parent);
  const { parent } = at;
  const isNegated = isPrefixUnaryExpression(parent) && parent.operator === SyntaxKind.ExclamationToken;
  const isEqual = isBinaryExpression(parent) && EQUALS.has(parent.operatorToken.kind);
  return isNegated || isEqual ? parent : undefined;
}

function isAlternative(node: Node): boolean {
  if (isBinaryExpression(node)) return node.operatorToken.kind === SyntaxKind.BarBarToken;
  return node.kind === SyntaxKind.ParenthesizedExpression;
}

/** What is caught, and the reason that a promise was rejected for, is an error, whatever a careful check says. */
function isRejection(pass: Pass, node: Node): boolean {
  const variable = pass.scopes().variableOf(unwrapped(node));
  if (variable?.kind === "catch") return true;
  const [name] = variable?.declarations ?? [];
  const fn = name?.parent.parent;
  const call = fn?.parent;
  return call !== undefined && isCallExpression(call) && asMethodCall(call)?.name === "catch";
}
