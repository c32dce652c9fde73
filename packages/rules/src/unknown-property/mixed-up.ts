/** Methods of one object that are called on another beside it, whose comment lists its members: `options.fullTitle()`. */
import { enclosingFunction, isCallee, isCondition, nodesOf, type Ask, type Pass, type Scopes } from "@review/analysis";
import {
  isIdentifier,
  isPropertyAccessExpression,
  type Identifier,
  type PropertyAccessExpression,
} from "@review/program/syntax";

/** The same call of another variable of the function, where the parameter's doc comment names its members, and not this one. */
export function* meantObject(pass: Pass, access: PropertyAccessExpression): Ask<Identifier | undefined> {
  const { expression: object, name } = access;
  const scopes = pass.scopes();
  if (!isIdentifier(object) || !isCallee(access) || scopes.variableOf(object)?.kind !== "parameter") return undefined;
  const other = sameCallIn(scopes, access, object);
  if (!other) return undefined;
  const { checker } = pass;
  const members = yield* checker.propertiesOf(yield* checker.typeOf(object));
  return members.length > 1 && members.every(member => member.name !== name.text) ? other : undefined;
}

function sameCallIn(scopes: Scopes, access: PropertyAccessExpression, object: Identifier): Identifier | undefined {
  const fn = enclosingFunction(access);
  const same = [...(fn?.body ? nodesOf(fn.body) : [])].filter(
    (node): node is PropertyAccessExpression =>
      isPropertyAccessExpression(node) && node !== access && node.name.text === access.name.text,
  );
  const own = scopes.variableOf(object);
  // Whoever asks for it, or calls it once more, means it.
  if (same.some(node => isCondition(node) || scopes.variableOf(node.expression) === own)) return undefined;
  return same.filter(isCallee).flatMap(({ expression }) => {
    const variable = isIdentifier(expression) ? scopes.variableOf(expression) : undefined;
    // Two objects that a function is handed may be of one kind.
    return isIdentifier(expression) && variable?.root === fn && variable?.kind !== "parameter" ? [expression] : [];
  })[0];
}
