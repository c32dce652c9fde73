/** Reports a promise as the answer of a callback that `filter`, `some`, `find` and their like ask yes or no. */
import {
  asMethodCall,
  canAwait,
  defineRule,
  isArrayOrIterator,
  isAsync,
  isThenable,
  isUncertain,
  returnedBy,
  unwrapped,
  valuesOf,
  wrapped,
  type Ask,
  type MethodCall,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import type { Type } from "@review/program";
import {
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  isNewExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  NodeFlags,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type SourceFile,
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
  const { checker, file } = pass;
  const callback = unwrapped(call.arguments[0] as Expression) as Expression;
  if (mayAnswerAtOnce(callback) || !(yield* isArrayOrIterator(checker, method.object))) return;
  const promise = yield* promiseOf(checker, callback);
  if (!promise) return;
  // The method alone: in a chain over many lines it stands on a line of its own.
  const callee = unwrapped(call.expression);
  pass.report(isPropertyAccessExpression(callee) ? callee.name : callee, {
    message: `\`${method.name}\` ${answer}: its callback returns a promise, which is always truthy.`,
    evidence: [{ at: callback, message: `This returns a \`${yield* checker.textOf(promise)}\`.` }],
    fixes: fixesFor(call, method, file.sourceFile),
  });
}

/**
 * Whether the syntax of a callback leaves room for an answer that is no promise. One that reads a promise out of
 * somewhere (`task => task.running`, `key => pending[key]`) asks whether there is one, though its type may say always.
 */
function mayAnswerAtOnce(callback: Expression): boolean {
  if ((!isArrowFunction(callback) && !isFunctionExpression(callback)) || isAsync(callback)) return false;
  const values = returnedBy(callback).flatMap(valuesOf);
  return values.length === 0 || !values.every(value => isCallExpression(value) || isNewExpression(value));
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

/** `some` and `every` can be asked of the awaited answers; the others need the elements beside them. */
function fixesFor(call: CallExpression, { object, name }: MethodCall, file: SourceFile): readonly ReportedFix[] {
  if ((name !== "some" && name !== "every") || call.arguments.length !== 1 || !canAwait(call)) return [];
  const isChained = (call.flags & NodeFlags.OptionalChain) !== 0;
  if (isChained || wrapped(call).parent.kind === SyntaxKind.AwaitExpression) return [];
  const callback = (call.arguments[0] as Expression).getText(file);
  const text = `(await Promise.all(${object.getText(file)}.map(${callback}))).${name}(Boolean)`;
  return [{ title: "Await the answers first", safety: "suggested", edits: [{ at: call, text }] }];
}
