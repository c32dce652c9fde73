/** Code as a shape and the words in it: two pieces of one shape differ in nothing but words. */
import { nodesOf } from "@review/analysis";
import { isIdentifier, SyntaxKind, type Node } from "@review/program/syntax";

export interface Shaped {
  readonly root: Node;
  /** The kinds of all nodes, with operators. */
  readonly shape: string;
  /** Names and texts in order. */
  readonly leaves: readonly Leaf[];
}

export interface Leaf {
  readonly node: Node;
  readonly text: string;
}

const TEXTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PrivateIdentifier,
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.JsxText,
]);

/** Whether two pieces have one shape; most differ after a few nodes, and are not read to their ends. */
export function haveOneShape(one: Node, other: Node): boolean {
  if (isTooLong(one) || isTooLong(other)) return false;
  const others = nodesOf(other);
  for (const node of nodesOf(one)) {
    const { value } = others.next() as IteratorResult<Node, undefined>;
    if (value?.kind !== node.kind || operatorOf(value) !== operatorOf(node)) return false;
  }
  return others.next().done === true;
}

const known = new WeakMap<Node, Shaped>();

/** Larger pieces are no copies of one line, and what is compared often must be short. */
const LONGEST = 1200;

/** Undefined for code that is too long to be compared. */
export function shapeOf(root: Node): Shaped | undefined {
  if (isTooLong(root)) return undefined;
  let shaped = known.get(root);
  if (!shaped) known.set(root, (shaped = read(root)));
  return shaped;
}

function read(root: Node): Shaped {
  const kinds: string[] = [];
  const leaves: Leaf[] = [];
  for (const node of nodesOf(root)) {
    kinds.push(`${node.kind}${operatorOf(node) ?? ""}`);
    if (TEXTS.has(node.kind)) leaves.push({ node, text: isIdentifier(node) ? node.text : node.getText() });
  }
  return { root, shape: kinds.join(" "), leaves };
}

function isTooLong({ pos, end }: Node): boolean {
  return end - pos > LONGEST;
}

function operatorOf(node: Node): number | undefined {
  return (node as Node & { readonly operator?: number }).operator;
}
