/** Arguments of the methods of arrays. */
import {
  asMethodCall,
  isSameReference,
  literalValue,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
} from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isFunctionExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";
import type { Fault } from "./fault.ts";

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["indexOf", "findIndex"],
  ["lastIndexOf", "findLastIndex"],
  ["includes", "some"],
]);

/** `list.indexOf(item => item.id === id)`: looks for the function itself. */
export function* functionForElement(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [first] = call.arguments;
  const fn = first && unwrapped(first);
  if (!first || !fn || (!isArrowFunction(fn) && !isFunctionExpression(fn))) return undefined;
  const name = asMethodCall(call)?.name ?? "";
  if (name === "join") {
    return {
      at: first,
      message: "`join` takes the text between the elements, and puts the source of this function there.",
    };
  }
  return {
    at: first,
    message: `\`${name}\` looks for this very function among the elements, and does not call it.`,
    fixes: renamed(call, INSTEAD.get(name)),
  };
}

function renamed(call: CallExpression, name: string | undefined): readonly ReportedFix[] {
  const callee = unwrapped(call.expression);
  if (name === undefined || !isPropertyAccessExpression(callee)) return [];
  return [{ title: `Use \`${name}\``, safety: "suggested", edits: [{ at: callee.name, text: name }] }];
}

/** `list.splice(i, i + 1)`: the second argument is a number of elements, not where they end. */
export function* spliceEnd(_: Pass, call: CallExpression): Ask<Fault | undefined> {
  const [start, count] = call.arguments;
  const sum = count && unwrapped(count);
  if (!start || !count || !sum || !isBinaryExpression(sum) || sum.operatorToken.kind !== SyntaxKind.PlusToken)
    return undefined;
  if (literalValue(start) !== undefined || !isSame(sum.left, start)) return undefined;
  const text = sum.right.getText();
  return {
    at: count,
    message: `\`splice\` takes how many elements to remove, and ${quoted(count, call.getSourceFile())} is where they would end.`,
    fixes: [{ title: `Remove \`${text}\``, safety: "suggested", edits: [{ at: count, text }] }],
  };
}

function isSame(left: Expression, right: Expression): boolean {
  return isSameReference(left, right);
}
