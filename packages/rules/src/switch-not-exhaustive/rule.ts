/** Reports a switch that leaves out a member of its union or enum, where something after it relies on all of them. */
import { defineRule, isRepeatable, quoted, type Ask, type Pass, type ReportedFix, type Rule } from "@review/analysis";
import {
  isCaseClause,
  isDefaultClause,
  SyntaxKind,
  type ObjectLiteralExpression,
  type SwitchStatement,
} from "@review/program/syntax";
import { claimOf, consequenceOf } from "./consequence.ts";
import { missingMembers } from "./members.ts";
import { checkTable } from "./tables.ts";

const rule: Rule = defineRule({
  id: "switch-not-exhaustive",
  summary:
    "A `switch` leaves out a member of its union or enum, and what follows, or its default, relies on all of them.",
  category: "control-flow",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Add the missing case, or a default that says what happens to the others: handle them, or throw.",
  listen: pass => ({
    [SyntaxKind.SwitchStatement]: (node: SwitchStatement) => check(pass, node),
    [SyntaxKind.ObjectLiteralExpression]: (node: ObjectLiteralExpression) =>
      pass.file.isTest ? undefined : checkTable(pass, node),
  }),
});
export default rule;

function* check(pass: Pass, node: SwitchStatement): Ask<void> {
  const { clauses } = node.caseBlock;
  const cases = clauses.filter(isCaseClause);
  const rest = clauses.find(isDefaultClause);
  if (cases.length < 2 || hasClosingComment(pass, node)) return;
  const consequence = rest ? claimOf(rest) : yield* consequenceOf(pass.checker, node);
  if (!consequence) return;
  const missing = yield* missingMembers(
    pass.checker,
    node.expression,
    cases.map(clause => clause.expression),
  );
  if (missing.length === 0 || isRareKinds(missing)) return;
  const type = yield* pass.checker.typeOf(node.expression);
  pass.report(node.expression, {
    message: `This \`switch\` over ${quoted(node.expression, pass.file.sourceFile)} leaves out ${listed(missing)}, so ${consequence.effect}.`,
    evidence: [
      { at: node.expression, message: `This is of type \`${yield* pass.checker.textOf(type)}\`.` },
      { at: consequence.at, message: consequence.reason },
    ],
    fixes: rest ? [] : fixesFor(pass, node),
  });
}

/** Of the eight answers of `typeof`, those that a `switch` over what is stored or shown has no use for. */
function isRareKinds(missing: readonly string[]): boolean {
  return missing.includes('"bigint"') && missing.every(name => /^"(?:bigint|symbol|function)"$/.test(name));
}

function listed(names: readonly string[]): string {
  const [first = "", second] = names;
  if (names.length > 2) return `\`${first}\` and ${String(names.length - 1)} more`;
  return second === undefined ? `\`${first}\`` : `\`${first}\` and \`${second}\``;
}

/** A comment after the last clause says that the rest is left out on purpose. */
function hasClosingComment({ file }: Pass, { caseBlock }: SwitchStatement): boolean {
  const last = caseBlock.clauses.at(-1);
  return last !== undefined && /\/[/*]/.test(file.text.slice(last.end, caseBlock.end));
}

function fixesFor({ file }: Pass, { expression, caseBlock }: SwitchStatement): readonly ReportedFix[] {
  const last = caseBlock.clauses.at(-1);
  if (!last || !isRepeatable(expression)) return [];
  const start = last.getStart(file.sourceFile);
  const indent = /[\t ]*$/.exec(file.text.slice(0, start))?.[0] ?? "";
  const deeper = indent.startsWith("\t") ? `${indent}\t` : `${indent}  `;
  const name = expression.getText(file.sourceFile);
  const text = `\n${indent}default:\n${deeper}throw new Error(\`Unexpected value: \${String(${name})}\`);`;
  const at = { start: last.end, end: last.end };
  return [{ title: "Add a default that throws", safety: "suggested", edits: [{ at, text }] }];
}
