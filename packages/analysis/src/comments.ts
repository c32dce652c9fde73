/** The comments of a file, found between its nodes, so that text in strings, templates and JSX never counts as one. */
import { createScanner, SyntaxKind, type Node, type Scanner, type SourceFile } from "@review/program/syntax";
import { nodesBelow } from "./walk.ts";

/** A comment with its delimiters; offsets in its file. */
export interface SourceComment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The braces of a JSX expression that holds nothing but this comment. */
  readonly jsx?: { readonly start: number; readonly end: number };
}

const STEERING = /\b(?:review-ignore|eslint-(?:disable|enable))/;

/** Every comment of a file in the order of the text; none for a file in which no comment can steer a review. */
export function commentsOf(sourceFile: SourceFile): readonly SourceComment[] {
  if (!STEERING.test(sourceFile.text)) return [];
  const scanner = createScanner(false, undefined, sourceFile.text);
  const mayHold = openingsIn(sourceFile.text);
  const mayHoldAny = ({ pos, end }: Node): boolean => mayHold(pos, end);
  const found: SourceComment[] = [];
  for (const node of nodesBelow(sourceFile, mayHoldAny)) {
    if (!mayHoldAny(node)) continue;
    for (const [start, end] of gapsOf(node, sourceFile)) {
      if (mayHold(start, end)) found.push(...commentsIn(scanner, start, end, node));
    }
  }
  return found.sort((left, right) => left.start - right.start);
}

/** Whether a stretch has two characters that may open a comment: most code has none, and need not be scanned. */
function openingsIn(text: string): (start: number, end: number) => boolean {
  const openings = Array.from(text.matchAll(/\/(?=[/*])/g), ({ index }) => index);
  return (start, end) => {
    let low = 0;
    for (let high = openings.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((openings[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    return (openings[low] ?? end) < end;
  };
}

/** Nodes whose own text may look like a comment. */
const OPAQUE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.JsxText,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.RegularExpressionLiteral,
]);

/** The stretches of a node that hold punctuation, keywords and blanks only: those before, between and after its children. */
function* gapsOf(node: Node, sourceFile: SourceFile): Generator<readonly [number, number]> {
  if (OPAQUE.has(node.kind)) {
    if (node.kind !== SyntaxKind.JsxText) yield [node.pos, node.getStart(sourceFile)];
    return;
  }
  let at = node.pos;
  const children: Node[] = [];
  node.forEachChild(child => {
    children.push(child);
  });
  for (const child of children) {
    if (child.pos > at) yield [at, child.pos];
    at = Math.max(at, child.end);
  }
  if (node.end > at) yield [at, node.end];
}

function* commentsIn(scanner: Scanner, start: number, end: number, node: Node): Generator<SourceComment> {
  scanner.setText(node.getSourceFile().text, start, end - start);
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFile; kind = scanner.scan()) {
    if (kind !== SyntaxKind.SingleLineCommentTrivia && kind !== SyntaxKind.MultiLineCommentTrivia) continue;
    const place = { start: scanner.getTokenStart(), end: scanner.getTokenEnd(), text: scanner.getTokenText() };
    yield node.kind === SyntaxKind.JsxExpression ? { ...place, jsx: { start: node.getStart(), end: node.end } } : place;
  }
}
