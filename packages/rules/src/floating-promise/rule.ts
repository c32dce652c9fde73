/** Reports a promise that is made and then left to itself. */
import {
  asMethodCall,
  certainParts,
  defineRule,
  discardedIn,
  enclosingFunction,
  isAsync,
  isGivenHandler,
  isPromise,
  isUncertain,
  memberName,
  neverRejects,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isCallExpression,
  isElementAccessExpression,
  isTaggedTemplateExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type ExpressionStatement,
  type ForStatement,
} from "@review/program/syntax";
import { endsTheScript, isTakenOut, isLeftToTheRunner, tellsACallback } from "./left-alone.ts";
import { isOfAsyncFunction, pauseIn } from "./own-functions.ts";
import { checkStep } from "./steps.ts";

const rule: Rule = defineRule({
  id: "floating-promise",
  summary: "A promise is made and neither awaited, returned, handled nor marked with `void`.",
  category: "promises",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Await the promise, return it, or give it a `.catch` that handles the rejection; write `void` before it where nobody has to know how it ends.",
  listen: pass => ({
    *[SyntaxKind.ExpressionStatement](statement: ExpressionStatement) {
      for (const expression of discardedIn(statement.expression)) yield* check(pass, expression);
      yield* checkStep(pass, statement);
    },
    *[SyntaxKind.ForStatement]({ incrementor }: ForStatement) {
      if (incrementor) for (const expression of discardedIn(incrementor)) yield* check(pass, expression);
    },
  }),
});
export default rule;

function* check(pass: Pass, expression: Expression): Ask<void> {
  const { checker, file } = pass;
  const promise = unhandledSource(expression);
  if (!promise || isLeftAlone(pass, expression, promise)) return;
  const dropped = yield* droppedPromise(checker, promise);
  if (!dropped || (yield* isTakenOut(pass, promise))) return;
  if (yield* isDroppedOnPurpose(pass, promise)) return;
  const pause = yield* pauseIn(checker, expression);
  if (!pause && (yield* neverRejects(checker, expression))) return;
  const what = calledBy(promise);
  // The call alone: a callback that it takes may be hundreds of lines long.
  const place = { start: expression.getStart(file.sourceFile), end: what.end };
  const name = quoted(what, file.sourceFile);
  pass.report(place, {
    message: pause
      ? `Nobody awaits ${name}, which does nothing but wait: the code goes on at once.`
      : `Nobody awaits, returns or handles the promise of ${name}: if it rejects, the error is lost.`,
    evidence: [
      { at: pause ?? promise, message: dropped.reason ?? `This is a \`${yield* checker.textOf(dropped.type)}\`.` },
    ],
    fixes: fixesFor(expression, dropped.isArray),
  });
}

function calledBy(promise: Expression): Expression {
  if (isCallExpression(promise)) return promise.expression;
  return isTaggedTemplateExpression(promise) ? promise.tag : promise;
}

/** What somebody hears of all the same: the process, a test's runner, a callback. */
function isLeftAlone({ file }: Pass, expression: Expression, promise: Expression): boolean {
  if (endsTheScript(expression) || tellsACallback(promise)) return true;
  if (file.isJavaScript && isOfUnknownName(promise)) return true;
  return file.isTest && isLeftToTheRunner(expression);
}

/**
 * The call that makes the promise which an expression leaves unhandled: `f()` for `f().then(x)` and for
 * `f().finally(x)`, and all of `p.finally(x)`: it rejects as `p` does, whoever handles `p`. Undefined where a rejection
 * handler is attached, and for expressions that make nothing.
 */
function unhandledSource(expression: Expression): Expression | undefined {
  const inner = unwrapped(expression) as Expression;
  if (!MAKERS.has(inner.kind)) return undefined;
  const method = isCallExpression(inner) ? asMethodCall(inner) : undefined;
  if (!method || !isCallExpression(inner)) return inner;
  const [first, second] = inner.arguments;
  if (method.name === "catch" && isGivenHandler(first)) return undefined;
  if (method.name === "then") return isGivenHandler(second) ? undefined : (unhandledSource(method.object) ?? inner);
  return method.name === "finally" ? sourceBefore(method.object, inner) : inner;
}

