/** The answer of one of the language's own methods, or of a comparison, compared with null or undefined, which it never gives. */
import {
  absentLiteral,
  asMethodCall,
  COMPARISONS,
  INDEX_SEARCHES,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  NodeFlags,
  type BinaryExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { kindOf } from "./kinds.ts";

/** `name.endsWith(".tgz") !== null`, `(old === now) === undefined`: of a call or a comparison that stands in this one. */
export function* checkAbsent(pass: Pass, node: BinaryExpression, outcome: string): Ask<void> {
  const answer = answerIn(node);
  const kind = answer && !pass.file.isTest ? yield* kindOf(pass, answer) : undefined;
  if (!answer || !kind) return;
  const { sourceFile } = pass.file;
  const other = node.left === answer ? node.right : node.left;
  pass.report(node, {
    message: `${quoted(answer, sourceFile)} gives ${kind}, never ${quoted(other, sourceFile)}, so this is always ${outcome}.`,
    evidence: [{ at: answer, message: `This is ${kind}, whatever it finds.` }],
    repair: "Compare with what it gives where it finds nothing, or use it as the condition.",
  });
}

/** What is compared with null or undefined; a call by `?.` may be skipped. */
function answerIn({ left, right }: BinaryExpression): Expression | undefined {
  if (absentLiteral(right) !== undefined) return asAnswer(left);
  return absentLiteral(left) !== undefined ? asAnswer(right) : undefined;
}

function asAnswer(side: Expression): Expression | undefined {
  const node: Node = unwrapped(side);
  // Without brackets it is a chain, and `chained-comparison` says so.
  if (isBinaryExpression(node)) return side !== node && COMPARISONS.has(node.operatorToken.kind) ? side : undefined;
  if (!isCallExpression(node) || node.flags & NodeFlags.OptionalChain) return undefined;
  // That these give NaN or -1 where they fail is what `nan-as-missing` says.
  if (INDEX_SEARCHES.has(asMethodCall(node)?.name ?? "")) return undefined;
  return CONVERSIONS.test(node.expression.getText()) ? undefined : side;
}

const CONVERSIONS = /(?:^|\.)(?:Number|parse(?:Int|Float)?|search)$/;
