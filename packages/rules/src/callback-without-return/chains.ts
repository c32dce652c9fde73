/** Callbacks of `then` that give nothing, where the next one takes what they give. */
import { asMethodCall, builtinOf, isAsync, quoted, returnedBy, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  type ArrowFunction,
  type CallExpression,
  type Expression,
  type FunctionExpression,
  type Identifier,
} from "@review/program/syntax";

/** `load().then(rows => { render(rows); }).then(html => show(html))`. What the compiler checks it knows to be `void`. */
export function* checkChain(pass: Pass, call: CallExpression): Ask<void> {
  const next = pass.file.isChecked ? undefined : thenOf(call);
  const before = next && isCallExpression(next.object) ? thenOf(next.object) : undefined;
  const parameter = next && takenBy(pass, next.callback);
  if (!next || !before || !parameter || !givesNothing(before.callback)) return;
  if ((yield* builtinOf(pass.checker, before.object)) !== "Promise") return;
  const end = { start: before.callback.end - 1, end: before.callback.end };
  // One that ends in a `throw` never gets here.
  const graph = yield* pass.flow(before.callback);
  if (!graph?.returned.before.some(({ from }) => from.isReachable)) return;
  pass.report(parameter, {
    message: `${quoted(parameter, pass.file.sourceFile)} is always undefined: the callback before it returns nothing.`,
    evidence: [{ at: end, message: "Here it ends without a value." }],
  });
}

interface Then {
  readonly object: Expression;
  readonly callback: ArrowFunction | FunctionExpression;
}

function thenOf(call: CallExpression): Then | undefined {
  const method = asMethodCall(call);
  const callback = call.arguments.length === 1 && call.arguments[0] && unwrapped(call.arguments[0]);
  if (method?.name !== "then" || !callback) return undefined;
  if (!isArrowFunction(callback) && !isFunctionExpression(callback)) return undefined;
  return { object: unwrapped(method.object) as Expression, callback };
}

function takenBy(pass: Pass, { parameters: [first] }: Then["callback"]): Identifier | undefined {
  if (!first || first.initializer || first.dotDotDotToken || !isIdentifier(first.name)) return undefined;
  const variable = pass.scopes().variableOf(first.name);
  return variable?.references.some(({ isRead }) => isRead) ? first.name : undefined;
}

function givesNothing(fn: Then["callback"]): boolean {
  return isBlock(fn.body) && fn.body.statements.length > 0 && !isAsync(fn) && returnedBy(fn).length === 0;
}
