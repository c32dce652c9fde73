/** Reports cases of a switch that run on into the next one without saying so. */
import {
  defineRule,
  findPath,
  flowRootOf,
  impossibleEdges,
  isWritten,
  mayHaveEffects,
  quoted,
  usesOf,
  type Ask,
  type Edge,
  type FlowGraph,
  type Pass,
  type ReportedFix,
  type Rule,
  type Step,
} from "@review/analysis";
import {
  isBinaryExpression,
  isBlock,
  isBreakOrContinueStatement,
  isCaseClause,
  isExpressionStatement,
  isIdentifier,
  isReturnStatement,
  isThrowStatement,
  SyntaxKind,
  type CaseOrDefaultClause,
  type Statement,
  type SwitchStatement,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "switch-fallthrough",
  summary: "A case of a `switch` does its work and then runs on into the next case, without a word that it is meant.",
  category: "control-flow",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "End the case with `break` or `return`, or write `// falls through` above the next one.",
  listen: pass => ({
    [SyntaxKind.SwitchStatement]: (node: SwitchStatement) => check(pass, node),
  }),
});
export default rule;

function* check(pass: Pass, node: SwitchStatement): Ask<void> {
  const clauses = [...node.caseBlock.clauses].filter(({ statements }) => statements.length > 0);
  if (clauses.slice(0, -1).every(({ statements }) => isJump(statements.at(-1)))) return;
  const root = flowRootOf(node);
  const graph = yield* pass.flow(root);
  if (!graph) return;
  const isImpossible = yield* impossibleEdges(pass.checker, root);
  const falls = clauses.slice(0, -1).filter((clause, index) => {
    const next = clauses[index + 1];
    return next && !isJump(clause.statements.at(-1)) && fallsInto(graph, clause, next, isImpossible);
  });
  const slips = withoutLadders(clauses, falls);
  if (slips.length === 0 || (yield* isToldByCompiler(pass))) return;
  for (const clause of slips) reportFall(pass, clause, clauses[clauses.indexOf(clause) + 1] as CaseOrDefaultClause);
}

/** Where case after case runs into the next one, the switch is a ladder that is entered at a rung. */
function withoutLadders(
  clauses: readonly CaseOrDefaultClause[],
  falls: readonly CaseOrDefaultClause[],
): readonly CaseOrDefaultClause[] {
  const runs: CaseOrDefaultClause[][] = [];
  for (const clause of falls) {
    const last = runs.at(-1);
    const isNext = last?.at(-1) !== undefined && last.at(-1) === clauses[clauses.indexOf(clause) - 1];
    if (last && isNext) last.push(clause);
    else runs.push([clause]);
  }
  const isWhole = falls.length === clauses.length - 1;
  return runs.filter(run => run.length < (isWhole ? FEWEST_OF_WHOLE : FEWEST_RUNGS)).flat();
}

const FEWEST_RUNGS = 3;
/** Where every case runs into the next one. */
const FEWEST_OF_WHOLE = 2;

/** TypeScript's own report, where `noFallthroughCasesInSwitch` is on. */
const FALLTHROUGH = 7029;

function* isToldByCompiler(pass: Pass): Ask<boolean> {
  if (!pass.file.isChecked) return false;
  return (yield* pass.diagnostics()).some(({ code }) => code === FALLTHROUGH);
}

function isJump(statement: Statement | undefined): boolean {
  if (!statement) return false;
  if (isBlock(statement)) return isJump(statement.statements.at(-1));
  return isReturnStatement(statement) || isThrowStatement(statement) || isBreakOrContinueStatement(statement);
}

/** Whether a path runs through one clause and into the other, without another round of a loop around both. */
function fallsInto(
  graph: FlowGraph,
  clause: CaseOrDefaultClause,
  next: CaseOrDefaultClause,
  isImpossible: (edge: Edge) => boolean,
): boolean {
  if (isHarmless(next) || preparesFor(clause, next)) return false;
  const path = findPath(graph, {
    to: step => isIn(next, step),
    through: step => isIn(clause, step),
    follows: edge => !edge.isBack && !isImpossible(edge),
  });
  return path !== undefined;
}

function isIn({ statements }: CaseOrDefaultClause, { node }: Step): boolean {
  return node.pos >= statements.pos && node.end <= statements.end;
}

/** A case that only leaves, which is where the one before wants to go as well. */
function isHarmless({ statements }: CaseOrDefaultClause): boolean {
  const [first] = statements;
  if (!first || isBreakOrContinueStatement(first)) return true;
  return isReturnStatement(first) && (!first.expression || !mayHaveEffects(first.expression));
}

/** A case that only sets what the next one reads differs from that one in nothing else. */
function preparesFor({ statements }: CaseOrDefaultClause, next: CaseOrDefaultClause): boolean {
  return statements.every(statement => {
    const node = isExpressionStatement(statement) ? statement.expression : undefined;
    if (!node || !isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.EqualsToken) return false;
    const { left } = node;
    if (!isIdentifier(left)) return false;
    const uses = next.statements.flatMap(each => usesOf(each, left.text));
    return uses.length > 0 && !uses.some(isWritten);
  });
}

const SAYS_SO =
  /\/[/*].*(?:\bfall|\bdrop|\bpass(?:es)?)[\s-]*(?:s|ing|ed)?[\s-]*through|thru|\/[/*].*(?:\bno[\s-]*break|without break|break (?:is )?omitted|intentional|on purpose|deliberate|continues? (?:to|into|with|in)\b)/i;

function reportFall(pass: Pass, clause: CaseOrDefaultClause, next: CaseOrDefaultClause): void {
  const { file } = pass;
  const last = clause.statements.at(-1) as Statement;
  const from = isBlock(last) ? (last.statements.at(-1)?.end ?? last.pos) : last.end;
  const start = next.getStart(file.sourceFile);
  if (SAYS_SO.test(file.text.slice(from, start))) return;
  const place = { start, end: isCaseClause(next) ? next.expression.end : start + "default".length };
  const name = isCaseClause(clause) ? `case ${quoted(clause.expression, file.sourceFile)}` : "the default case";
  pass.report(place, {
    message: `After ${name} control runs on into this one: a \`break\` is missing, or a comment that says it is meant.`,
    evidence: [
      { at: last, message: "The case ends here, and nothing leaves the `switch`." },
      { at: place, message: "The statements of this case run next." },
    ],
    fixes: [withBreak(file.text, last)],
  });
}

function withBreak(text: string, last: Statement): ReportedFix {
  const start = last.getStart();
  const indent = /[\t ]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const at = { start: last.end, end: last.end };
  return { title: "End the case with `break`", safety: "suggested", edits: [{ at, text: `\n${indent}break;` }] };
}
