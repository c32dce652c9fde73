/** Whether another name could stand in the place of one: it exists there, and has the same type. */
import { isUncertain, wrapped, type Ask, type Pass } from "@review/analysis";
import { SymbolFlags, type Type } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isNewExpression,
  isPropertyAccessExpression,
  isShorthandPropertyAssignment,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export function* couldBeNamed(pass: Pass, name: Node, wanted: string): Ask<boolean> {
  if (isCalled(name)) return false;
  if (isPropertyAccessExpression(name.parent) && name.parent.name === name) {
    return yield* isMember(pass, name.parent, wanted);
  }
  const variable = pass.scopes().variableOf(name);
  if (!variable || variable.declarations.some(each => each === name) || isShorthandPropertyAssignment(name.parent)) {
    return false;
  }
  return yield* isVariable(pass, name, wanted);
}

function* isMember(pass: Pass, access: PropertyAccessExpression, wanted: string): Ask<boolean> {
  const owner = yield* pass.checker.nonNullable(yield* pass.checker.typeOf(access.expression));
  if (isUncertain(owner)) return false;
  const other = yield* pass.checker.typeOfProperty(owner, wanted);
  return other !== undefined && (yield* isSameType(pass, yield* pass.checker.typeOf(access), other));
}

/** In JavaScript neither of two parameters may have a type: the names have to do. */
function* isVariable(pass: Pass, name: Node, wanted: string): Ask<boolean> {
  const { checker, file } = pass;
  const symbol = yield* checker.resolveName(wanted, SymbolFlags.Value, name);
  const declarations = symbol ? yield* checker.declarationsOf(symbol) : [];
  if (!symbol || declarations.every(each => each.getSourceFile() !== file.sourceFile)) return false;
  const here = yield* checker.typeOf(name);
  const other = yield* checker.typeOfSymbol(symbol);
  if (file.isJavaScript && isUncertain(here) && isUncertain(other)) return true;
  return yield* isSameType(pass, here, other);
}

/** Functions of two kinds differ in what they do: that one is used for both is no sign. */
function isCalled(name: Node): boolean {
  const access = isPropertyAccessExpression(name.parent) && name.parent.name === name ? name.parent : name;
  const outer = wrapped(access);
  const { parent } = outer;
  if (isBinaryExpression(parent) && parent.right === outer && parent.operatorToken.getText() === "instanceof")
    return true;
  return (isCallExpression(parent) || isNewExpression(parent)) && parent.expression === outer;
}

function* isSameType({ checker }: Pass, one: Type, other: Type): Ask<boolean> {
  if (isUncertain(one) || isUncertain(other)) return false;
  return (yield* checker.isAssignable(one, other)) || (yield* checker.isAssignable(other, one));
}
