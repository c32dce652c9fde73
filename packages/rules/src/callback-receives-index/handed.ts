/** Functions that are handed to a method which calls them with an element and its index. */
import { asMethodCall, isArrayOrIterator, isGlobal, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";
import { CONVERTERS, indexPosition } from "./tables.ts";

/** A callback, and who calls it. */
export interface Handed {
  readonly method: string;
  /** The array, or `Array` itself. */
  readonly object: Expression;
  readonly isStatic: boolean;
  readonly callback: Expression;
  /** Which of the callback's arguments is the index. */
  readonly position: number;
}

/** The callback that a call hands over by name. A function that is written on the spot says itself what it takes. */
export function handedOver(call: CallExpression): Handed | undefined {
  const method = asMethodCall(call);
  if (!method) return undefined;
  const isStatic = CONVERTERS.has(method.name);
  const callback = call.arguments[isStatic ? 1 : 0];
  const position = isStatic ? 1 : indexPosition(method.name);
  if (!callback || position === undefined) return undefined;
  const name = unwrapped(callback);
  if (!isIdentifier(name) && !isPropertyAccessExpression(name) && !isElementAccessExpression(name)) return undefined;
  return { method: method.name, object: method.object, isStatic, callback: name, position };
}

/** Whether a method is that of an array or an iterator, and `from` that of `Array`. */
export function* isVisited({ checker }: Pass, { object, isStatic }: Handed): Ask<boolean> {
  return isStatic ? yield* isGlobal(checker, object, "Array") : yield* isArrayOrIterator(checker, object);
}
