/** Builtins whose methods call a callback for each element: `map`, `filter`, `some` and their like. */
import type { Expression } from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { TYPED_ARRAYS } from "./builtins.ts";
import { builtinName, everyPart } from "./types.ts";

const ITERATORS: ReadonlySet<string> = new Set([
  "ReadonlyArray",
  ...TYPED_ARRAYS,
  "IteratorObject",
  "ArrayIterator",
  "MapIterator",
  "SetIterator",
  "StringIterator",
  "Generator",
]);

/**
 * Whether an expression is an array, a tuple, a typed array or one of the language's iterators. Streams, observables,
 * queries and a user's own collections have methods of the same names that call back later, or with other arguments.
 */
export function* isArrayOrIterator(checker: TypeChecker, object: Expression): Ask<boolean> {
  return yield* everyPart(checker, yield* checker.typeOf(object), function* (part) {
    if ((yield* checker.isArray(part)) || (yield* checker.isTuple(part))) return true;
    return ITERATORS.has((yield* builtinName(checker, part)) ?? "");
  });
}
