/** Reports comparisons of one value that cannot hold together, or of which one always holds. */
import { defineRule, isSameCode, operandsOf, quoted, wrapped, type Ask, type Pass, type Rule } from "@review/analysis";
import { TypeFlags } from "@review/program";
import { isBinaryExpression, SyntaxKind, type BinaryExpression, type Node } from "@review/program/syntax";
import { excludes, isEquality, negated, testsOf, type Test } from "./tests.ts";

const rule: Rule = defineRule({
  id: "contradictory-condition",
  summary: "Two tests of one value exclude each other under `&&`, or leave nothing out under `||`.",
  category: "conditions",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Join the tests with the other operator, or compare with the value that was meant.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const { kind } = node.operatorToken;
      if (kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken) {
        if (!isOperandOf(node, kind)) yield* check(pass, node, kind);
      }
    },
  }),
});
export default rule;

function isOperandOf(node: Node, operator: SyntaxKind): boolean {
  const { parent } = wrapped(node);
  return isBinaryExpression(parent) && parent.operatorToken.kind === operator;
}

function* check(pass: Pass, node: BinaryExpression, kind: SyntaxKind): Ask<void> {
  const isAnd = kind === SyntaxKind.AmpersandAmpersandToken;
  const operands = operandsOf(node, kind);
  const earlier: Test[] = [];
  for (const operand of operands) {
    for (const written of testsOf(operand)) {
      // `a || b` always holds where the opposites of both exclude each other.
      const test = isAnd ? written : negated(written);
      const other =
        test &&
        earlier.find(
          before => isSameCode(before.subject, test.subject, pass.file.sourceFile) && excludes(before, test),
        );
      if (test && other && !(yield* isCompilersBusiness(pass, other, test))) {
        report(pass, node, other, test, isAnd);
        return;
      }
      if (test) earlier.push(test);
    }
  }
}

/** Where the compiler has narrowed a value to one that a test excludes, it reports the comparison itself. */
function* isCompilersBusiness({ checker, file }: Pass, first: Test, second: Test): Ask<boolean> {
  if (!file.isChecked || !isEquality(first) || !isEquality(second)) return false;
  const { flags } = yield* checker.typeOf(second.subject);
  return (flags & (TypeFlags.Literal | TypeFlags.Never)) !== 0;
}

function report(pass: Pass, node: BinaryExpression, first: Test, second: Test, isAnd: boolean): void {
  const { sourceFile } = pass.file;
  const one = quoted(first.node, sourceFile, 30);
  const two = quoted(second.node, sourceFile, 30);
  pass.report(node, {
    message: isAnd
      ? `${one} and ${two} never hold together, so this condition is always false.`
      : `One of ${one} and ${two} holds for every value, so this condition is always true.`,
    evidence: [
      { at: first.node, message: isAnd ? "This excludes the other." : "This holds wherever the other does not." },
      { at: second.node, message: "This is the other." },
    ],
  });
}
