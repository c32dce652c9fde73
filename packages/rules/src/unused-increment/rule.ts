/** Reports increments whose result is lost: the old value is assigned back, or returned from a variable that ends. */
import {
  defineRule,
  flowRootOf,
  isNeverRead,
  isSameReference,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isConditionalExpression,
  isIdentifier,
  SyntaxKind,
  type BinaryExpression,
  type Node,
  type PostfixUnaryExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "unused-increment",
  summary: "The result of `++` or `--` is lost: the old value is assigned back, or returned while the variable ends.",
  category: "assignments",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write `i++` alone, or give back `i + 1`.",
  listen: pass => ({
    *[SyntaxKind.PostfixUnaryExpression](node: PostfixUnaryExpression) {
      const assignment = assignedBack(node);
      if (assignment) reportAssigned(pass, assignment, node);
      else if (isIdentifier(unwrapped(node.operand))) yield* checkReturned(pass, node);
    },
  }),
});
export default rule;

/** `i = i++`: the increment happens first, and the old value overwrites it. */
function assignedBack(node: PostfixUnaryExpression): BinaryExpression | undefined {
  const outer = wrapped(node);
  const { parent } = outer;
  if (!isBinaryExpression(parent) || parent.right !== outer) return undefined;
  if (parent.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  return isSameReference(parent.left, node.operand) ? parent : undefined;
}

function reportAssigned(pass: Pass, assignment: BinaryExpression, node: PostfixUnaryExpression): void {
  const { sourceFile } = pass.file;
  const increment = node.getText(sourceFile);
  pass.report(assignment, {
    message: `\`${increment}\` gives the old value, which is assigned back: ${quoted(node.operand, sourceFile)} never changes here.`,
    evidence: [{ at: node, message: "The value is the one before the increment." }],
    fixes: [
      { title: `Write \`${increment}\` alone`, safety: "suggested", edits: [{ at: assignment, text: increment }] },
    ],
  });
}

function* checkReturned(pass: Pass, node: PostfixUnaryExpression): Ask<void> {
  const end = returnOf(node);
  const graph = end && (yield* pass.flow(flowRootOf(node)));
  const writes = graph
    ?.stepsOf(unwrapped(node.operand))
    .filter(step => step.kind === "write" && step.block.isReachable);
  if (!graph || !end || !writes || writes.length === 0) return;
  if (!writes.every(write => isNeverRead(graph, pass.scopes(), write))) return;
  const name = node.operand.getText(pass.file.sourceFile);
  const sign = node.operator === SyntaxKind.PlusPlusToken ? "+" : "-";
  pass.report(node, {
    message: `The old value of \`${name}\` is returned, and nothing reads the new one: \`${name}\` ends here.`,
    evidence: [{ at: end, message: "The function ends with the value before the increment." }],
    fixes: [
      { title: `Return \`${name} ${sign} 1\``, safety: "suggested", edits: [{ at: node, text: `${name} ${sign} 1` }] },
    ],
  });
}

/** The `return`, or the arrow function, whose value the expression is, also as one arm of a condition. */
function returnOf(node: Node): Node | undefined {
  const outer = wrapped(node);
  const { parent } = outer;
  if (parent.kind === SyntaxKind.ReturnStatement) return parent;
  if (isArrowFunction(parent)) return parent.body === outer ? parent : undefined;
  return isConditionalExpression(parent) && parent.condition !== outer ? returnOf(parent) : undefined;
}
