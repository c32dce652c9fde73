/** What can be done where an array method asks a callback yes or no, and gets a promise. */
import { NodeFlags, SyntaxKind, type CallExpression, type Expression } from "@review/program/syntax";
import type { ReportedFix } from "../rule.ts";
import { canAwait } from "./functions.ts";
import type { MethodCall } from "./names.ts";
import { wrapped } from "./nodes.ts";

/** `some` and `every` can be asked of the awaited answers; the others need the elements beside them. */
export function predicateFixes(call: CallExpression, { object, name }: MethodCall): readonly ReportedFix[] {
  if ((name !== "some" && name !== "every") || call.arguments.length !== 1 || !canAwait(call)) return [];
  const isChained = (call.flags & NodeFlags.OptionalChain) !== 0;
  if (isChained || wrapped(call).parent.kind === SyntaxKind.AwaitExpression) return [];
  const callback = (call.arguments[0] as Expression).getText();
  const text = `(await Promise.all(${object.getText()}.map(${callback}))).${name}(Boolean)`;
  return [{ title: "Await the answers first", safety: "suggested", edits: [{ at: call, text }] }];
}
