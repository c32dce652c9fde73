/** Elements at an index that was counted in another list: `params[args.length - 1].name`. */
import { declaredValueOf, enclosingFunction, nodesOf, unwrapped, type Scopes } from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  SyntaxKind,
  type ElementAccessExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** The list whose last position an element of another list is taken at, where nothing compares the two. */
export function otherCounted(scopes: Scopes, element: ElementAccessExpression): Node | undefined {
  const list = unwrapped(element.expression);
  const counted = countedList(scopes, element.argumentExpression);
  const fn = enclosingFunction(element);
  if (!counted || !fn || !isGiven(scopes, list) || !isGiven(scopes, counted)) return undefined;
  const [name, other] = [list.getText(), counted.getText()];
  if (name === other) return undefined;
  return isCounted(fn, name) ? undefined : counted;
}

/** `args` of `args.length - 1`, at once or through a constant. */
function countedList(scopes: Scopes, index: Expression): Expression | undefined {
  const bare = unwrapped(index);
  const given = isIdentifier(bare) ? declaredValueOf(scopes, bare) : bare;
  const value = given && unwrapped(given);
  if (!value || !isBinaryExpression(value) || value.operatorToken.kind !== SyntaxKind.MinusToken) return undefined;
  const right = unwrapped(value.right);
  const left = unwrapped(value.left);
  if (!isNumericLiteral(right) || !isPropertyAccessExpression(left) || left.name.text !== "length") return undefined;
  return unwrapped(left.expression) as Expression;
}

/** What a function was given, and did not make itself: lists that it made may well be of one length. */
function isGiven(scopes: Scopes, list: Node): boolean {
  let at = unwrapped(list);
  while (isPropertyAccessExpression(at)) at = unwrapped(at.expression);
  const variable = isIdentifier(at) ? scopes.variableOf(at) : undefined;
  return variable?.kind === "parameter" && !variable.references.some(({ isWritten }) => isWritten);
}

/** Whether a function looks at how long a list is. */
function isCounted(fn: Node, list: string): boolean {
  return [...nodesOf(fn)].some(
    node =>
      isPropertyAccessExpression(node) && node.name.text === "length" && unwrapped(node.expression).getText() === list,
  );
}
