/** Which checks say that a value may be missing, and which may as well be superfluous. */
import {
  DEFAULTS,
  flowRootOf,
  isInside,
  isSameReference,
  ownNodesOf,
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
  type ConditionalExpression,
  type Node,
} from "@review/program/syntax";
import { isEmptiedSomewhere } from "./emptied.ts";
import { isUncertain } from "./uncertain.ts";

/**
 * Whether the check was made for the missing value: it is an `if`, has the use in its branches or behind its loop, or a default
 * stands for the value. `value && value.name` only spares one use.
 */
export function isForgottenCase(pass: Pass, crash: Crash): boolean {
  return !crash.edge || isUncertain(pass, crash.node) || isForMissingValue(pass, crash);
}

function isForMissingValue(pass: Pass, { origin, step, node }: Crash): boolean {
  const whole = conditionAround(origin.at);
  const { parent } = whole;
  if (isIfStatement(parent) && parent.expression === whole) return true;
  if (isConditionalExpression(parent) && (isInside(step.node, parent) || hasStandIn(origin.at, parent))) return true;
  return LOOPS.has(parent.kind) || hasDefault(node, step.node) || isEmptiedSomewhere(pass, node);
}

/** The whole condition that a tested value is part of. */
function conditionAround(tested: Node): Node {
  let whole = wrapped(tested);
  while (isPartOfCondition(whole)) whole = wrapped(whole.parent);
  return whole;
}

function isPartOfCondition(node: Node): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent) || isCallExpression(parent)) {
    return parent.expression === node;
  }
  if (isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken;
  return isBinaryExpression(parent) || isTypeOfExpression(parent);
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

const STAND_INS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression, SyntaxKind.NewExpression],
]);
