/** Which parameters are callbacks in Node's convention: called once, with an error or with a result. */
import {
  isErrorClass,
  isErrorName,
  isUncertain,
  unwrapped,
  type Ask,
  type Pass,
  type ValueTrace,
  type Variable,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { isCompletion } from "./completions.ts";

/** By the type of its first parameter, by what it is called with, or by where it is called. */
export function* isErrorFirst(pass: Pass, variable: Variable, trace: ValueTrace): Ask<boolean> {
  const calls = trace.events.flatMap(event => (event.kind === "called" ? [event.node] : []));
  if (calls.length === 0) return false;
  const [name] = variable.declarations;
  return isCalledSo(calls) || isCompletion(variable, calls) || (name !== undefined && (yield* isTypedSo(pass, name)));
}

/** Some call passes an error, and some other one none. */
function isCalledSo(calls: readonly CallExpression[]): boolean {
  const firsts = calls.map(call => call.arguments[0]);
  return firsts.some(first => first && isError(first)) && firsts.some(first => !first || isNothing(first));
}

function isError(argument: Expression): boolean {
  const bare = unwrapped(argument);
  if (isIdentifier(bare)) return /^_?(?:e|er|ex|err|error|exception|reason)$|Err(?:or)?$/.test(bare.text);
  const made = isNewExpression(bare) || isCallExpression(bare) ? bare.expression : undefined;
  return made !== undefined && isIdentifier(made) && /Error$/.test(made.text);
}

function isNothing(argument: Expression): boolean {
  const bare = unwrapped(argument);
  return bare.kind === SyntaxKind.NullKeyword || (isIdentifier(bare) && bare.text === "undefined");
}

function* isTypedSo({ checker }: Pass, name: Node): Ask<boolean> {
  const type = yield* checker.nonNullable(yield* checker.typeOf(name));
  if (isUncertain(type)) return false;
  for (const signature of yield* checker.callSignaturesOf(type)) {
    const [first] = yield* checker.parametersOf(signature);
    if (!first || !isErrorName(first.name)) continue;
    for (const part of yield* checker.partsOf(yield* checker.typeOfSymbol(first))) {
      if (yield* isErrorClass(checker, part)) return true;
    }
  }
  return false;
}
