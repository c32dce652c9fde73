/** Reports an async callback of `filter`, `some`, `find` and their like, which ask yes or no and do not wait. */
import {
  asMethodCall,
  defineRule,
  isArrayOrIterator,
  isAsync,
  isThenable,
  isUncertain,
  predicateFixes,
  unwrapped,
  type Ask,
  type MethodCall,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import type { Type } from "@review/program";
import {
  isArrowFunction,
  isFunctionExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";
import { answerOf } from "./tables.ts";

const rule: Rule = defineRule({
  id: "async-array-predicate",
  summary:
    "The callback of `filter`, `some`, `every` or `find` returns a promise, which counts as yes whatever it holds.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Await the answers first, with `await Promise.all(items.map(callback))`, and choose by them; or ask one element after the other in a loop.",
  listen: pass => ({
    [SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const [callback] = call.arguments;
      if (!method || !callback || isSpreadElement(callback)) return undefined;
      const answer = answerOf(method.name);
      return answer !== undefined ? check(pass, call, method, answer) : undefined;
    },
  }),
});
export default rule;

function* check(pass: Pass, call: CallExpression, method: MethodCall, answer: string): Ask<void> {
  const { checker } = pass;
  const callback = unwrapped(call.arguments[0] as Expression) as Expression;
  if (isCondition(callback) || !(yield* isArrayOrIterator(checker, method.object))) return;
  const promise = yield* promiseOf(checker, callback);
  if (!promise) return;
  // The method alone: in a chain over many lines it stands on a line of its own.
  const callee = unwrapped(call.expression);
  pass.report(isPropertyAccessExpression(callee) ? callee.name : callee, {
    message: `\`${method.name}\` ${answer}: its callback returns a promise, which is always truthy.`,
    evidence: [{ at: callback, message: `This returns a \`${yield* checker.textOf(promise)}\`.` }],
    fixes: predicateFixes(call, method),
  });
}

/** A function written on the spot that is not async is a condition as any other: `promise-in-condition` has it. */
function isCondition(callback: Expression): boolean {
  return (isArrowFunction(callback) || isFunctionExpression(callback)) && !isAsync(callback);
}

/** The type that a callback returns where it is a promise each time; `undefined` among the answers means no. */
function* promiseOf(checker: TypeChecker, callback: Expression): Ask<Type | undefined> {
  const type = yield* checker.typeOf(callback);
  if (isUncertain(type)) return undefined;
  let found: Type | undefined;
  for (const signature of yield* checker.callSignaturesOf(type)) {
    found = yield* checker.returnTypeOf(signature);
    for (const part of yield* checker.partsOf(found)) if (!(yield* isThenable(checker, part))) return undefined;
  }
  return found;
}
