/** Functions that print: those that `debug(namespace)` makes. */
import type { Ask, TypeChecker } from "@review/analysis";
import { packageOf } from "@review/analysis";
import type { Node } from "@review/program/syntax";

/** Whether a name stands for a debugger of the package debug, by its type. */
export function* isDebugger(checker: TypeChecker, callee: Node): Ask<boolean> {
  const symbol = yield* checker.symbolOfType(yield* checker.typeOf(callee));
  return symbol?.name === "Debugger" && (yield* packageOf(checker, symbol)) === "debug";
}
