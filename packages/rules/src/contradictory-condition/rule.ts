/** Reports comparisons of one value that cannot hold together, or of which one always holds. */
import {
  constantTestsOf,
  defineRule,
  excludesTest,
  isRepeatable,
  isSameCode,
  isToldByCompiler,
  literalValue,
  negatedTest,
  operandsOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type ConstantTest,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { impliedIn } from "./implied.ts";
import { settlingIn } from "./strict-tests.ts";

const rule: Rule = defineRule({
  id: "contradictory-condition",
  summary:
    "Two tests of one value exclude each other under `&&`, leave nothing out under `||`, or one changes nothing beside the other.",
  category: "conditions",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Join the tests with the other operator, or compare with the value that was meant.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const { kind } = node.operatorToken;
      if (kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken) {
        if (!isOperandOf(node, kind)) return check(pass, node, kind);
      }
      return undefined;
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
  const opposites = oppositesIn(pass, operands);
  if (opposites) report(pass, node, opposites, isAnd);
  else if (!(yield* checkPairs(pass, node, operands, isAnd)) && !(yield* checkSettled(pass, node, operands, isAnd))) {
    checkImplied(pass, node, operands, isAnd);
  }
}

/** Whether two of the tests settle the condition; one report a condition. */
function* checkPairs(
  pass: Pass,
  node: BinaryExpression,
  operands: readonly Expression[],
  isAnd: boolean,
): Ask<boolean> {
  const earlier: ConstantTest[] = [];
  for (const operand of operands) {
    for (const written of constantTestsOf(operand)) {
      // `a || b` always holds where the opposites of both exclude each other.
      const test = isAnd ? written : negatedTest(written);
      const other =
        test &&
        earlier.find(
          before => isSameCode(before.subject, test.subject, pass.file.sourceFile) && excludesTest(before, test),
        );
      if (test && other) {
        const isTold = isEquality(test) && isEquality(other) && (yield* isToldByCompiler(pass, node, NO_OVERLAP));
        if (!isTold) report(pass, node, [other.node, test.node], isAnd);
        return true;
      }
      if (test) earlier.push(test);
    }
  }
  return false;
}

/** Whether tests against constants of any kind, also within brackets, settle it. */
function* checkSettled(
  pass: Pass,
  node: BinaryExpression,
  operands: readonly Expression[],
  isAnd: boolean,
): Ask<boolean> {
  const settling = settlingIn(operands, isAnd, pass.file.sourceFile);
  if (!settling) return false;
  const [first, last] = settling;
  if (!(yield* isToldByCompiler(pass, node, NO_OVERLAP))) report(pass, node, [first.node, last.node], isAnd);
  return true;
}

function checkImplied(pass: Pass, node: BinaryExpression, operands: readonly Expression[], isAnd: boolean): void {
  const tests = operands.flatMap(operand => constantTestsOf(operand));
  const implied = impliedIn(tests, isAnd, pass.file.sourceFile);
  if (implied) reportImplied(pass, node, implied);
}

function reportImplied(
  pass: Pass,
  node: BinaryExpression,
  [decisive, idle]: readonly [ConstantTest, ConstantTest],
): void {
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `${quoted(idle.node, sourceFile, 40)} changes nothing beside ${quoted(decisive.node, sourceFile, 40)}, which decides alone.`,
    evidence: [
      { at: decisive.node, message: "This decides." },
      { at: idle.node, message: "This bounds the value on the same side." },
    ],
    repair: "Turn the comparison round that was to be the other bound, or leave the idle one out.",
  });
}

/** TypeScript's: a comparison of types without overlap, which it finds behind `a === 1` for `a === 2`. */
const NO_OVERLAP: ReadonlySet<number> = new Set([2367]);

function isEquality({ relation }: ConstantTest): boolean {
  return relation === "=" || relation === "≠";
}

/** `!a && a`: a value and its opposite. */
function oppositesIn({ file }: Pass, operands: readonly Expression[]): readonly [Expression, Expression] | undefined {
  for (const operand of operands) {
    const bare = unwrapped(operand);
    if (!isPrefixUnaryExpression(bare) || bare.operator !== SyntaxKind.ExclamationToken) continue;
    const denied = unwrapped(bare.operand);
    if (!isRepeatable(denied) || literalValue(denied) !== undefined) continue;
    const own = operands.find(other => isSameCode(unwrapped(other), denied, file.sourceFile));
    if (own && areBetweenRepeatable(operands, own, operand)) return [own, operand];
  }
  return undefined;
}

function areBetweenRepeatable(operands: readonly Expression[], one: Expression, other: Expression): boolean {
  const [from, to] = [operands.indexOf(one), operands.indexOf(other)].sort((a, b) => a - b);
  return operands.slice(from, to).every(isRepeatable);
}

function report(pass: Pass, node: BinaryExpression, [first, second]: readonly [Node, Node], isAnd: boolean): void {
  const { sourceFile } = pass.file;
  const one = quoted(first, sourceFile, 30);
  const two = quoted(second, sourceFile, 30);
  pass.report(node, {
    message: isAnd
      ? `${one} and ${two} never hold together, so this condition is always false.`
      : `One of ${one} and ${two} holds for every value, so this condition is always true.`,
    evidence: [
      { at: first, message: isAnd ? "This excludes the other." : "This holds wherever the other does not." },
      { at: second, message: "This is the other." },
    ],
  });
}
