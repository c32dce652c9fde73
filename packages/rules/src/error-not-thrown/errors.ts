/** Decides whether an expression makes an error. */
import { builtinName, isGlobal, type Ask, type Pass, type TypeChecker } from "@review/analysis";
import type { Type } from "@review/program";
import {
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  type CallExpression,
  type NewExpression,
} from "@review/program/syntax";

/** The builtin classes start with a capital; `isARuntimeError()` asks, and `App_loadingError()` shows. */
const ERROR_NAME = /^(?!.*_[a-z])(?:[A-Z]\w*)?(?:Error|Exception)$/;

/**
 * Whether an expression makes a new error: `new X()` of a class that extends `Error`, or `Error()` and its builtin
 * kin without `new`. Where `ownClasses` is false, only the builtin ones count.
 */
export function* isErrorMaker(pass: Pass, value: NewExpression | CallExpression, ownClasses: boolean): Ask<boolean> {
  const callee = value.expression;
  const name = isPropertyAccessExpression(callee) ? callee.name.text : isIdentifier(callee) ? callee.text : "";
  if (!isNewExpression(value) || !ownClasses) {
    return ERROR_NAME.test(name) && (yield* isGlobal(pass.checker, callee, name));
  }
  return yield* isError(pass.checker, yield* pass.checker.typeOf(value));
}

function* isError(checker: TypeChecker, type: Type): Ask<boolean> {
  const builtin = yield* builtinName(checker, type);
  if (builtin !== undefined) return builtin === "DOMException" || ERROR_NAME.test(builtin);
  for (const base of yield* checker.baseTypesOf(type)) if (yield* isError(checker, base)) return true;
  return false;
}
