/** Reports the removal of a listener that was not added: another function, event or capture flag. */
import { defineRule, isAsync, quoted, returnedBy, unwrapped, type Ask, type Pass, type Rule } from "@review/analysis";
import {
  isArrowFunction,
  isCallExpression,
  isClassLikeDeclaration,
  isFunctionExpression,
  isFunctionLikeDeclaration,
  isSourceFile,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { listenerCallOf, listenerCallsIn, mayRemove, type ListenerCall } from "./listeners.ts";
import { mismatchOf, type Mismatch } from "./mismatch.ts";

const rule: Rule = defineRule({
  id: "listener-mismatch",
  summary: "The listener that is removed is not the one that was added, so it stays.",
  category: "resources",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Keep the function in a field or constant, and add and remove it with the same event and the same `capture`.",
  listen: pass => ({
    [SyntaxKind.CallExpression]: (call: CallExpression) => (mayRemove(call) ? check(pass, call) : undefined),
  }),
});
export default rule;

function* check(pass: Pass, call: CallExpression): Ask<void> {
  const scopes = pass.scopes();
  const removed = yield* withMadeHandler(pass, listenerCallOf(scopes, call));
  if (removed?.does !== "removes" || removed.handlerKey.kind === "unknown") return;
  const mismatch = mismatchOf(removed, listenerCallsIn(scopes, scopeOf(call)));
  if (!mismatch || !(yield* comparesIdentity(pass, call, mismatch))) return;
  const { sourceFile } = pass.file;
  const added = mismatch.added;
  pass.report(removed.handler, {
    message: `This removes nothing: ${quoted(removed.handler, sourceFile)} ${mismatch.message}`,
    evidence: [
      ...(added ? [{ at: added.call, message: "The listener is added here." }] : []),
      { at: call, message: "This compares functions by identity." },
    ],
  });
}

/** A handler that a call makes anew is a new function: `removeListener("x", handlerFor(name))`. */
function* withMadeHandler(pass: Pass, removed: ListenerCall | undefined): Ask<ListenerCall | undefined> {
  if (removed?.does !== "removes" || removed.handlerKey.kind !== "unknown") return removed;
  const maker = unwrapped(removed.handler);
  const isMade = isCallExpression(maker) && (yield* makesFunction(pass, maker));
  return isMade ? { ...removed, handlerKey: { kind: "new", key: "" } } : removed;
}

function* makesFunction(pass: Pass, call: CallExpression): Ask<boolean> {
  if (/^(?:_\.|lodash\.)?(?:debounce|throttle)$/.test(call.expression.getText())) return true;
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || callee.overridden !== undefined || !isFunctionLikeDeclaration(callee.fn))
    return false;
  if (isAsync(callee.fn) || callee.fn.asteriskToken) return false;
  const results = returnedBy(callee.fn).map(result => unwrapped(result));
  return results.length > 0 && results.every(result => isArrowFunction(result) || isFunctionExpression(result));
}

/** An emitter that no model knows may compare otherwise, but adds and removes are of a pair where the code has both. */
function* comparesIdentity(pass: Pass, call: CallExpression, { isOfNew, added }: Mismatch): Ask<boolean> {
  const facts = yield* pass.models.of(call);
  return facts ? facts.listener?.does === "removes" : isOfNew && added !== undefined;
}

/** The class around a call; without one the outermost function, or the file. */
function scopeOf(call: Node): Node {
  let scope: Node = call;
  for (let at = call; !isSourceFile(at); at = at.parent) {
    if (isClassLikeDeclaration(at)) return at;
    if (isFunctionLikeDeclaration(at)) scope = at;
  }
  return scope === call ? call.getSourceFile() : scope;
}
