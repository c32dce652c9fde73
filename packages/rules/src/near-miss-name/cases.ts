/** Cases of a switch that name their own member throughout, and the one that names a neighbour's. */
import { nodesOf } from "@review/analysis";
import {
  isCaseClause,
  isIdentifier,
  isPropertyAccessExpression,
  type CaseClause,
  type PropertyAccessExpression,
  type SwitchStatement,
} from "@review/program/syntax";

export interface OddCase {
  /** The member of another case. */
  readonly at: PropertyAccessExpression;
  readonly label: string;
  /** The same object's members in the other cases. */
  readonly others: readonly PropertyAccessExpression[];
}

const FEWEST_OTHERS = 3;

/** `case Kind.bigint: if (type !== Type.bigint) fail(Type.number)`, where each other case fails with its own. */
export function oddCasesIn({ caseBlock }: SwitchStatement): readonly OddCase[] {
  const clauses = caseBlock.clauses.filter(isCaseClause);
  if (clauses.length <= FEWEST_OTHERS) return [];
  const labels = new Set(clauses.map(labelOf));
  const members = clauses.map(clause => ({ label: labelOf(clause), byOwner: membersIn(clause) }));
  const found: OddCase[] = [];
  for (const { label, byOwner } of members) {
    for (const [owner, accesses] of label === undefined ? [] : byOwner) {
      const [odd, more] = accesses.filter(({ name }) => name.text !== label);
      if (!odd || more || accesses.length < 2 || !labels.has(odd.name.text)) continue;
      const others = members.flatMap(each => (each.label === label ? [] : pureIn(each, owner, accesses.length)));
      if (others.length >= FEWEST_OTHERS) found.push({ at: odd, label: label ?? "", others });
    }
  }
  return found;
}

interface Members {
  readonly label: string | undefined;
  readonly byOwner: ReadonlyMap<string, readonly PropertyAccessExpression[]>;
}

/**
 * The last of an object's members in a case that has as many as the odd one, and none but its own: with one more, the odd case does
 * what is its own besides, and the other member may be its way out.
 */
function pureIn({ label, byOwner }: Members, owner: string, count: number): readonly PropertyAccessExpression[] {
  const accesses = byOwner.get(owner) ?? [];
  const last = accesses.at(-1);
  return last && accesses.length === count && accesses.every(({ name }) => name.text === label) ? [last] : [];
}

function labelOf({ expression }: CaseClause): string | undefined {
  return isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function membersIn({ statements }: CaseClause): ReadonlyMap<string, readonly PropertyAccessExpression[]> {
  const byOwner = new Map<string, PropertyAccessExpression[]>();
  for (const statement of statements) {
    for (const node of nodesOf(statement)) {
      if (!isPropertyAccessExpression(node) || !isIdentifier(node.expression)) continue;
      const known = byOwner.get(node.expression.text);
      if (known) known.push(node);
      else byOwner.set(node.expression.text, [node]);
    }
  }
  return byOwner;
}
