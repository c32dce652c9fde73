/** Functions that take an element out of a list, such as `last`: whoever calls one knows its list, as with `list[0]`. */
import { nodesOf, unwrapped } from "@review/analysis";
import {
  isElementAccessExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNumericLiteral,
  type Node,
} from "@review/program/syntax";

/** Whether a function reads the element of a parameter by its position. */
export function takesElement(fn: Node): boolean {
  if (!isFunctionLikeDeclaration(fn)) return false;
  const names = new Set(fn.parameters.map(({ name }) => (isIdentifier(name) ? name.text : undefined)));
  return [...nodesOf(fn)].some(node => {
    if (!isElementAccessExpression(node) || !isPosition(node.argumentExpression)) return false;
    const list = unwrapped(node.expression);
    return isIdentifier(list) && names.has(list.text);
  });
}

function isPosition(index: Node): boolean {
  return isNumericLiteral(unwrapped(index)) || /\blength\b/.test(index.getText());
}
