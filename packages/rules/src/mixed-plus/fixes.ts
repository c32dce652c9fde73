/** How sums that go wrong are repaired, where one edit can. */
import { textFixes, type Ask, type Pass, type ReportedFix } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isNumericLiteral,
  isPropertyAccessExpression,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Kind } from "./operands.ts";
import type { Problem, Side, Sum } from "./problems.ts";

/** The fixes of a sum, by what is wrong with it. */
export function* fixesFor(pass: Pass, sum: Sum, { kind, culprit }: Problem): Ask<readonly ReportedFix[]> {
  switch (kind) {
    case "throws":
      return bigintLiteral([sum.left.node, sum.right.node]);
    case "arrays":
      return sum.node.operatorToken.kind === SyntaxKind.PlusToken ? [joined(pass, sum)] : [];
    case "date":
      return culprit && has(sum, "number") && takesMember(culprit.node) ? [asMilliseconds(culprit.node)] : [];
    case "poor":
      return culprit ? yield* speaking(pass, sum, culprit) : [];
    case "array":
      return [];
  }
}

/** JSON helps text alone: a number wants a number. */
function* speaking(pass: Pass, sum: Sum, { node, poor }: Side): Ask<readonly ReportedFix[]> {
  if (!poor || !(poor.isFunction || has(sum, "text"))) return [];
  return yield* textFixes(pass, node, node, poor);
}

function has({ left, right }: Sum, kind: Kind): boolean {
  return left.kind === kind || right.kind === kind;
}

/** `n + 1` becomes `n + 1n`; a number that is no whole literal is for a person to convert. */
function bigintLiteral(sides: readonly Expression[]): readonly ReportedFix[] {
  const literal = sides.find(side => isNumericLiteral(side) && /^\d+$/.test(side.getText()));
  if (!literal) return [];
  const at = { start: literal.end, end: literal.end };
  return [{ title: "Write the number as a bigint", safety: "suggested", edits: [{ at, text: "n" }] }];
}

function joined({ file: { sourceFile } }: Pass, { node, left, right }: Sum): ReportedFix {
  const text = `[...${left.node.getText(sourceFile)}, ...${right.node.getText(sourceFile)}]`;
  return { title: "Join the arrays", safety: "suggested", edits: [{ at: node, text }] };
}

function asMilliseconds({ end }: Expression): ReportedFix {
  const edits = [{ at: { start: end, end }, text: ".getTime()" }];
  return { title: "Add to the date's milliseconds", safety: "suggested", edits };
}

/** Whether a member can be asked of an expression without brackets around it. */
function takesMember(node: Node): boolean {
  return isIdentifier(node) || isPropertyAccessExpression(node) || isCallExpression(node);
}
