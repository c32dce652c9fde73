/** Which values a step cannot do without: it throws a TypeError where they are null or undefined. */
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isDeleteExpression,
  isElementAccessExpression,
  isForOfStatement,
  isNewExpression,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isTaggedTemplateExpression,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import type { Step } from "./graph.ts";
import { refusedArgument } from "./refused-arguments.ts";

/** The expression that must not be null or undefined for a step to go well; undefined where there is none. */
export function dereferencedBy({ kind, node }: Step): Node | undefined {
  switch (kind) {
    case "access":
      return isPropertyAccessExpression(node) || isElementAccessExpression(node) ? memberBase(node) : takenApart(node);
    case "set":
      return memberBase(node);
    case "delete":
      return isDeleteExpression(node) ? memberBase(unwrapped(node.expression)) : undefined;
    case "call":
      return calledValue(node);
    case "iterate":
      return iteratedValue(node);
    case "compute":
      return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword ? node.right : undefined;
    default:
      return undefined;
  }
}

function memberBase(node: Node): Node | undefined {
  if (!isPropertyAccessExpression(node) && !isElementAccessExpression(node)) return undefined;
  return node.questionDotToken ? undefined : node.expression;
}

/** What a builtin refuses comes first: that there is the builtin is certain. */
function calledValue(node: Node): Node | undefined {
  if (isTaggedTemplateExpression(node)) return node.tag;
  if (isNewExpression(node)) return node.expression;
  if (!isCallExpression(node)) return undefined;
  return refusedArgument(node) ?? (node.questionDotToken ? undefined : node.expression);
}

function takenApart(node: Node): Node | undefined {
  if (isObjectBindingPattern(node) || isObjectLiteralExpression(node)) return patternValue(node);
  return undefined;
}

function iteratedValue(node: Node): Node | undefined {
  if (isForOfStatement(node) || isSpreadElement(node)) return node.expression;
  return isArrayBindingPattern(node) || isArrayLiteralExpression(node) ? patternValue(node) : undefined;
}

/** What a pattern takes apart, where that is written beside it. */
function patternValue(pattern: Node): Node | undefined {
  const { parent } = pattern;
  if (isVariableDeclaration(parent)) return parent.initializer;
  const isAssigned = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  return isAssigned && parent.left === pattern ? parent.right : undefined;
}
