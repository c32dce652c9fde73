/** What can be done where a value has no text form of its own. */
import { isIdentifier, isPropertyAccessExpression, type Expression } from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { Pass, ReportedFix } from "../rule.ts";
import { canAwait } from "./functions.ts";
import type { PoorText } from "./text-form.ts";

/**
 * Fixes for a value that becomes poor text: a function that takes nothing is called, a promise awaited where that can
 * be; an object is written as JSON in the place of `place`, which is the value itself or the operation that makes text
 * of it. None for another object of the platform.
 */
export function* textFixes(
  { checker, file }: Pass,
  place: Expression,
  value: Expression,
  poor: PoorText,
): Ask<readonly ReportedFix[]> {
  if (poor.isFunction) {
    const [signature] = yield* checker.callSignaturesOf(poor.type);
    const takesNothing = signature !== undefined && (yield* checker.parametersOf(signature)).length === 0;
    const isName = isIdentifier(value) || isPropertyAccessExpression(value);
    if (poor.isElement || !takesNothing || !isName) return [];
    const at = { start: value.end, end: value.end };
    return [{ title: "Call the function", safety: "suggested", edits: [{ at, text: "()" }] }];
  }
  if (poor.text === "[object Promise]")
    return isMember(value) || poor.isElement || !canAwait(value) ? [] : [awaited(value)];
  if (poor.text !== "[object Object]") return [];
  const text = `JSON.stringify(${value.getText(file.sourceFile)})`;
  return [{ title: "Write the value as JSON", safety: "suggested", edits: [{ at: place, text }] }];
}

/** Before a member access `await` would wait for the member. */
function isMember(value: Expression): boolean {
  return isPropertyAccessExpression(value.parent) && value.parent.expression === value;
}

function awaited(value: Expression): ReportedFix {
  const start = value.getStart();
  return { title: "Add `await`", safety: "suggested", edits: [{ at: { start, end: start }, text: "await " }] };
}
