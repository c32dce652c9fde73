/** `for (const key in table)` that never reads `key`, and reads a member of the table itself instead. */
import { isSameReference, nodesOf, type Scopes } from "@review/analysis";
import {
  isBreakStatement,
  isCallExpression,
  isForInStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  type ForInOrOfStatement,
  type Identifier,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export interface IgnoringLoop {
  readonly name: Identifier;
  /** What is read in its place. */
  readonly instead: Node;
}

/** Undefined where the variable is used, or where the loop only counts or asks whether there is any element. */
export function ignoringLoop(scopes: Scopes, loop: ForInOrOfStatement): IgnoringLoop | undefined {
  const { initializer } = loop;
  const name = isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
  if (!name || !isIdentifier(name) || name.text.startsWith("_")) return undefined;
  const variable = scopes.variableOf(name);
  if (!variable || variable.references.some(({ node }) => isWithin(loop.statement, node))) return undefined;
  const reads = [...nodesOf(loop.statement)].filter(
    (node): node is PropertyAccessExpression =>
      isPropertyAccessExpression(node) && isSameReference(node.expression, loop.expression),
  );
  const [instead] = reads;
  if (!instead || reads.some(read => isOfTheWhole(loop, read)) || leavesAtOnce(loop)) return undefined;
  return { name, instead };
}

function isWithin(outer: Node, node: Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

/** A method or the size of the collection: the loop works on the whole, round by round. */
function isOfTheWhole(loop: ForInOrOfStatement, read: PropertyAccessExpression): boolean {
  if (/^(?:length|size)$/.test(read.name.text)) return true;
  return isCallExpression(read.parent) && read.parent.expression === read && !isForInStatement(loop);
}

function leavesAtOnce({ statement }: ForInOrOfStatement): boolean {
  return isBreakStatement(statement);
}
