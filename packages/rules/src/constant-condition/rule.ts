/** Reports conditions whose outcome the code itself decides. */
import {
  defineRule,
  isCondition,
  isInside,
  isLoop,
  isSameCode,
  isToldByCompiler,
  literalValue,
  nodesOf,
  onEveryFlow,
  quoted,
  skippedBy,
  testsAskedAgain,
  unwrapped,
  wrapped,
  type Ask,
  type DecidedTest,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isIfStatement,
  isPrefixUnaryExpression,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type CaseClause,
  type Expression,
  type ForStatement,
  type FunctionLikeDeclaration,
  type IfStatement,
  type Node,
} from "@review/program/syntax";
import { assertedText } from "./asserted.ts";
import { madeList } from "./collections.ts";
import { uncalledFunction } from "./functions.ts";
import { isChosen, madeTruthy, strayLabel, strayOperand } from "./made.ts";
import { settledVariable } from "./variables.ts";

const rule: Rule = defineRule({
  id: "constant-condition",
  summary:
    "A condition always has the same outcome: a new object, a function that is not called, a flag that nothing sets.",
  category: "conditions",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Test what was meant: call the function, compare both sides, set the flag.",
  listen: pass => ({
    ...onEveryFlow(pass, function* (graph) {
      if (pass.file.isTest) return;
      const { blocks } = graph;
      const tested = new Set<Node>();
      for (const { steps, isReachable } of blocks) {
        if (isReachable) for (const step of steps) if (step.kind === "test") tested.add(unwrapped(step.node));
      }
      for (const node of tested) yield* checkTested(pass, node as Expression);
      for (const test of yield* testsAskedAgain(pass, graph)) {
        if (!test.isImplied || !(yield* isToldByCompiler(pass, test.node, NO_OVERLAP))) reportDecided(pass, test);
      }
    }),
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const stray = strayOperand(node);
      if (stray) reportMade(pass, stray.operand, stray.outcome);
    },
    [SyntaxKind.CaseClause](clause: CaseClause) {
      const stray = strayLabel(clause);
      if (stray) reportMade(pass, stray.operand, stray.outcome);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const text = yield* assertedText(pass, call);
      if (text) reportMade(pass, text, "truthy");
    },
    [SyntaxKind.IfStatement](node: Node & { expression: Expression }) {
      checkMade(pass, node.expression);
      checkLiteral(pass, node.expression);
    },
    [SyntaxKind.WhileStatement]: (node: Node & { expression: Expression }) => checkMade(pass, node.expression),
    [SyntaxKind.DoStatement]: (node: Node & { expression: Expression }) => checkMade(pass, node.expression),
    [SyntaxKind.ForStatement]({ condition }: ForStatement) {
      if (condition) checkMade(pass, condition);
    },
    [SyntaxKind.ConditionalExpression](node: Node & { condition: Expression }) {
      checkMade(pass, node.condition);
      checkLiteral(pass, node.condition);
    },
  }),
});
export default rule;

/** TypeScript's: a comparison of types without overlap. */
const NO_OVERLAP: ReadonlySet<number> = new Set([2367]);

function checkMade(pass: Pass, condition: Expression): void {
  const bare = unwrapped(condition);
  if (madeTruthy(bare)) reportMade(pass, bare, "truthy");
}

/** `if (false)`, which a loop may well have: it is left by other ways. A test tries what comes of it. */
function checkLiteral(pass: Pass, condition: Expression): void {
  const value = literalValue(condition);
  if (pass.file.isTest || (typeof value !== "boolean" && typeof value !== "number")) return;
  reportMade(pass, unwrapped(condition), value ? "truthy" : "falsy");
}

function reportMade(pass: Pass, node: Node, outcome: string): void {
  const { sourceFile } = pass.file;
  const { parent: outer } = wrapped(node);
  const parent = isBinaryExpression(outer) ? outer : undefined;
  const whole = parent ? `${quoted(parent, sourceFile)} never depends on it` : "the condition decides nothing";
  pass.report(node, {
    message: `${quoted(node, sourceFile)} is always ${outcome}, so ${whole}.`,
    evidence: [{ at: node, message: `This value is always ${outcome}.` }],
  });
}

function* checkTested(pass: Pass, node: Expression): Ask<void> {
  if (!isCondition(node) || isChosen(node)) return;
  const { sourceFile } = pass.file;
  const declaration = yield* uncalledFunction(pass, node);
  if (declaration && !isCalledNear(node, sourceFile.text)) {
    reportUncalled(pass, node, declaration);
    return;
  }
  // A loop whose condition never changes has a rule of its own.
  const settled = isLoopCondition(node) ? undefined : yield* settledVariable(pass, node);
  if (!settled) {
    const list = yield* madeList(pass, node);
    if (list) reportList(pass, node, list);
    return;
  }
  const { value, latch, outcome } = settled;
  pass.report(node, {
    message: `${quoted(node, sourceFile)} is always ${outcome} here: no other value than ${quoted(value, sourceFile)} gets to this test.`,
    evidence: latch
      ? [
          { at: value, message: "This is the value that it starts with." },
          { at: latch, message: "Only this sets it, and it does not run before it is set." },
        ]
      : [{ at: value, message: "This is the only value that it is given." }],
  });
}

function reportList(pass: Pass, node: Expression, list: Expression): void {
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `${quoted(node, sourceFile)} is a list, which is always truthy, be it empty or not.`,
    evidence: [{ at: list, message: "This answers with a list each time." }],
    repair: "Test its `length`.",
  });
}

/** A test that another one has decided, and that keeps code from ever running. */
function reportDecided(pass: Pass, { node, outcome, because }: DecidedTest): void {
  const skipped = skippedBy(node, outcome);
  if (!skipped || because.some(test => isRepeated(pass, test, node))) return;
  pass.report(node, {
    message: `${quoted(node, pass.file.sourceFile)} is always ${String(outcome)} here: it was tested before, so a part of this never runs.`,
    evidence: [
      ...because.map(at => ({ at, message: "This test has settled it, and nothing changes it in between." })),
      { at: skipped, message: "This never runs." },
    ],
  });
}

/** An `if` that asks the same as one before it, from which control left, has a rule of its own: `duplicate-condition`. */
function isRepeated({ file }: Pass, test: Node, node: Node): boolean {
  const [first, second] = [statementAsking(test), statementAsking(node)];
  if (!first || !second || !isWholeTest(node, second) || isInside(second, first.thenStatement)) return false;
  return isSameCode(unwrapped(test), unwrapped(node), file.sourceFile);
}

/** The `if` that a test, or one of its alternatives, decides. */
function statementAsking(test: Node): IfStatement | undefined {
  let at = wrapped(test);
  while (isPrefixUnaryExpression(at.parent) || isAlternative(at)) at = wrapped(at.parent);
  return isIfStatement(at.parent) && at.parent.expression === at ? at.parent : undefined;
}

function isAlternative({ parent }: Node): boolean {
  return isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.BarBarToken;
}

/** Whether a test is all of the condition, but for a `!`. */
function isWholeTest(test: Node, { expression }: IfStatement): boolean {
  let whole = unwrapped(expression);
  while (isPrefixUnaryExpression(whole)) whole = unwrapped(whole.operand);
  return whole === unwrapped(test);
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
