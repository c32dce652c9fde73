/** Reports a choice all of whose branches are the same. */
import {
  defineRule,
  isRepeatable,
  isSameCode,
  literalValue,
  nodesOf,
  quoted,
  unwrapped,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isDefaultClause,
  isIfStatement,
  isReturnStatement,
  isThrowStatement,
  SyntaxKind,
  type ConditionalExpression,
  type Expression,
  type IfStatement,
  type Node,
  type Statement,
  type SwitchStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "identical-branches",
  summary: "All branches of an `if`, a `? :` or a `switch` do the same, so the condition decides nothing.",
  category: "conditions",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write in one of the branches what was meant there, or keep one branch and remove the condition.",
  listen: pass => ({
    [SyntaxKind.ConditionalExpression](node: ConditionalExpression) {
      checkConditional(pass, node);
    },
    [SyntaxKind.IfStatement](node: IfStatement) {
      checkIf(pass, node);
    },
    [SyntaxKind.SwitchStatement](node: SwitchStatement) {
      checkSwitch(pass, node);
    },
  }),
});
export default rule;

function checkConditional(pass: Pass, node: ConditionalExpression): void {
  const { condition, whenTrue, whenFalse } = node;
  // Who writes `true ? a : a` decides nothing on purpose.
  if (literalValue(condition) !== undefined || !isSameCode(whenTrue, whenFalse, pass.file.sourceFile)) return;
  if (COMMENT.test(pass.file.text.slice(condition.end, endOf(pass, node)))) return;
  const text = whenTrue.getText(pass.file.sourceFile);
  report(pass, node, condition, [whenTrue, whenFalse], isRepeatable(condition) ? [keepOne(node, text)] : []);
}

function checkIf(pass: Pass, node: IfStatement): void {
  if (isIfStatement(node.parent) && node.parent.elseStatement === node) return;
  const branches = branchesOf(node);
  const [first] = branches;
  if (branches.length < 2) {
    checkCopy(pass, node);
    return;
  }
  if (!first || !branches.every(branch => isSame(pass, statementsOf(first), statementsOf(branch)))) return;
  report(pass, node.expression, node.expression, branches, []);
}

/**
 * `if ("role" in own) use(own.role); else if ("role" in shared) use(own.role);`: two branches without an `else` may well be
 * the same, but not where they use what only the first condition asks about.
 */
function checkCopy(pass: Pass, node: IfStatement): void {
  const other = node.elseStatement;
  if (!other || !isIfStatement(other) || other.elseStatement) return;
  const [own, shared] = differingSides(pass, node.expression, other.expression);
  if (!own || !shared || [own, shared].some(side => literalValue(side) !== undefined)) return;
  if (!isSame(pass, statementsOf(node.thenStatement), statementsOf(other.thenStatement))) return;
  const { sourceFile } = pass.file;
  const uses = (what: Expression): boolean =>
    [...nodesOf(other.thenStatement)].some(each => each.kind === what.kind && isSameCode(each, what, sourceFile));
  if (!uses(own) || uses(shared)) return;
  pass.report(other.thenStatement, {
    message: `This branch is the same as the one before it, and uses ${quoted(own, sourceFile)}, where its own condition asks about ${quoted(shared, sourceFile)}.`,
    evidence: [
      { at: node.thenStatement, message: "This is the branch before it." },
      { at: shared, message: "This is asked about, and not used." },
    ],
    repair: "Use in the second branch what its condition asks about.",
  });
}

/** What two conditions of the same form ask about, where that is all that they differ in. */
function differingSides(pass: Pass, left: Expression, right: Expression): readonly [Expression?, Expression?] {
  const [one, two] = [unwrapped(left), unwrapped(right)];
  if (!isBinaryExpression(one) || !isBinaryExpression(two)) return [];
  if (one.operatorToken.kind !== two.operatorToken.kind) return [];
  const isEqual = (a: Node, b: Node): boolean => isSameCode(a, b, pass.file.sourceFile);
  if (isEqual(one.left, two.left) && !isEqual(one.right, two.right)) return [one.right, two.right];
  return isEqual(one.right, two.right) && !isEqual(one.left, two.left) ? [one.left, two.left] : [];
}

/** The branches of an `else if` chain with an `else`, or of an `if` that leaves as the statement after it does. */
function branchesOf(node: IfStatement): readonly Statement[] {
  const branches: Statement[] = [];
  let at: Statement | undefined = node;
  for (; at && isIfStatement(at); at = at.elseStatement) branches.push(at.thenStatement);
  if (at) return [...branches, at];
  const after = branches.length === 1 ? exitAfter(node) : undefined;
  return after ? [...branches, after] : [];
}

