/** Lists that only their methods tell of, in code without types. */
import {
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { fixedLocalOf } from "./locals.ts";
import { asMethodCall } from "./names.ts";
import { unwrapped } from "./nodes.ts";
import { isUncertain } from "./types.ts";

/**
 * The call that gives a value, directly or by way of a constant, if that is `rows.filter(row => …)` or the like of what nothing is known
 * of. Whatever has such a method, a list, a selection, a collection of a library, gives an object of its own kind: it is never falsy and
 * no number.
 */
export function* untypedListOf(checker: TypeChecker, node: Node): Ask<CallExpression | undefined> {
  const bare = unwrapped(node);
  const value = isCallExpression(bare) ? bare : (yield* fixedLocalOf(checker, bare))?.value;
  const call = value && unwrapped(value);
  const list = call && isCallExpression(call) ? listMadeOf(call) : undefined;
  return list && isUncertain(yield* checker.typeOf(list)) ? (call as CallExpression) : undefined;
}

/** The `rows` of `rows.filter(row => …)`. */
function listMadeOf(call: CallExpression): Expression | undefined {
  const method = asMethodCall(call);
  const [callback, ...more] = call.arguments;
  if (!method || !METHODS.has(method.name) || !callback || more.length > 0) return undefined;
  const fn = unwrapped(callback);
  return (isArrowFunction(fn) || isFunctionExpression(fn)) && !mayBeCutShort(call) ? method.object : undefined;
}

const METHODS: ReadonlySet<string> = new Set(["filter", "map"]);

/** `rows?.filter(…)` */
function mayBeCutShort({ expression }: CallExpression): boolean {
  return expression.getText().includes("?.");
}
