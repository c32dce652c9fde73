/** Whether an expression gives the same value when it is evaluated twice in a row. */
import {
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPrefixUnaryExpression,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { memberName } from "./names.ts";
import { unwrapped } from "./nodes.ts";
import { nodesOf } from "../walk.ts";

/** Names of functions that only answer a question about what they are given. */
const QUESTIONS: RegExp =
  /^(?:(?:is|has|are|can|should)(?:[A-Z0-9_].*)?|(?:starts|ends)With|includes|contains|equals|indexOf|lastIndexOf|toLowerCase|toUpperCase|toString|valueOf|trim|trimStart|trimEnd|getTime|charAt|charCodeAt|codePointAt|at|slice|substring|abs|floor|ceil|round|localeCompare|propertyIsEnumerable)$/;

/** What makes something new each time, waits, or changes something. */
const ONCE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.NewExpression,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.AwaitExpression,
  SyntaxKind.YieldExpression,
  SyntaxKind.DeleteExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ClassExpression,
  SyntaxKind.JsxElement,
  SyntaxKind.JsxSelfClosingElement,
  SyntaxKind.JsxFragment,
]);

/**
 * Whether evaluating an expression a second time, at once, gives the same value and changes nothing: names, members,
 * operators, and calls whose name says that they only answer (`isOpen()`, `text.trim()`).
 */
export function isRepeatable(node: Node): boolean {
  for (const at of nodesOf(node)) {
    if (ONCE.has(at.kind) || isFunctionLikeDeclaration(at)) return false;
    if (isCallExpression(at) && !isQuestion(at)) return false;
    if (isBinaryExpression(at) && isAssignmentOperator(at.operatorToken.kind)) return false;
    if (isPrefixUnaryExpression(at) && isStep(at.operator)) return false;
  }
  return true;
}

function isQuestion(call: CallExpression): boolean {
  const callee = unwrapped(call.expression);
  const name = isIdentifier(callee) ? callee.text : memberName(callee);
  return name !== undefined && QUESTIONS.test(name);
}

function isStep(operator: SyntaxKind): boolean {
  return operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;
}