/**
 * The `return` or `throw` right after an `if` that is the first of its kind. In a list of guards with the same result
 * the last one looks like the end of the function by design.
 */
function exitAfter(node: IfStatement): Statement | undefined {
  const { parent } = node;
  if (!isBlock(parent)) return undefined;
  const index = parent.statements.indexOf(node);
  const next = parent.statements[index + 1];
  const before = parent.statements[index - 1];
  if (!next || (before && isIfStatement(before))) return undefined;
  return (isReturnStatement(next) && next.expression) || isThrowStatement(next) ? next : undefined;
}

function statementsOf(branch: Statement): readonly Node[] {
  return isBlock(branch) ? branch.statements : [branch];
}

function checkSwitch(pass: Pass, node: SwitchStatement): void {
  const { clauses } = node.caseBlock;
  // A clause without statements shares those of the next.
  const bodies = clauses.filter((clause, index) => clause.statements.length > 0 || index === clauses.length - 1);
  const [first] = bodies;
  if (!first || bodies.length < 2 || !clauses.some(isDefaultClause)) return;
  // Whoever says what each case is about keeps them apart on purpose.
  if (clauses.some(clause => OWN_LINE.test(pass.file.text.slice(clause.pos, clause.getStart())))) return;
  if (!bodies.every(body => isSame(pass, withoutBreak(first.statements), withoutBreak(body.statements)))) return;
  report(pass, node.expression, node.expression, bodies, []);
}

function withoutBreak(statements: readonly Statement[]): readonly Node[] {
  const own =
    statements.length === 1 && statements[0] && isBlock(statements[0]) ? statements[0].statements : statements;
  return own.at(-1)?.kind === SyntaxKind.BreakStatement ? own.slice(0, -1) : own;
}

/** Whether two branches are the same code; empty ones have nothing to compare, and comments tell them apart. */
function isSame(pass: Pass, left: readonly Node[], right: readonly Node[]): boolean {
  if (left.length === 0 || left.length !== right.length) return false;
  const isEqual = left.every((node, index) => isSameCode(node, right[index] as Node, pass.file.sourceFile));
  return isEqual && ![...left, ...right].some(node => isExplained(pass, node));
}

const COMMENT = /(?:^|\s)\/[/*]/;

/** Whether a comment stands before a statement or behind it, for which it is there. */
function isExplained({ file: { text, sourceFile } }: Pass, node: Node): boolean {
  const before = text.slice(node.pos, node.getStart(sourceFile));
  const after = text.slice(node.end, lineEnd(text, node.end));
  // What ends the line of the condition, or of the statement before, does not speak of this one.
  const own = opensElse(node) ? before : before.replace(/^[^\n]*/, rest => (EXPLAINS.test(rest) ? rest : ""));
  return COMMENT.test(own) || (isOnOneLine(node, text) ? EXPLAINS : COMMENT).test(after);
}

/** Whether a statement is the first behind an `else`. */
function opensElse(node: Node): boolean {
  const branch = isBlock(node.parent) ? node.parent : node;
  const { parent } = branch;
  if (!isIfStatement(parent) || parent.elseStatement !== branch) return false;
  return !isBlock(branch) || branch.statements[0] === node;
}

/** `if (a) b(); else b();` on one line. */
function isOnOneLine(node: Node, text: string): boolean {
  const branch = isBlock(node.parent) ? node.parent : node;
  return isIfStatement(branch.parent) && !text.slice(branch.parent.expression.end, node.end).includes("\n");
}

/** Behind branches on lines of their own, a comment speaks of the last of them; else only one that explains them does. */
function endOf({ file: { text } }: Pass, { condition, end }: ConditionalExpression): number {
  const last = lineEnd(text, end);
  return text.slice(condition.end, end).includes("\n") || EXPLAINS.test(text.slice(end, last)) ? last : end;
}

const EXPLAINS = /\/[/*].*\b(?:always|both|either|same|for now|todo)\b/i;

/** A comment on a line of its own. */
const OWN_LINE = /\n\s*\/[/*]/;

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function keepOne(node: ConditionalExpression, text: string): ReportedFix {
  return { title: "Keep one of the two", safety: "suggested", edits: [{ at: node, text }] };
}

function report(
  pass: Pass,
  place: Node,
  condition: Node,
  branches: readonly Node[],
  fixes: readonly ReportedFix[],
): void {
  const count = branches.length === 2 ? "Both branches" : `All ${String(branches.length)} branches`;
  pass.report(place, {
    message: `${count} of ${quoted(unwrapped(condition), pass.file.sourceFile)} do the same, so the condition decides nothing.`,
    evidence: branches.map(at => ({ at, message: "This branch is the same as the others." })),
    fixes,
  });
}
