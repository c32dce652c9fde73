/** Reports the removal of a listener that was not added: another function, event or capture flag. */
import { defineRule, quoted, type Ask, type Pass, type Rule } from "@review/analysis";
import {
  isClassLikeDeclaration,
  isFunctionLikeDeclaration,
  isSourceFile,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { listenerCallOf, listenerCallsIn, mayRemove } from "./listeners.ts";
import { mismatchOf } from "./mismatch.ts";

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
  const removed = listenerCallOf(scopes, call);
  if (removed?.does !== "removes" || removed.handlerKey.kind === "unknown") return;
  const mismatch = mismatchOf(removed, listenerCallsIn(scopes, scopeOf(call)));
  if (!mismatch) return;
  const facts = yield* pass.models.of(call);
  if (facts?.listener?.does !== "removes") return;
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

/** The class around a call; without one the outermost function, or the file. */
function scopeOf(call: Node): Node {
  let scope: Node = call;
  for (let at = call; !isSourceFile(at); at = at.parent) {
    if (isClassLikeDeclaration(at)) return at;
    if (isFunctionLikeDeclaration(at)) scope = at;
  }
  return scope === call ? call.getSourceFile() : scope;
}
