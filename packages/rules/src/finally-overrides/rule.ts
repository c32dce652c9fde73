/** Reports jumps out of a `finally` that replace what the `try` was about to do. */
import {
  catchingTryOf,
  defineRule,
  enclosingFunction,
  isInside,
  isLoop,
  ownNodesOf,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBlock,
  isBreakOrContinueStatement,
  isBreakStatement,
  isContinueStatement,
  isLabeledStatement,
  isReturnStatement,
  isThrowStatement,
  SyntaxKind,
  type Block,
  type Node,
  type TryStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "finally-overrides",
  summary: "A jump out of a `finally` replaces the exception or the result that was on its way.",
  category: "errors",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Leave only cleaning up in the `finally`, and put the jump behind the statement or into a `catch`.",
  listen: pass => ({
    [SyntaxKind.TryStatement](node: TryStatement) {
      check(pass, node);
    },
  }),
});
export default rule;

function check(pass: Pass, node: TryStatement): void {
  const { finallyBlock } = node;
  const jump = finallyBlock && [...ownNodesOf(finallyBlock)].find(each => leaves(each, finallyBlock));
  const lost = jump && lostBy(node, jump);
  if (!jump || !lost) return;
  pass.report(jump, {
    message: `This \`${wordOf(jump)}\` in \`finally\` replaces ${lost.what}, which nobody learns of.`,
    evidence: [{ at: lost.at, message: lost.message }],
  });
}

function wordOf(jump: Node): string {
  if (isReturnStatement(jump)) return "return";
  if (isThrowStatement(jump)) return "throw";
  return isBreakStatement(jump) ? "break" : "continue";
}

/** Whether a jump leads out of the block, and whatever is under way with it. */
function leaves(jump: Node, block: Block): boolean {
  if (isReturnStatement(jump)) return true;
  if (isThrowStatement(jump)) return !isConditional(jump, block) && !isCaught(jump, block);
  if (!isBreakOrContinueStatement(jump)) return false;
  for (let at: Node = jump.parent; at !== block; at = at.parent) if (isTargetOf(jump, at)) return false;
  return true;
}

function isTargetOf(jump: Node, at: Node): boolean {
  if (!isBreakOrContinueStatement(jump)) return false;
  const { label } = jump;
  if (label) return isLabeledStatement(at) && at.label.text === label.text;
  return isLoop(at) || (!isContinueStatement(jump) && at.kind === SyntaxKind.SwitchStatement);
}

function isConditional(jump: Node, block: Block): boolean {
  for (let at: Node = jump.parent; at !== block; at = at.parent) if (!isBlock(at)) return true;
  return false;
}

function isCaught(jump: Node, block: Block): boolean {
  const around = catchingTryOf(jump);
  return around !== undefined && isInside(around, block);
}

interface Lost {
  readonly what: string;
  readonly at: Node;
  readonly message: string;
}

/** What is on its way when the `finally` runs; undefined where that is nothing. */
function lostBy({ tryBlock, catchClause }: TryStatement, jump: Node): Lost | undefined {
  const risk = catchClause ? find(catchClause.block, isThrowStatement) : find(tryBlock, mayThrow);
  if (risk) return { what: "an exception", at: risk, message: catchClause ? "This is thrown." : "This may throw." };
  const result = [tryBlock, catchClause?.block].map(each => each && find(each, isReturnStatement)).find(Boolean);
  if (!result || isSameResult(result, jump)) return undefined;
  return { what: "the result", at: result, message: "This is what would be returned." };
}

function isSameResult(result: Node, jump: Node): boolean {
  return isReturnStatement(jump) && jump.getText() === result.getText();
}

function find(root: Node, test: (node: Node) => boolean): Node | undefined {
  const owner = enclosingFunction(root);
  return [...ownNodesOf(root)].find(node => test(node) && enclosingFunction(node) === owner);
}

function mayThrow({ kind }: Node): boolean {
  return THROWING.has(kind);
}

const THROWING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.AwaitExpression,
  SyntaxKind.YieldExpression,
  SyntaxKind.ThrowStatement,
]);
