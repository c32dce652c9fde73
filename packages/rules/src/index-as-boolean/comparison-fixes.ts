/** The ways to ask whether a position was found. */
import { asMethodCall, wrapped, type Pass, type ReportedFix } from "@review/analysis";
import {
  isBinaryExpression,
  isPropertyAccessExpression,
  NodeFlags,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { isFirstChoice, isUnderNot, type Test } from "./tests.ts";

/** A comparison with -1, and `includes` where the method has that shape; nothing where the value itself is used. */
export function comparisonFixes({ file }: Pass, call: CallExpression, test: Test): readonly ReportedFix[] {
  if (isFirstChoice(test.at)) return [];
  const assignment = assignmentOf(test.at);
  const fixes: ReportedFix[] = [];
  const callee = call.expression;
  const isPlain = !test.through && !assignment && asMethodCall(call)?.name === "indexOf";
  if (isPlain && isPropertyAccessExpression(callee)) {
    fixes.push({ title: "Ask `includes`", safety: "suggested", edits: [{ at: callee.name, text: "includes" }] });
  }
  // `undefined !== -1` holds where an optional chain stops.
  if (call.flags & NodeFlags.OptionalChain) return fixes;
  const subject = assignment ? `(${assignment.getText(file.sourceFile)})` : test.at.getText(file.sourceFile);
  return [...fixes, comparison(assignment ? wrapped(assignment) : test.at, subject)];
}

/** `i !== -1` in place of `i` and of `!!i`, `i === -1` in place of `!i`. */
function comparison(tested: Node, subject: string): ReportedFix {
  const negation = isUnderNot(tested) ? wrapped(tested).parent : undefined;
  const double = negation && isUnderNot(negation) ? wrapped(negation).parent : undefined;
  const text = `${subject} ${negation && !double ? "===" : "!=="} -1`;
  return { title: "Compare with -1", safety: "suggested", edits: [{ at: double ?? negation ?? tested, text }] };
}

/** `i = xs.indexOf(x)` of `while ((i = xs.indexOf(x)))`. */
function assignmentOf(value: Expression): Expression | undefined {
  const outer = wrapped(value);
  const { parent } = outer;
  const isAssigned = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  return isAssigned && parent.right === outer ? parent : undefined;
}
