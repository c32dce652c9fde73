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
  const text = (node: Node): string => node.getText(file.sourceFile);
  const assignment = assignmentOf(test.at);
  const tested = assignment ? (wrapped(assignment) as Expression) : test.at;
  const isNegated = isUnderNot(tested);
  const isTwice = isNegated && isUnderNot(wrapped(tested).parent as Expression);
  const negation = wrapped(tested).parent;
  const at = isTwice ? wrapped(negation).parent : isNegated ? negation : tested;
  const subject = assignment ? `(${text(assignment)})` : text(test.at);
  // `undefined !== -1` holds where an optional chain stops.
  const isOptional = (call.flags & NodeFlags.OptionalChain) !== 0;
  const compared: ReportedFix[] = [
    {
      title: "Compare with -1",
      safety: "suggested",
      edits: [{ at, text: `${subject} ${isNegated && !isTwice ? "===" : "!=="} -1` }],
    },
  ];
  const fixes = isOptional ? [] : compared;
  const callee = call.expression;
  const isPlain = !test.through && !assignment && asMethodCall(call)?.name === "indexOf";
  if (!isPlain || !isPropertyAccessExpression(callee)) return fixes;
  return [{ title: "Ask `includes`", safety: "suggested", edits: [{ at: callee.name, text: "includes" }] }, ...fixes];
}

/** `i = xs.indexOf(x)` of `while ((i = xs.indexOf(x)))`. */
function assignmentOf(value: Expression): Expression | undefined {
  const outer = wrapped(value);
  const { parent } = outer;
  const isAssigned = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken;
  return isAssigned && parent.right === outer ? parent : undefined;
}
