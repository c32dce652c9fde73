/** Two lists side by side, each with one name that belongs into the other: `method = aMethod | bProperty`. */
import { wordsOf } from "@review/analysis";
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isEnumMember,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

export interface Crossed {
  readonly at: Node;
  readonly other: Node;
}

interface List {
  readonly key: string;
  readonly items: readonly Named[];
}

interface Named {
  readonly node: Node;
  readonly name: string;
}

const FEWEST = 3;

/** Members of an enum or an object that each have a name with the other's word where their own is expected. */
export function crossedIn(members: readonly Node[]): readonly Crossed[] {
  const lists = members.map(listOf);
  const found: Crossed[] = [];
  for (const [index, list] of lists.entries()) {
    const next = lists[index + 1];
    const ours = list && next && strayIn(list, next.key);
    const theirs = ours && list && strayIn(next, list.key);
    if (ours && theirs && stemOf(ours.name) === stemOf(theirs.name)) found.push({ at: ours.node, other: theirs.node });
  }
  return found;
}

function listOf(member: Node): List | undefined {
  if (!isEnumMember(member) && !isPropertyAssignment(member)) return undefined;
  const { initializer, name } = member;
  if (!initializer || !isIdentifier(name)) return undefined;
  return { key: name.text.toLowerCase(), items: itemsOf(initializer).flatMap(named) };
}

function itemsOf(value: Node): readonly Node[] {
  if (isArrayLiteralExpression(value)) return value.elements;
  if (!isBinaryExpression(value) || value.operatorToken.kind !== SyntaxKind.BarToken) return [value];
  return [...itemsOf(value.left), ...itemsOf(value.right)];
}

function named(node: Node): readonly Named[] {
  if (isIdentifier(node)) return [{ node, name: node.text }];
  return isPropertyAccessExpression(node) ? [{ node, name: node.name.text }] : [];
}

/** The one name that ends with another key, in a list whose other names all end with its own. */
function strayIn({ key, items }: List, other: string): Named | undefined {
  if (items.length < FEWEST) return undefined;
  const strays = items.filter(({ name }) => wordsOf(name).at(-1) !== key);
  const [only] = strays;
  return only && strays.length === 1 && wordsOf(only.name).at(-1) === other ? only : undefined;
}

function stemOf(name: string): string {
  return wordsOf(name).slice(0, -1).join(" ");
}