/** What rejects in `p.finally(x)`: `p`, when it is made right there, and otherwise what `finally` gives back. */
function sourceBefore(promise: Expression, last: CallExpression): Expression | undefined {
  return MAKERS.has(unwrapped(promise).kind) ? unhandledSource(promise) : last;
}

/** `app[method](…)`: JavaScript's inference takes any one member for the one that is called. */
function isOfUnknownName(promise: Expression): boolean {
  const callee = isCallExpression(promise) ? unwrapped(promise.expression) : promise;
  return isElementAccessExpression(callee) && memberName(callee) === undefined;
}

const MAKERS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.TaggedTemplateExpression,
]);

interface Dropped {
  readonly type: Type;
  readonly isArray: boolean;
  /** What tells that it is a promise, if its type does not. */
  readonly reason?: string;
}

/** `source.pipeTo(sink)`, which is always a promise, though nobody knows what `source` is: only streams have it. */
function knownByName(promise: Expression, type: Type): Dropped | undefined {
  if (!isCallExpression(promise) || promise.arguments.length === 0) return undefined;
  if (asMethodCall(promise)?.name !== "pipeTo") return undefined;
  return { type, isArray: false, reason: "This promise rejects when either of the two streams fails." };
}

/**
 * The promise type that an expression leaves behind, directly or as the elements of an array. A result that may also
 * be `void` says of itself that nobody has to wait for it, and a thenable that is no promise may be lazy, or its own
 * handler.
 */
function* droppedPromise(checker: TypeChecker, expression: Expression): Ask<Dropped | undefined> {
  const type = yield* checker.typeOf(expression);
  if ((yield* checker.partsOf(type)).some(part => part.flags & TypeFlags.Void)) return undefined;
  const parts = yield* certainParts(checker, type);
  if (!parts && (yield* isOfAsyncFunction(checker, expression))) {
    return { type, isArray: false, reason: "The function that is called is async." };
  }
  if (!parts) return knownByName(expression, type);
  for (const part of parts) {
    if (yield* isPromise(checker, part)) return { type, isArray: false };
    if (!(yield* checker.isArray(part))) continue;
    const [element] = yield* checker.typeArgumentsOf(part);
    if (element && (yield* isPromise(checker, element))) return { type, isArray: true };
  }
  return undefined;
}

function* isDroppedOnPurpose({ checker, models }: Pass, promise: Expression): Ask<boolean> {
  if (!isCallExpression(promise)) return false;
  if ((yield* models.of(promise))?.mayFloat) return true;
  // `Object.assign(promise, …)` gives back what it was given.
  if (/^(?:Object|Reflect)\.\w+$/.test(promise.expression.getText())) return true;
  return yield* isKept(checker, promise);
}

/** `retryer.start()` where `retryer.promise` is there for whoever waits. */
function* isKept(checker: TypeChecker, call: CallExpression): Ask<boolean> {
  const method = asMethodCall(call);
  const owner = method && (yield* checker.nonNullable(yield* checker.typeOf(method.object)));
  const kept = owner && !isUncertain(owner) && (yield* checker.typeOfProperty(owner, "promise"));
  return kept ? yield* isPromise(checker, kept) : false;
}

function fixesFor(expression: Expression, isArray: boolean): readonly ReportedFix[] {
  if (wrapped(expression).parent.kind !== SyntaxKind.ExpressionStatement) return [];
  const start = expression.getStart();
  const at = { start, end: start };
  const mark: ReportedFix = { title: "Mark with `void`", safety: "suggested", edits: [{ at, text: "void " }] };
  const owner = enclosingFunction(expression);
  if (isArray || !owner || !isAsync(owner)) return [mark];
  return [{ title: "Add `await`", safety: "suggested", edits: [{ at, text: "await " }] }, mark];
}
