/** Code without regard to blanks, line breaks and comments. */
import { createScanner, NodeFlags, SyntaxKind, type Node, type SourceFile } from "@review/program/syntax";

/** The tokens of a stretch of code. Templates and regular expressions come out in pieces, the same way every time. */
export function tokensOf(text: string, start: number, end: number): readonly string[] {
  const scanner = createScanner(true, undefined, text, start, end - start);
  const tokens: string[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFile; kind = scanner.scan()) {
    const at = scanner.getTokenEnd();
    if (at > scanner.getTokenStart()) {
      tokens.push(scanner.getTokenText());
    } else {
      // Outside of a name, as in `/#/` and in the text of JSX, the scanner stays before a `#` for ever.
      tokens.push(text.charAt(at));
      scanner.resetTokenState(at + 1);
    }
  }
  return tokens;
}

/** Whether two nodes of one file are written with the same tokens; brackets around an expression do not count. */
export function isSameCode(left: Node, right: Node, sourceFile: SourceFile): boolean {
  const pending: [Node, Node][] = [[left, right]];
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const ours = withoutBrackets(pair[0]);
    const theirs = withoutBrackets(pair[1]);
    if (ours.kind !== theirs.kind || keywordOf(ours) !== keywordOf(theirs)) return false;
    const children = childrenOf(ours);
    const others = childrenOf(theirs);
    if (children.length !== others.length) return false;
    if (children.length === 0 && ours.getText(sourceFile) !== theirs.getText(sourceFile)) return false;
    children.forEach((child, index) => pending.push([child, others[index] as Node]));
  }
  return true;
}

function withoutBrackets(node: Node): Node {
  let inner = node;
  while (inner.kind === SyntaxKind.ParenthesizedExpression) inner = (inner as Node & { expression: Node }).expression;
  return inner;
}

/** The keywords and operators that a node keeps as a number rather than as a child. */
function keywordOf(node: Node): number {
  const { operator, keywordToken, token } = node as { operator?: number; keywordToken?: number; token?: number };
  const kind = operator ?? keywordToken ?? token ?? 0;
  return node.kind === SyntaxKind.VariableDeclarationList ? node.flags & NodeFlags.BlockScoped : kind;
}

function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  node.forEachChild(child => {
    children.push(child);
  });
  return children;
}
