/** Whether the code around a `reduce` asks how many elements there are. */
import { enclosingFunction, isAccess, isSameReference, memberName, nodesOf, unwrapped } from "@review/analysis";
import { isCallExpression, isIdentifier, type CallExpression, type Node } from "@review/program/syntax";

/** `xs.length`, `xs.size`, `isEmpty(xs)`, `xs.some(…)` anywhere in the function, or `xs[0]`, which takes one for granted. */
export function isAskedFor(call: CallExpression, places: readonly Node[]): boolean {
  let root: Node = call.getSourceFile();
  const fn = enclosingFunction(call);
  if (fn) root = fn;
  for (let outer = fn && enclosingFunction(fn); outer; outer = enclosingFunction(outer)) root = outer;
  for (const node of nodesOf(root)) {
    const asked = askedOf(node);
    if (asked && places.some(place => isSamePlace(place, asked))) return true;
  }
  return false;
}

function askedOf(node: Node): Node | undefined {
  const member = memberName(node);
  if (isAccess(node) && member !== undefined && ASKING.test(member)) return unwrapped(node.expression);
  if (!isCallExpression(node)) return undefined;
  const callee = node.expression;
  const name = isIdentifier(callee) ? callee.text : (memberName(callee) ?? "");
  return /empty/i.test(name) ? node.arguments[0] && unwrapped(node.arguments[0]) : undefined;
}

const ASKING = /^(?:length|size|some|isEmpty)$/;

function isSamePlace(place: Node, asked: Node): boolean {
  return place === asked || isSameReference(place, asked) || place.getText() === asked.getText();
}
