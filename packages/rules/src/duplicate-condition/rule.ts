/** Reports a condition that was tested before in the same chain. */
import {
  defineRule,
  isCondition,
  isRepeatable,
  isSameCode,
  literalValue,
  operandsOf,
  quoted,
  unwrapped,
  wrapped,
  type Edit,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCaseClause,
  SyntaxKind,
  type BinaryExpression,
  type ConditionalExpression,
  type Expression,
  type IfStatement,
  type Node,
  type SwitchStatement,
} from "@review/program/syntax";
import { checkBranches } from "./chains.ts";
import { isSameTest } from "./tests.ts";

const rule: Rule = defineRule({
  id: "duplicate-condition",
  summary: "A condition is tested again in an `else if` chain, a `switch` or a chain of `&&` or `||`.",
  category: "conditions",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the other condition that was meant, or remove the repeated one with its branch.",
  listen: pass => ({
    [SyntaxKind.IfStatement](node: IfStatement) {
      checkBranches(pass, node);
    },
    [SyntaxKind.ConditionalExpression](node: ConditionalExpression) {
      checkBranches(pass, node);
    },
    [SyntaxKind.SwitchStatement](node: SwitchStatement) {
      checkCases(pass, node);
    },
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      checkOperands(pass, node);
    },
  }),
});
export default rule;

function checkCases(pass: Pass, { caseBlock }: SwitchStatement): void {
  const earlier: Expression[] = [];
  for (const { expression } of caseBlock.clauses.filter(isCaseClause)) {
    if (!isRepeatable(expression)) {
      earlier.length = 0;
      continue;
    }
    const twin = earlier.find(before => isSameCase(pass, before, expression));
    if (twin) {
      pass.report(expression, {
        message: `The case ${quoted(expression, pass.file.sourceFile)} stands twice in this \`switch\`: the second never runs.`,
        evidence: [{ at: twin, message: "This one runs." }],
      });
    }
    earlier.push(expression);
  }
}

function isSameCase({ file }: Pass, left: Expression, right: Expression): boolean {
  const value = literalValue(left);
  return (value !== undefined && value === literalValue(right)) || isSameCode(left, right, file.sourceFile);
}

const NAMES: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.AmpersandAmpersandToken, "&&"],
  [SyntaxKind.BarBarToken, "||"],
]);

function checkOperands(pass: Pass, node: BinaryExpression): void {
  const { kind } = node.operatorToken;
  const name = NAMES.get(kind);
  if (name === undefined || isOperandOf(node, kind)) return;
  const earlier: Expression[] = [];
  const operands = operandsOf(node, kind);
  for (const operand of operands) {
    if (!isRepeatable(operand)) {
      earlier.length = 0;
      continue;
    }
    const twin = earlier.find(before => isSameTest(before, operand, pass.file.sourceFile));
    const isWanted = operand === operands.at(-1) && twin !== earlier.at(-1) && isResult(node, operand);
    if (twin && !isWanted) reportOperand(pass, operand, twin, name);
    earlier.push(operand);
  }
}

function isOperandOf(node: Node, operator: SyntaxKind): boolean {
  const { parent } = wrapped(node);
  return isBinaryExpression(parent) && parent.operatorToken.kind === operator;
}

/** Not a comparison, a negation or a call, which answer yes or no. */
const VALUES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
]);

/** `x && isFresh(x) && x`: where the value of the chain is used, the last operand is no test, it is what comes of it. */
function isResult(chain: BinaryExpression, last: Expression): boolean {
  const isAnd = chain.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken;
  return isAnd && VALUES.has(unwrapped(last).kind) && !isOnlyTested(chain);
}

/** The left side of `||` is tested, and handed on where it holds: what becomes of all of it counts. */
function isOnlyTested(value: Node): boolean {
  const outer = wrapped(value);
  const { parent } = outer;
  const isAlternative = isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.BarBarToken;
  return isAlternative && parent.left === outer ? isOnlyTested(parent) : isCondition(outer);
}

function reportOperand(pass: Pass, operand: Expression, twin: Expression, name: string): void {
  pass.report(operand, {
    message: `${quoted(operand, pass.file.sourceFile)} stands twice in this chain of \`${name}\`: the second test changes nothing.`,
    evidence: [{ at: twin, message: "It is tested here first." }],
    fixes: [{ title: "Remove the repeated test", safety: "suggested", edits: [removalOf(operand)] }],
  });
}

/** An operand with the operator that joins it to its neighbour. */
function removalOf(operand: Expression): Edit {
  const outer = wrapped(operand);
  const { left, right } = outer.parent as BinaryExpression;
  const at = right === outer ? { start: left.end, end: right.end } : { start: left.getStart(), end: right.getStart() };
  return { at, text: "" };
}
