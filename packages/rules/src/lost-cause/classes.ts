/** Errors that are made with a place for a cause, and get none. */
import { isGlobal, unwrapped, type Ask, type Pass, type TypeChecker } from "@review/analysis";
import { SymbolFlags, type Type } from "@review/program";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  type CallExpression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

export type Made = NewExpression | CallExpression;

/** What is made by a call, with or without `new`. */
export function isMade(node: Node): node is Made {
  return isNewExpression(node) || isCallExpression(node);
}

/** Whether the error that is made here could keep a cause: by its library, or by the constructor of its own class. */
export function* knowsCause(pass: Pass, made: Made): Ask<boolean> {
  if (yield* isBuiltinError(pass, made)) {
    const [, options] = made.arguments ?? [];
    if (options && !(isObjectLiteralExpression(options) && options.properties.length === 0)) return false;
    return (yield* pass.checker.resolveName("ErrorOptions", SymbolFlags.Interface, made)) !== undefined;
  }
  return isNewExpression(made) && (yield* takesOptions(pass.checker, made));
}

function* isBuiltinError({ checker }: Pass, { expression }: Made): Ask<boolean> {
  const callee = unwrapped(expression);
  if (!isIdentifier(callee) || !ERRORS.has(callee.text)) return false;
  return yield* isGlobal(checker, callee, callee.text);
}

const ERRORS: ReadonlySet<string> = new Set([
  "Error",
  "TypeError",
  "RangeError",
  "SyntaxError",
  "ReferenceError",
  "URIError",
]);

/** Whether the next parameter of an own class, which nothing is given for, is an object that may have a `cause`. */
function* takesOptions(checker: TypeChecker, made: NewExpression): Ask<boolean> {
  if ((yield* checker.typeOfProperty(yield* checker.typeOf(made), "stack")) === undefined) return false;
  const signature = yield* checker.signatureOf(made);
  const parameters = signature && (yield* checker.parametersOf(signature));
  const index = made.arguments?.length ?? 0;
  if (!signature || !parameters || index >= parameters.length) return false;
  return yield* hasCause(checker, yield* checker.parameterTypeOf(signature, index));
}

function* hasCause(checker: TypeChecker, type: Type): Ask<boolean> {
  for (const part of yield* checker.partsOf(type)) {
    if ((yield* checker.typeOfProperty(part, "cause")) !== undefined) return true;
  }
  return false;
}
