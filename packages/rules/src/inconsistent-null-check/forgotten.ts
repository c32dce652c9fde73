/** Which checks say that a value may be missing, and which may as well be superfluous. */
import {
  EQUALS,
  flowRootOf,
  isInside,
  isSameReference,
  leavesFunction,
  ownNodesOf,
  NOT_EQUALS,
  unwrapped,
  wrapped,
  type Crash,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isElementAccessExpression,
  isStringLiteralLikeNode,
  isTypeOfExpression,
  SyntaxKind,
  type BinaryExpression,
  type ConditionalExpression,
  type Node,
} from "@review/program/syntax";
import { isEmptiedSomewhere } from "./emptied.ts";
import { isUncertain } from "./uncertain.ts";

/**
 * Whether the check was made for the missing value: it has the use in its branches or behind its loop, asks whether the
 * value is missing, leaves where it is there, or a default stands for the value. `value && value.name` only spares one use.
 */
export function isForgottenCase(pass: Pass, crash: Crash): boolean {
  return !crash.edge || isUncertain(pass, crash.node) || isForMissingValue(pass, crash);
}

function isForMissingValue(pass: Pass, { origin, step, node }: Crash): boolean {
  const { whole, isForMissing } = conditionAround(origin.at);
  const { parent } = whole;
  if (isIfStatement(parent) && parent.expression === whole) {
    if (
      isForMissing ||
      isComparedWithAbsent(origin.at) ||
      isInside(step.node, parent) ||
      leavesFunction(parent.thenStatement)
    )
      return true;
  }
  if (isConditionalExpression(parent) && (isInside(step.node, parent) || hasStandIn(origin.at, parent))) return true;
  return LOOPS.has(parent.kind) || hasDefault(node, step.node) || isEmptiedSomewhere(pass, node);
}

/** `value != null`, `value !== undefined`: in as many words, which nobody writes for a value that is always there. */
function isComparedWithAbsent(tested: Node): boolean {
  const { parent } = wrapped(tested);
  return isBinaryExpression(parent) && [parent.left, parent.right].some(isAbsent);
}

interface Condition {
  readonly whole: Node;
  /** Whether it asks for what is missing, and not for what is there. */
  readonly isForMissing: boolean;
}

function conditionAround(tested: Node): Condition {
  let whole = wrapped(tested);
  let isForMissing = false;
  for (; isPartOfCondition(whole); whole = wrapped(whole.parent)) {
    const { parent } = whole;
    const isTurned = isBinaryExpression(parent) ? asksForMissing(parent) : isPrefixUnaryExpression(parent);
    if (isTurned) isForMissing = !isForMissing;
  }
  return { whole, isForMissing };
}

function isPartOfCondition(node: Node): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent) || isCallExpression(parent)) {
    return parent.expression === node;
  }
  if (isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken;
  return isBinaryExpression(parent) || isTypeOfExpression(parent);
}

/** `value == null`, and `value?.kind !== "a"`. */
function asksForMissing({ left, operatorToken, right }: BinaryExpression): boolean {
  const isForAbsent = [left, right].some(isAbsent);
  return (isForAbsent ? EQUALS : NOT_EQUALS).has(operatorToken.kind);
}

/** `null`, `undefined`, and the text that `typeof` has for it. */
function isAbsent(node: Node): boolean {
  const value = unwrapped(node);
  if (isStringLiteralLikeNode(value)) return value.text === "undefined";
  return value.kind === SyntaxKind.NullKeyword || value.getText() === "undefined";
}

const LOOPS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.ForStatement,
]);

/** `command ? command.name : "(no command)"`: somebody thought of what to say where there is none. */
function hasStandIn(tested: Node, { whenTrue, whenFalse }: ConditionalExpression): boolean {
  if (isReadFrom(tested)) return false;
  return [whenTrue, whenFalse].some(branch => {
    const value = unwrapped(branch);
    return isStringLiteralLikeNode(value) && /\w/.test(value.text);
  });
}

/** `item?.title ? item.title : "none"` has a text for the title that is missing. */
function isReadFrom(value: Node): boolean {
  const outer = wrapped(value);
  const { parent } = outer;
  return (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.expression === outer;
}

/** `this.options = options || {}` before `options.name`. */
function hasDefault(value: Node, use: Node): boolean {
  return [...ownNodesOf(flowRootOf(use))].some(
    node =>
      isBinaryExpression(node) &&
      node.end <= use.pos &&
      DEFAULTS.has(node.operatorToken.kind) &&
      STAND_INS.has(unwrapped(node.right).kind) &&
      isSameReference(node.left, value),
  );
}

const DEFAULTS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken]);

const STAND_INS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression, SyntaxKind.NewExpression],
]);
