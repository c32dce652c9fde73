/** Whether a test that comes late was meant to protect what came before. */
import {
  asMethodCall,
  isSameReference,
  isUncertain,
  nodesOf,
  NULLISH,
  unwrapped,
  wrapped,
  type Ask,
  type NullFact,
  type Pass,
  type Step,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  isIfStatement,
  isNonNullExpression,
  isPrefixUnaryExpression,
  isReturnStatement,
  isThrowStatement,
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
  return protects(node) && !isRejection(pass, node);
}

function isAsserted(use: Node): boolean {
  return (isPropertyAccessExpression(use) || isElementAccessExpression(use)) && isNonNullExpression(use.expression);
}

/** A member that neither texts nor numbers have. */
function isMemberOfObject(use: Node): boolean {
  return isPropertyAccessExpression(use) && !MEMBERS.has(use.name.text);
}

const MEMBERS: ReadonlySet<string> = new Set(
  [String.prototype, Number.prototype, Object.prototype].flatMap(each => Object.getOwnPropertyNames(each)),
);

/** Whether the test leads out, or stands before a use of the value: else it only asks what the value is. */
function protects(node: Node): boolean {
  let at = wrapped(node);
  for (; isPartOfCondition(at.parent); at = at.parent) {
    if (isBinaryExpression(at.parent) && at.parent.left === at && isUsedIn(at.parent.right, node)) return true;
  }
  const { parent } = at;
  if (isConditionalExpression(parent)) return isUsedIn(parent, node);
  if (!isIfStatement(parent)) return false;
  return (at !== wrapped(node) && leaves(parent.thenStatement)) || isUsedIn(parent.thenStatement, node);
}

function isPartOfCondition(node: Node): boolean {
  return isBinaryExpression(node) || isPrefixUnaryExpression(node) || node.kind === SyntaxKind.ParenthesizedExpression;
}

/** Whether a member of the place is read below a node. */
function isUsedIn(root: Node, place: Node): boolean {
  return [...nodesOf(root)].some(
    node =>
      (isPropertyAccessExpression(node) || isElementAccessExpression(node)) && isSameReference(node.expression, place),
  );
}

function leaves(statement: Node): boolean {
  const [first] = isBlock(statement) ? [statement.statements.at(-1)] : [statement];
  return first !== undefined && (isReturnStatement(first) || isThrowStatement(first));
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
