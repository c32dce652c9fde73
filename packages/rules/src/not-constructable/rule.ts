/** Reports `new` in JavaScript before a function that cannot construct. */
import { defineRule, functionOf, isAsync, quoted, type Pass, type Rule } from "@review/analysis";
import {
  isArrowFunction,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  SyntaxKind,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "not-constructable",
  summary:
    "`new` stands before an arrow function, a method, or an async or generator function, which cannot construct.",
  category: "calls",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Call the function without `new`, or make it a class.",
  listen: pass => ({
    *[SyntaxKind.NewExpression](node: NewExpression) {
      if (pass.file.isChecked) return;
      const fn = yield* functionOf(pass.checker, node.expression);
      const what = fn && kindOf(fn);
      if (what !== undefined) report(pass, node, fn as FunctionLikeDeclaration, what);
    },
  }),
});
export default rule;

function kindOf(fn: FunctionLikeDeclaration): string | undefined {
  if (isArrowFunction(fn)) return "an arrow function";
  if (isMethodDeclaration(fn) || isGetAccessorDeclaration(fn)) return "a method";
  if ((fn as { asteriskToken?: Node }).asteriskToken) return "a generator function";
  return isAsync(fn) ? "an async function" : undefined;
}

function report(pass: Pass, node: NewExpression, fn: FunctionLikeDeclaration, what: string): void {
  const { sourceFile } = pass.file;
  const at = { start: node.getStart(sourceFile), end: node.expression.getStart(sourceFile) };
  pass.report(node, {
    message: `${quoted(node.expression, sourceFile)} is ${what}, which \`new\` cannot use: this throws.`,
    evidence: [{ at: (fn as { name?: Node }).name ?? fn, message: `This is ${what}.` }],
    fixes: node.arguments ? [{ title: "Call it without `new`", safety: "suggested", edits: [{ at, text: "" }] }] : [],
  });
}
