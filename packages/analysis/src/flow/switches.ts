/** `switch`: the clauses are compared in order, and run into each other. */
import { isCaseClause, SyntaxKind, type CaseOrDefaultClause, type SwitchStatement } from "@review/program/syntax";
import { unwrapped } from "../helpers/nodes.ts";
import { continueIn, fork, linkTo, newBlock, type Builder, type DraftBlock } from "./builder.ts";
import { branch } from "./conditions.ts";
import { takeLabels, withTarget } from "./jumps.ts";
import { executeInOrder, hoistFunctions } from "./lists.ts";

export function executeSwitch(b: Builder, node: SwitchStatement): void {
  const labels = takeLabels(b);
  b.evaluate(node.expression);
  const clauses = [...node.caseBlock.clauses];
  for (const clause of clauses) hoistFunctions(b, clause.statements);
  const after = newBlock(b);
  const bodies = clauses.map(() => newBlock(b));
  const isTrue = unwrapped(node.expression).kind === SyntaxKind.TrueKeyword;
  clauses.forEach((clause, index) => {
    if (isCaseClause(clause)) compare(b, clause, bodies[index] as DraftBlock, isTrue);
  });
  const fallback = clauses.findIndex(clause => !isCaseClause(clause));
  linkTo(b, bodies[fallback] ?? after, "next", clauses[fallback]);
  withTarget(b, { labels, breakTo: after, isUnlabelled: true }, () => runClauses(b, clauses, bodies));
  continueIn(b, after);
}

/** In `switch (true)` the cases are conditions like any other. */
function compare(b: Builder, clause: CaseOrDefaultClause, body: DraftBlock, isTrue: boolean): void {
  const other = newBlock(b);
  if (isTrue) branch(b, clause.expression, body, other);
  else {
    b.evaluate(clause.expression);
    fork(b, clause, ["case", body], ["mismatch", other]);
  }
  b.current = other;
}

function runClauses(b: Builder, clauses: readonly CaseOrDefaultClause[], bodies: readonly DraftBlock[]): void {
  clauses.forEach((clause, index) => {
    const body = bodies[index] as DraftBlock;
    if (index === 0) b.current = body;
    else continueIn(b, body);
    executeInOrder(b, clause.statements);
  });
}
