/** Reports setters that do something and never look at the value that they are given. */
import { defineRule, ownNodesOf, type Pass, type Rule } from "@review/analysis";
import {
  isAssignmentOperator,
  isBinaryExpression,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAssignment,
  SyntaxKind,
  type FunctionLikeDeclaration,
  type Node,
  type SetAccessorDeclaration,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "setter-ignores-value",
  summary: "A setter changes something and never reads the value that it is given.",
  category: "classes",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Use the parameter where it was meant; where the value is of no interest, make it a method, or name it `_value`.",
  listen: pass => ({
    [SyntaxKind.SetAccessor](setter: SetAccessorDeclaration) {
      check(pass, setter, setter.name);
    },
    [SyntaxKind.MethodDeclaration](method: FunctionLikeDeclaration) {
      if (isMethodDeclaration(method) && isDescribed(method)) check(pass, method, method.name);
    },
    [SyntaxKind.FunctionExpression](fn: FunctionLikeDeclaration) {
      if (isFunctionExpression(fn) && isPropertyAssignment(fn.parent) && isDescribed(fn.parent)) {
        check(pass, fn, fn.parent.name);
      }
    },
  }),
});
export default rule;

/** `set` of `Object.defineProperty(o, "x", { set(value) {} })`. */
function isDescribed(property: Node & { readonly name: Node }): boolean {
  if (!isIdentifier(property.name) || property.name.text !== "set") return false;
  const call = property.parent.parent;
  return isCallExpression(call) && /\bdefineProperty$/.test(call.expression.getText());
}

function check(pass: Pass, setter: FunctionLikeDeclaration, place: Node): void {
  const [parameter] = setter.parameters;
  const { body } = setter;
  if (!parameter || !body || !isIdentifier(parameter.name) || parameter.name.text.startsWith("_")) return;
  const variable = pass.scopes().variableOf(parameter.name);
  if (!variable || variable.isExposed || variable.references.some(({ isRead }) => isRead)) return;
  const change = [...ownNodesOf(body)].find(isChange);
  const refuses = [...ownNodesOf(body)].some(isRefusal);
  if (!change || refuses) return;
  pass.report(place, {
    message: `This setter never reads \`${parameter.name.text}\`: what is assigned has no part in what it does.`,
    evidence: [
      { at: parameter.name, message: "This is the value that is assigned." },
      { at: change, message: "This happens whatever it is." },
    ],
  });
}

function isChange(node: Node): boolean {
  if (isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node)) return STEPS.has(node.operator);
  return isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind);
}

const STEPS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.PlusPlusToken, SyntaxKind.MinusMinusToken]);

/** A property that cannot be set says so, by an exception or a message. */
function isRefusal(node: Node): boolean {
  if (node.kind === SyntaxKind.ThrowStatement) return true;
  return isCallExpression(node) && /warn|deprecate|error|fail|throw|assert|log/i.test(node.expression.getText());
}
