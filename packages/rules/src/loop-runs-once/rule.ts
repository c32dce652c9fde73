/** Reports loops of which no path comes to a second round. */
import {
  asMethodCall,
  defineRule,
  findPath,
  flowRootOf,
  isInside,
  literalValue,
  nodesOf,
  ownNodesOf,
  remarksIn,
  usesOf,
  type Ask,
  type FlowGraph,
  type Pass,
  type Rule,
  type Step,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isBreakStatement,
  isCallExpression,
  isContinueStatement,
  isDoStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isReturnStatement,
  isSwitchStatement,
  isThrowStatement,
  SyntaxKind,
  type DoStatement,
  type ForInOrOfStatement,
  type ForStatement,
  type Node,
  type Statement,
  type WhileStatement,
} from "@review/program/syntax";

type Loop = WhileStatement | DoStatement | ForStatement | ForInOrOfStatement;

const rule: Rule = defineRule({
  id: "loop-runs-once",
  summary: "Every way through the body of a loop leaves it, so that there is never a second round.",
  category: "control-flow",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Leave the loop only where it is done and move the other exit behind it; write `if` where one round is meant.",
  listen: pass => {
    const listener = function* (loop: Loop): Ask<void> {
      yield* check(pass, loop);
    };
    return {
      [SyntaxKind.WhileStatement]: listener,
      [SyntaxKind.DoStatement]: listener,
      [SyntaxKind.ForStatement]: listener,
      [SyntaxKind.ForOfStatement]: listener,
      [SyntaxKind.ForInStatement]: listener,
    };
  },
});
export default rule;

function* check(pass: Pass, loop: Loop): Ask<void> {
  const exits = [...ownNodesOf(loop.statement)].filter(isExit);
  if (exits.length === 0 || isMeant(pass, loop)) return;
  const graph = yield* pass.flow(flowRootOf(loop));
  const first = graph && firstStepIn(graph, loop.statement);
  if (!first || comesBack(graph, loop, first)) return;
  const { sourceFile } = pass.file;
  const start = loop.getStart(sourceFile);
  pass.report(
    { start, end: headEnd(loop, start) },
    {
      message: "This loop never comes to a second round: every way through its body leaves it.",
      evidence: exits.slice(0, 3).map(at => ({ at, message: "The loop is left here." })),
    },
  );
}

function isExit(node: Node): boolean {
  if (isContinueStatement(node)) return node.label !== undefined;
  return isReturnStatement(node) || isThrowStatement(node) || isBreakStatement(node);
}

function headEnd(loop: Loop, start: number): number {
  if (isDoStatement(loop)) return start + "do".length;
  return loop.statement.pos;
}

/** Loops that are written as blocks to break out of, and those that take the first element. */
function isMeant({ file }: Pass, loop: Loop): boolean {
  const remarks = remarksIn(file.text.slice(loop.pos, loop.end), rule.id);
  if (remarks.some(remark => /\b(?:once|only|first|single)\b/i.test(remark))) return true;
  if (isForOfStatement(loop) || isForInStatement(loop)) {
    return !decides(loop.statement) && !isBreakOutside(loop) && !returnsGathered(loop.statement);
  }
  const fixed = fixedCondition(loop);
  return fixed === false || (fixed === true && isBreakStatement(lastOf(loop.statement)));
}

/** What a condition is that is written as a literal, or left out. */
function fixedCondition(loop: WhileStatement | DoStatement | ForStatement): boolean | undefined {
  const condition = isForStatement(loop) ? loop.condition : loop.expression;
  if (!condition) return true;
  const value = literalValue(condition);
  return typeof value === "string" || value === undefined ? undefined : Boolean(value);
}

function lastOf(body: Statement): Statement {
  return isBlock(body) ? (body.statements.at(-1) ?? body) : body;
}

/** Whether a branch of the body leaves on a condition and another one leaves where that does not hold. */
function decides(body: Statement): boolean {
  const last = lastOf(body);
  if (isIfStatement(last)) return last.elseStatement !== undefined;
  if (isSwitchStatement(last)) return true;
  if (!isExit(last) || !isBlock(body)) return false;
  return body.statements.some(each => isIfStatement(each) && [...ownNodesOf(each)].some(isExit));
}

/** `if (row.id === id) use(row); break;`: who tests the element looks for one, and the `break` belongs behind the test. */
function isBreakOutside({ initializer, statement: body }: ForInOrOfStatement): boolean {
  const [test, last] = isBlock(body) ? body.statements.slice(-2) : [];
  if (!test || !last || !isBreakStatement(last) || !isIfStatement(test) || test.elseStatement) return false;
  const names = [...nodesOf(initializer)].filter(isIdentifier);
  return names.some(({ text }) => usesOf(test.expression, text).length > 0);
}

/** `total += price; return total;`: what every round adds to is given away after the first one. */
function returnsGathered(body: Statement): boolean {
  const last = lastOf(body);
  const value = isReturnStatement(last) ? last.expression : undefined;
  if (!value || !isIdentifier(value)) return false;
  return [...ownNodesOf(body)].some(node => isAddition(node, value.text));
}

function isAddition(node: Node, name: string): boolean {
  if (isBinaryExpression(node)) {
    return ADDING.has(node.operatorToken.kind) && isIdentifier(node.left) && node.left.text === name;
  }
  const method = isCallExpression(node) ? asMethodCall(node) : undefined;
  return method !== undefined && GATHERING.has(method.name) && method.object.getText() === name;
}

const ADDING: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.PlusEqualsToken, SyntaxKind.AsteriskEqualsToken]);
const GATHERING: ReadonlySet<string> = new Set(["push", "unshift", "add"]);

/** Blocks are in the order of evaluation. */
function firstStepIn(graph: FlowGraph, body: Node): Step | undefined {
  for (const { isReachable, steps } of graph.blocks) {
    const found = isReachable ? steps.find(({ node }) => isInside(node, body)) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Whether a path leads from the body to its start without a step outside of the loop, or in what comes before its rounds. */
function comesBack(graph: FlowGraph, loop: Loop, first: Step): boolean {
  const before = isForStatement(loop) ? loop.initializer : undefined;
  const path = findPath(graph, {
    from: first,
    to: step => step === first,
    avoiding: ({ node, kind }) =>
      !isInside(node, loop) ||
      (before !== undefined && isInside(node, before)) ||
      (kind === "iterate" && node === loop),
  });
  return path !== undefined;
}
