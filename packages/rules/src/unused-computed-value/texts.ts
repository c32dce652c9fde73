/** Members and settings that are put into a text as they are, where a local is the same with its default. */
import { DEFAULTS, isLookedAt, isTarget, LOGICAL, nodesOf, unwrapped, wrapped, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isTemplateSpan,
  isThrowStatement,
  SyntaxKind,
  type Expression,
  type Identifier,
  type Node,
} from "@review/program/syntax";
import { isText, type Defaulted } from "./defaulted.ts";

/** `base = baseUrl() || "http://localhost"`, and behind it `${baseUrl()}/reset`: without a setting the text has "undefined". */
export function putInRaw(pass: Pass, name: Identifier, value: Expression): Defaulted | undefined {
  const given = givenIn(value);
  const local = given && pass.scopes().variableOf(name);
  if (!given || !local?.references.some(({ node, isRead }) => isRead && node.pos > value.end)) return undefined;
  const same = [...nodesOf(local.root)].filter(node => node.kind === given.kind && isSame(node, given));
  const others = same.filter(node => node !== given);
  if (others.some(isAsked)) return undefined;
  const use = others.find(node => node.pos > value.end && isPutIn(node) && !isShown(node));
  return use && { given, use };
}

/** A member, or what a function answers that takes nothing. */
function givenIn(value: Expression): Expression | undefined {
  const bare = unwrapped(value);
  if (!isBinaryExpression(bare) || !DEFAULTS.has(bare.operatorToken.kind) || !isText(unwrapped(bare.right))) {
    return undefined;
  }
  const given = unwrapped(bare.left);
  if (isCallExpression(given)) return given.arguments.length === 0 && isPath(given.expression) ? given : undefined;
  return isPropertyAccessExpression(given) && isPath(given) ? given : undefined;
}

function isPath(node: Node): boolean {
  let at = unwrapped(node);
  while (isPropertyAccessExpression(at)) at = unwrapped(at.expression);
  return isIdentifier(at) || at.kind === SyntaxKind.ThisKeyword;
}

function isSame(node: Node, given: Node): boolean {
  return node.getText() === given.getText();
}

/** Whether the code asks for the value, or sets it: then it knows what is in it. */
function isAsked(node: Node): boolean {
  const outer = wrapped(node);
  if (isTarget(node) || isLookedAt(outer)) return true;
  for (let at = outer; at.parent; at = at.parent) {
    const { parent } = at;
    if (isIfStatement(parent) && parent.expression === at) return true;
    if (isConditionalExpression(parent) && parent.condition === at) return true;
    if (isBinaryExpression(parent) && LOGICAL.has(parent.operatorToken.kind) && parent.left === at) return true;
  }
  return false;
}

/** A tagged template may take anything. */
function isPutIn(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isTemplateSpan(parent)) return parent.expression === outer && !isTaggedTemplateExpression(parent.parent.parent);
  if (!isBinaryExpression(parent) || parent.operatorToken.kind !== SyntaxKind.PlusToken) return false;
  const other = unwrapped(parent.left === outer ? parent.right : parent.left);
  return isStringLiteralLikeNode(other) || isTemplateExpression(other);
}

/** Whether the text is one for whoever looks for an error: it may well tell what was given. */
function isShown(node: Node): boolean {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (isThrowStatement(parent)) return true;
    if (isNewExpression(parent) && /Error$/.test(parent.expression.getText())) return true;
    if (isCallExpression(parent) && parent.expression !== at && LOGS.test(parent.expression.getText())) return true;
  }
  return false;
}

const LOGS = /(?:^|\.)(?:log|debug|info|warn|error|trace|assert|invariant|deprecate)$/i;
