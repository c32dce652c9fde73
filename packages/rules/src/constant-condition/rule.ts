/** Reports conditions whose outcome the code itself decides. */
import {
  defineRule,
  isCondition,
  isLoop,
  nodesOf,
  onEveryFlow,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type IfStatement,
  type Node,
} from "@review/program/syntax";
import { uncalledFunction } from "./functions.ts";
import { madeTruthy, strayOperand } from "./made.ts";
import { latchAt, type Latch } from "./latches.ts";
import { unassignedIn, type Unassigned } from "./unassigned.ts";
import { settledVariable } from "./variables.ts";

const rule: Rule = defineRule({
  id: "constant-condition",
  summary:
    "A condition always has the same outcome: a new object, a function that is not called, a flag that nothing sets.",
  category: "conditions",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Test what was meant: call the function, compare both sides, set the flag.",
  listen: pass => ({
    ...onEveryFlow(pass, function* (graph) {
      if (pass.file.isTest) return;
      const tested = new Set<Node>();
      for (const { steps, isReachable } of graph.blocks) {
        for (const step of isReachable ? steps : []) {
          if (step.kind !== "test") continue;
          tested.add(unwrapped(step.node));
          reportUnassigned(pass, unassignedIn(pass, graph, step));
        }
      }
      for (const node of tested) yield* checkTested(pass, node as Expression);
    }),
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const stray = strayOperand(node);
      if (stray) reportMade(pass, stray.operand, stray.outcome);
    },
    [SyntaxKind.IfStatement](node: IfStatement) {
      checkMade(pass, node.expression);
      reportLatch(pass, pass.file.isTest ? undefined : latchAt(pass, node));
    },
    [SyntaxKind.WhileStatement]: (node: Node & { expression: Expression }) => checkMade(pass, node.expression),
    [SyntaxKind.DoStatement]: (node: Node & { expression: Expression }) => checkMade(pass, node.expression),
    [SyntaxKind.ConditionalExpression]: (node: Node & { condition: Expression }) => checkMade(pass, node.condition),
  }),
});
export default rule;

function checkMade(pass: Pass, condition: Expression): void {
  const bare = unwrapped(condition);
  if (madeTruthy(bare)) reportMade(pass, bare, "truthy");
}

function reportLatch(pass: Pass, latch: Latch | undefined): void {
  if (!latch) return;
  const { sourceFile } = pass.file;
  pass.report(latch.test, {
    message: `${quoted(latch.test, sourceFile)} is always true: what would change it stands behind this test, and nothing gets there.`,
    evidence: [
      { at: latch.start, message: "The flag starts with this value." },
      { at: latch.setter, message: "Nothing else sets it, and this line is never reached." },
    ],
  });
}

function reportUnassigned(pass: Pass, found: Unassigned | undefined): void {
  if (!found) return;
  const { sourceFile } = pass.file;
  pass.report(found.name.parent.parent, {
    message: `${quoted(found.name, sourceFile)} has no value yet wherever this is asked, so it is always ${String(found.outcome)}.`,
    evidence: [{ at: found.declared, message: "It is declared without a value, and none is assigned on the way." }],
  });
}

function reportMade(pass: Pass, node: Node, outcome: string): void {
  const { sourceFile } = pass.file;
  const parent = isBinaryExpression(node.parent) ? node.parent : undefined;
  const whole = parent ? `${quoted(parent, sourceFile)} never depends on it` : "the condition decides nothing";
  pass.report(node, {
    message: `${quoted(node, sourceFile)} is always ${outcome}, so ${whole}.`,
    evidence: [{ at: node, message: `This value is always ${outcome}.` }],
  });
}

function* checkTested(pass: Pass, node: Expression): Ask<void> {
  if (!isCondition(node)) return;
  const { sourceFile } = pass.file;
  const declaration = yield* uncalledFunction(pass, node);
  if (declaration && !isCalledNear(node, sourceFile.text)) {
    reportUncalled(pass, node, declaration);
    return;
  }
  // A loop whose condition never changes has a rule of its own.
  const settled = isLoopCondition(node) ? undefined : settledVariable(pass, node);
  if (!settled) return;
  pass.report(node, {
    message: `${quoted(node, sourceFile)} is always ${settled.outcome} here: no other value than ${quoted(settled.value, sourceFile)} gets to this test.`,
    evidence: [{ at: settled.value, message: "This is the only value that it is given." }],
  });
}

function isLoopCondition(node: Node): boolean {
  let at = node;
  while (PARTS.has(at.parent.kind)) at = at.parent;
  return isLoop(at.parent);
}

const PARTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ParenthesizedExpression, SyntaxKind.PrefixUnaryExpression, SyntaxKind.BinaryExpression],
]);

function reportUncalled(pass: Pass, node: Expression, declaration: Node): void {
  const { parameters } = (
    isVariableDeclaration(declaration) ? declaration.initializer : declaration
  ) as FunctionLikeDeclaration;
  // With what to call it, only the author knows.
  const edit = { at: { start: node.end, end: node.end }, text: "()" };
  pass.report(node, {
    message: `${quoted(node, pass.file.sourceFile)} is a function and is not called here, so it is always truthy.`,
    evidence: [{ at: declaration, message: "This is the function." }],
    fixes: parameters.length === 0 ? [{ title: "Call it", safety: "suggested", edits: [edit] }] : [],
  });
}

/** `if (callback) callback()` asks on the safe side, whatever the callback is. */
function isCalledNear(node: Expression, text: string): boolean {
  const code = text.slice(node.getStart(), node.end);
  let statement: Node = node;
  while (
    statement.parent &&
    !/Statement$/.test(SyntaxKind[statement.kind]) &&
    statement.kind !== SyntaxKind.VariableStatement
  ) {
    statement = statement.parent;
  }
  for (const at of nodesOf(statement)) {
    if (at !== node && at.kind === node.kind && text.slice(at.getStart(), at.end) === code) {
      if (!isCondition(at) || isCallExpression(at.parent)) return true;
    }
  }
  return false;
}
