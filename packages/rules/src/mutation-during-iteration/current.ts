/** Whether an index is that of the element that a walk is at. */
import { asMethodCall, stablePlaceOf, unwrapped, type Scopes, type StablePlace, type Variable } from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** What stands for the element that a walk is at. */
export interface Current {
  readonly place: StablePlace;
  readonly element: Variable | undefined;
  readonly index: Variable | undefined;
}

/** The index itself, or the result of searching for the element, directly or through a local. */
export function isCurrentIndex(scopes: Scopes, expression: Expression, current: Current, depth = 0): boolean {
  const node = unwrapped(expression);
  if (isIdentifier(node)) {
    const variable = scopes.variableOf(node);
    if (variable && variable === current.index) return true;
    const value = depth < 2 ? onlyValue(variable) : undefined;
    return value !== undefined && isCurrentIndex(scopes, value, current, depth + 1);
  }
  return isCallExpression(node) && isSearchForElement(scopes, node, current);
}

function onlyValue(variable: Variable | undefined): Expression | undefined {
  const [name, ...others] = variable?.declarations ?? [];
  if (!variable || !name || others.length > 0 || variable.references.some(({ isWritten }) => isWritten))
    return undefined;
  return isVariableDeclaration(name.parent) && name.parent.name === name ? name.parent.initializer : undefined;
}

function isSearchForElement(scopes: Scopes, call: CallExpression, { place, element }: Current): boolean {
  const method = asMethodCall(call);
  const [sought] = call.arguments;
  if (!method || !sought || !element || stablePlaceOf(scopes, method.object)?.key !== place.key) return false;
  const bare = unwrapped(sought);
  if (method.name === "indexOf") return isIdentifier(bare) && scopes.variableOf(bare) === element;
  return method.name === "findIndex" && isArrowFunction(bare) && isEqualityWith(scopes, bare.body, element);
}

/** `other => other === element`, `other => other.id === element.id`. */
function isEqualityWith(scopes: Scopes, body: Node, element: Variable): boolean {
  const test = unwrapped(body);
  if (!isBinaryExpression(test) || test.operatorToken.kind !== SyntaxKind.EqualsEqualsEqualsToken) return false;
  const sides = [unwrapped(test.left), unwrapped(test.right)];
  const names = sides.map(side => (isPropertyAccessExpression(side) ? side.name.text : ""));
  const owners = sides.map(side => (isPropertyAccessExpression(side) ? unwrapped(side.expression) : side));
  return names[0] === names[1] && owners.some(owner => scopes.variableOf(owner) === element);
}
