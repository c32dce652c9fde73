/** Whether a function can do without a parameter, as its own code shows. */
import { isCondition, mentions, scopesOf, wrapped, type Reference } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type FunctionLikeDeclaration,
  type Node,
  type ParameterDeclaration,
} from "@review/program/syntax";

/** `uses`: it is read and never tested. `breaks`: on top of that, a use throws where it is undefined. */
export type Need = "none" | "uses" | "breaks";

export function needOf(fn: FunctionLikeDeclaration, parameter: ParameterDeclaration): Need {
  const { name, initializer, dotDotDotToken } = parameter;
  if (initializer || dotDotDotToken || !isIdentifier(name) || isOptionalByComment(fn, name.text)) return "none";
  const variable = scopesOf(name.getSourceFile()).variableOf(name);
  if (!variable || variable.isExposed || (fn.body && mentions(fn.body, "arguments"))) return "none";
  const { references } = variable;
  if (references.length === 0 || references.some(each => each.isWritten || isTested(each))) return "none";
  return references.some(({ node }) => isTakenApart(node)) ? "breaks" : "uses";
}

/** `@param {string} [name]` and `@param {string=} name`. */
function isOptionalByComment(fn: FunctionLikeDeclaration, name: string): boolean {
  const owner = fn.parent.kind === SyntaxKind.VariableDeclaration ? fn.parent.parent.parent : fn;
  const text = owner.getFullText().slice(0, owner.getStart() - owner.pos);
  return new RegExp(`\\[\\s*${name.replace(/\$/g, "\\$")}\\b|=\\}\\s+${name.replace(/\$/g, "\\$")}\\b`).test(text);
}

function isTested({ node }: Reference): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isCondition(outer) || parent.kind === SyntaxKind.TypeOfExpression) return true;
  if (isBinaryExpression(parent)) return TESTS.has(parent.operatorToken.kind);
  if (isCallExpression(parent))
    return /\b(?:is[A-Z]\w*|Boolean|Object\.assign|defaults)$/.test(parent.expression.getText());
  if (parent.kind === SyntaxKind.SpreadAssignment) return true;
  return (
    (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) && parent.questionDotToken !== undefined
  );
}

const TESTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InstanceOfKeyword,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.AmpersandAmpersandToken,
]);

function isTakenApart(node: Node): boolean {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent) || isCallExpression(parent)) {
    return parent.expression === outer;
  }
  return isForOfStatement(parent) && parent.expression === outer;
}
