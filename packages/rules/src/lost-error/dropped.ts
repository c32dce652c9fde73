/** Errors that a function makes out of others, or of its arguments, and that nobody takes. */
import {
  asMethodCall,
  everyPart,
  functionOf,
  isDiscarded,
  isErrorClass,
  isThenable,
  isUncertain,
  nodesOf,
  quoted,
  returnedBy,
  unwrapped,
  valuesOf,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isAwaitExpression,
  isCallExpression,
  isReturnStatement,
  isThrowStatement,
  type CallExpression,
  type Expression,
  type ExpressionStatement,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

/** `p.catch(e => wrap(e));`: the promise now resolves with the error, and nobody looks. */
export function* checkConversion(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  const handler = method && handlerOf(method.name, call.arguments);
  if (!method || !handler || !isUnused(call)) return;
  const fn = yield* functionOf(pass.checker, handler);
  if (!fn || !(yield* isPromised(pass, method.object))) return;
  if (!(yield* onlyConverts(pass, fn, handler))) return;
  const made = returnedBy(fn)[0];
  if (!made) return;
  pass.report(handler, {
    message: `${quoted(handler, pass.file.sourceFile)} makes an error of the rejection and nobody gets it: the promise resolves with it, unseen.`,
    evidence: [
      { at: made, message: "This is the error." },
      { at: call, message: "Nothing uses what this promise resolves with." },
    ],
  });
}

/** By its type, or, where that is unknown, because the code treats it as one: `request.then(use).catch(wrap)`. */
function* isPromised({ checker }: Pass, object: Expression): Ask<boolean> {
  const type = yield* checker.typeOf(object);
  if (!isUncertain(type)) return yield* isThenable(checker, type);
  const bare = unwrapped(object);
  return isCallExpression(bare) && asMethodCall(bare)?.name === "then";
}

function handlerOf(method: string, args: readonly Expression[]): Expression | undefined {
  if (method === "catch") return args[0];
  return method === "then" ? args[1] : undefined;
}

function isUnused(call: CallExpression): boolean {
  const { parent } = wrapped(call);
  return isDiscarded(call) || (isAwaitExpression(parent) && isDiscarded(parent));
}

function* makesError({ checker }: Pass, value: Expression): Ask<boolean> {
  return yield* everyPart(checker, yield* checker.typeOf(value), part => isErrorClass(checker, part));
}

/** Whether a handler does nothing but to make an error. One by `new` on the spot is seen by `error-not-thrown`. */
function* onlyConverts(pass: Pass, fn: FunctionLikeDeclaration, handler: Expression): Ask<boolean> {
  for (const value of returnedBy(fn).flatMap(valuesOf)) {
    if (fn === handler && !isCallExpression(value)) return false;
    if (!(yield* makesError(pass, value))) return false;
  }
  const { verdict } = yield* pass.summaries.ask(fn, "impure");
  return verdict === "no" || (verdict === "unknown" && returnedBy(fn).every(isMadeByClass));
}

/** `ServiceError.from(cause)`: what a class of errors makes of another error is all that it does. */
function isMadeByClass(value: Expression): boolean {
  const call = valuesOf(value).length === 1 ? valuesOf(value)[0] : undefined;
  const method = call && isCallExpression(call) ? asMethodCall(call) : undefined;
  return method !== undefined && /Error$/.test(method.object.getText()) && /^(?:from|of|wrap|create)/.test(method.name);
}

/** Whether a call does nothing else; one that throws its error itself has a type as if it returned it. */
function* onlyMakes({ summaries }: Pass, call: CallExpression): Ask<boolean> {
  if ((yield* summaries.ask(call, "impure")).verdict !== "no") return false;
  const callee = yield* summaries.calleeOf(call);
  return callee.kind === "function" && (yield* summaries.endOf(callee.fn)) === "returns";
}

/** `notFound(id);` where the same file says `throw notFound(id)`, or where the function does nothing else at all. */
export function* checkFactory(pass: Pass, { expression: call }: ExpressionStatement): Ask<void> {
  if (!isCallExpression(call) || pass.file.isTest || /\bassert/i.test(call.expression.getText())) return;
  if (!(yield* makesError(pass, call))) return;
  const method = asMethodCall(call);
  if (method && (yield* makesError(pass, method.object))) return;
  if (/^(?:Error|[A-Z]\w*(?:Error|Exception))$/.test(call.expression.getText())) return;
  const isPure = yield* onlyMakes(pass, call);
  const neighbour = handedOn(pass, call);
  if (!isPure && (!neighbour || !(yield* isForeign(pass, call)))) return;
  const start = call.getStart();
  pass.report(call, {
    message: `${quoted(call.expression, pass.file.sourceFile)} makes an error that nobody gets: the code goes on as if nothing had happened.`,
    evidence: [
      { at: call, message: "The statement drops the error." },
      ...(neighbour ? [{ at: neighbour, message: "The error of the same function is handed on here." }] : []),
    ],
    fixes: [{ title: "Throw the error", safety: "suggested", edits: [{ at: { start, end: start }, text: "throw " }] }],
  });
}

/** Whether nothing is known of the function, which makes an error and gets none: `Object.assign(error, …)` changes it. */
function* isForeign(pass: Pass, call: CallExpression): Ask<boolean> {
  for (const argument of call.arguments) if (yield* makesError(pass, argument)) return false;
  return (yield* pass.summaries.calleeOf(call)).kind === "unknown";
}

/** A place that throws or returns what the same function makes. */
function handedOn({ file }: Pass, { expression }: CallExpression): Node | undefined {
  const name = expression.getText();
  for (const node of nodesOf(file.sourceFile)) {
    if (!isThrowStatement(node) && !isReturnStatement(node)) continue;
    const value = node.expression;
    if (value && isCallExpression(value) && value.expression.getText() === name) return node;
  }
  return undefined;
}
