/** Elements that are read off a promise instead of off what it resolves with. */
import {
  builtinOf,
  fixedLocalOf,
  isCondition,
  isTarget,
  memberName,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { isCallExpression, type ElementAccessExpression, type Node } from "@review/program/syntax";

/** `const rows = query(); return rows[0];`: a promise has no elements. */
export function* checkElement(pass: Pass, access: ElementAccessExpression): Ask<void> {
  const object = unwrapped(access.expression);
  if (isCondition(access) || isTarget(access)) return;
  const local = yield* fixedLocalOf(pass.checker, object);
  const value = local && unwrapped(local.value);
  if (!value || !isCallExpression(value)) return;
  if ((yield* builtinOf(pass.checker, value)) !== "Promise" || (yield* isMethod(pass, access, value))) return;
  const start = value.getStart();
  pass.report(access, {
    message: `${quoted(object, pass.file.sourceFile)} is a promise, which has no elements: this is always undefined.`,
    evidence: [{ at: value, message: "This gives a promise, and nothing waits for it." }],
    fixes: [{ title: "Await it", safety: "suggested", edits: [{ at: { start, end: start }, text: "await " }] }],
  });
}

/** `pending["catch"]` */
function* isMethod({ checker }: Pass, access: Node, promise: Node): Ask<boolean> {
  const name = memberName(access);
  return name !== undefined && (yield* checker.propertyOf(yield* checker.typeOf(promise), name)) !== undefined;
}
