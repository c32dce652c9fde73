/** All matches of a pattern, which are null where there is none. */
import { asMethodCall, flowRootOf, nodesOf } from "@review/analysis";
import { isCallExpression, type CallExpression, type Node } from "@review/program/syntax";

/** The pattern of `text.match(/…/g)`, unless it matches the empty text or one was tried on the text before. */
export function matchedPattern(call: CallExpression): Node | undefined {
  const [pattern] = call.arguments;
  if (asMethodCall(call)?.name !== "match" || !pattern || isTried(call)) return undefined;
  return /^\/[^?*|{]+\/[a-z]*g[a-z]*$/.test(pattern.getText()) ? pattern : undefined;
}

/** `if (/\n/.test(text))` before `text.match(/\n/g)`, in the same function. */
function isTried(match: CallExpression): boolean {
  const text = asMethodCall(match)?.object.getText();
  return [...nodesOf(flowRootOf(match))].some(node => {
    if (!isCallExpression(node) || node.pos > match.pos || asMethodCall(node)?.name !== "test") return false;
    return node.arguments[0]?.getText() === text;
  });
}
