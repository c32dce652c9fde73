/** Pairs of names that are given to each other side by side: `id: row.id`, `this.id = row.id`, `id={row.id}`. */
import { unwrapped } from "@review/analysis";
import {
  isBinaryExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isJsxAttribute,
  isJsxExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLikeNode,
  isVariableStatement,
  SyntaxKind,
  type ElementAccessExpression,
  type ExpressionStatement,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";

export interface Pair {
  readonly key: string;
  readonly at: Node;
  readonly access: PropertyAccessExpression | ElementAccessExpression;
  /** The member that the value is, and where it is named: as an identifier, or as a text in brackets. */
  readonly name: string;
  readonly nameNode: Node;
  /** What the value is a member of, as text. */
  readonly receiver: string;
}

/** The pairs of a row of properties, attributes or statements, by what the values are members of. */
export function pairsIn(row: readonly Node[]): ReadonlyMap<string, readonly Pair[]> {
  const groups = new Map<string, Pair[]>();
  for (const node of row) {
    const pair = pairOf(node);
    if (!pair) continue;
    const name = `${pair.receiver} ${pair.at.kind}`;
    const group = groups.get(name);
    if (group) group.push(pair);
    else groups.set(name, [pair]);
  }
  return groups;
}

function pairOf(node: Node): Pair | undefined {
  if (isPropertyAssignment(node)) return paired(keyText(node.name), node, node.initializer);
  if (isJsxAttribute(node)) {
    const value = node.initializer && isJsxExpression(node.initializer) ? node.initializer.expression : undefined;
    return value && paired(keyText(node.name), node, value);
  }
  if (isVariableStatement(node)) {
    const [only, more] = node.declarationList.declarations;
    return only?.initializer && !more ? paired(keyText(only.name), node, only.initializer) : undefined;
  }
  return isExpressionStatement(node) ? assignedPair(node) : undefined;
}

function assignedPair(node: ExpressionStatement): Pair | undefined {
  const assignment = node.expression;
  if (!isBinaryExpression(assignment) || assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  const target = unwrapped(assignment.left);
  return isPropertyAccessExpression(target) ? paired(target.name.text, node, assignment.right) : undefined;
}

function keyText(name: Node): string | undefined {
  return isIdentifier(name) || isStringLiteralLikeNode(name) ? name.text : undefined;
}

function paired(key: string | undefined, at: Node, value: Node): Pair | undefined {
  const access = unwrapped(value);
  if (key === undefined || !(isPropertyAccessExpression(access) || isElementAccessExpression(access))) return undefined;
  const nameNode = isPropertyAccessExpression(access) ? access.name : unwrapped(access.argumentExpression);
  // A variable in brackets names nothing.
  if (isElementAccessExpression(access) && !isStringLiteralLikeNode(nameNode)) return undefined;
  const receiver = unwrapped(access.expression).getText().replace(/\s+/g, "");
  return { key, at, access, name: (nameNode as Node & { readonly text: string }).text, nameNode, receiver };
}
