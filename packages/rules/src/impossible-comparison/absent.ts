/** The answer of one of the language's own methods, compared with null or undefined, which it never gives. */
import { absentLiteral, asMethodCall, INDEX_SEARCHES, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import { isCallExpression, NodeFlags, type BinaryExpression, type Expression, type Node } from "@review/program/syntax";
import { kindOf } from "./kinds.ts";

/** `name.endsWith(".tgz") !== null`, `text.charCodeAt(0) === undefined`: of a call that stands in the comparison. */
export function* checkAbsent(pass: Pass, node: BinaryExpression, outcome: string): Ask<void> {
  const call = callIn(node);
  const kind = call && !pass.file.isTest ? yield* kindOf(pass, call) : undefined;
  if (!call || !kind) return;
  const { sourceFile } = pass.file;
  const other = node.left === call ? node.right : node.left;
  pass.report(node, {
    message: `${quoted(call, sourceFile)} gives ${kind}, never ${quoted(other, sourceFile)}, so this is always ${outcome}.`,
    evidence: [{ at: call, message: `This is ${kind}, whatever it finds.` }],
    repair: "Compare with what it gives where it finds nothing, or use it as the condition.",
  });
}

/** The call that is compared with null or undefined; by `?.` it may be skipped. */
function callIn({ left, right }: BinaryExpression): Expression | undefined {
  if (absentLiteral(right) !== undefined) return asPlainCall(left);
  return absentLiteral(left) !== undefined ? asPlainCall(right) : undefined;
}

function asPlainCall(side: Expression): Expression | undefined {
  const call: Node = unwrapped(side);
  if (!isCallExpression(call) || call.flags & NodeFlags.OptionalChain) return undefined;
  // That these give NaN or -1 where they fail is what `nan-as-missing` says.
  if (INDEX_SEARCHES.has(asMethodCall(call)?.name ?? "")) return undefined;
  return CONVERSIONS.test(call.expression.getText()) ? undefined : side;
}

const CONVERSIONS = /(?:^|\.)(?:Number|parse(?:Int|Float)?|search)$/;
