/** What takes several values by name: a call's parameters, an object's keys, an element's attributes. */
import { nameOfValue, unwrapped } from "@review/analysis";
import type { Symbol } from "@review/program";
import {
  isIdentifier,
  isJsxAttribute,
  isJsxExpression,
  isPropertyAssignment,
  isSpreadElement,
  isStringLiteralLikeNode,
  SyntaxKind,
  type Expression,
  type JsxAttributes,
  type ObjectLiteralExpression,
} from "@review/program/syntax";
import type { Slot } from "./order.ts";

/** A slot that a value stands in. */
export interface Filled extends Slot {
  readonly at: Expression;
}

/** The slots of a call's arguments up to the first spread one. */
export function slotsOfArguments(parameters: readonly Symbol[], args: readonly Expression[]): readonly Filled[] {
  const slots: Filled[] = [];
  for (const [index, at] of args.entries()) {
    const parameter = parameters[index];
    if (!parameter || isSpreadElement(at)) break;
    slots.push({ name: parameter.name, value: nameOfValue(at), at });
  }
  return slots;
}

/** The keys of an object literal that have a value of their own; `{ width }` fits by the way it is written. */
export function slotsOfObject({ properties }: ObjectLiteralExpression): readonly Filled[] {
  return properties.flatMap(property => {
    if (!isPropertyAssignment(property)) return [];
    const { name, initializer } = property;
    if (!isIdentifier(name) && !isStringLiteralLikeNode(name)) return [];
    return [{ name: name.text, value: nameOfValue(initializer), at: initializer }];
  });
}

/** The attributes of an element that have an expression. */
export function slotsOfElement({ properties }: JsxAttributes): readonly Filled[] {
  return properties.flatMap(property => {
    if (!isJsxAttribute(property) || !isIdentifier(property.name)) return [];
    const { initializer } = property;
    if (!initializer || !isJsxExpression(initializer) || !initializer.expression) return [];
    const at = initializer.expression;
    return [{ name: property.name.text, value: nameOfValue(at), at }];
  });
}

/** Whether any value could stand somewhere else at all: a look that costs no question. */
export function mayBeDisplaced(args: readonly Expression[]): boolean {
  return args.filter(each => NAMES.has(unwrapped(each).kind)).length > 1;
}

const NAMES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.AwaitExpression,
]);
