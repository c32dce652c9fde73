/** Branches that no value takes: those past the last case of a `switch` that names every member of its union. */
import { TypeFlags } from "@review/program";
import { isCaseClause, SyntaxKind, type CaseOrDefaultClause, type SwitchStatement } from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { ownNodesOf } from "../helpers/nodes.ts";
import { certainParts } from "../helpers/types.ts";
import type { Edge, FlowRoot } from "./graph.ts";

/** Tells the edges of a function's graph that types forbid. */
export function* impossibleEdges(checker: TypeChecker, root: FlowRoot): Ask<(edge: Edge) => boolean> {
  const last = new Set<unknown>();
  for (const node of ownNodesOf(root)) {
    if (node.kind !== SyntaxKind.SwitchStatement) continue;
    const { expression, caseBlock } = node as SwitchStatement;
    const clauses = [...caseBlock.clauses];
    if (!clauses.every(isCaseClause) || clauses.length < 2) continue;
    const parts = yield* certainParts(checker, yield* checker.typeOf(expression));
    const isCovered = parts?.every(({ flags }) => flags & UNITS) && parts.length <= distinct(clauses);
    if (isCovered) last.add(clauses.at(-1));
  }
  return ({ kind, node }) => kind === "mismatch" && last.has(node);
}

const UNITS = TypeFlags.Literal | TypeFlags.UniqueESSymbol;

function distinct(clauses: readonly CaseOrDefaultClause[]): number {
  return new Set(clauses.map(clause => (isCaseClause(clause) ? clause.expression.getText() : ""))).size;
}
