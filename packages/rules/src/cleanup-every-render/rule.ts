/** Reports effects that only return what cleans up, and have no list of dependencies: they clean up after each render. */
import {
  defineRule,
  moduleMemberOf,
  onlyExpressionOf,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isFunctionExpression,
  SyntaxKind,
  type ArrowFunction,
  type CallExpression,
  type FunctionExpression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "cleanup-every-render",
  summary: "An effect that only cleans up has no list of dependencies, so it cleans up before every render.",
  category: "resources",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Give the effect the list of what it depends on: `[]` where it cleans up at the end.",
  listen: pass => ({
    [SyntaxKind.CallExpression]: (call: CallExpression) => check(pass, call),
  }),
});
export default rule;

function* check(pass: Pass, call: CallExpression): Ask<void> {
  const [effect] = call.arguments;
  if (call.arguments.length !== 1 || !effect || pass.file.isTest) return;
  if (!/^(?:React\.)?use(?:Layout|Insertion)?Effect$/.test(call.expression.getText())) return;
  const cleanup = cleanupOf(unwrapped(effect));
  if (!cleanup || (yield* moduleMemberOf(pass.checker, call.expression))?.module !== "react") return;
  const { sourceFile } = pass.file;
  pass.report(call.expression, {
    message: `${quoted(cleanup, sourceFile)} runs after every render, since this effect has no list of dependencies.`,
    evidence: [{ at: cleanup, message: "The effect does nothing else." }],
  });
}

/** The function that an effect returns without doing anything before. */
function cleanupOf(effect: Node): Node | undefined {
  if (!isFunction(effect)) return undefined;
  const value = onlyExpressionOf(effect);
  const bare = value && value.parent.kind !== SyntaxKind.ExpressionStatement ? unwrapped(value) : undefined;
  return bare && isFunction(bare) ? bare : undefined;
}

function isFunction(node: Node): node is ArrowFunction | FunctionExpression {
  return isArrowFunction(node) || isFunctionExpression(node);
}
