/** Reports words that run together where a text goes on in the next line. */
import { defineRule, unwrapped, type Rule } from "@review/analysis";
import {
  isBinaryExpression,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTemplateExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type SourceFile,
  type TemplateExpression,
} from "@review/program/syntax";
import { isRunTogether } from "./prose.ts";

const rule: Rule = defineRule({
  id: "missing-space-in-concatenation",
  summary: "Two pieces of a text are joined over a line break without the space between their words.",
  category: "text",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write a space at the end of the first piece.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind !== SyntaxKind.PlusToken || pass.file.isTest) return;
      const left = lastPiece(node.left);
      const right = firstPiece(node.right);
      if (!left || !right || !isOnNextLine(left.node, right.node, pass.file.sourceFile)) return;
      if (LIST.test(left.text) || !isRunTogether(left.text, right.text)) return;
      const [last] = /\S+$/.exec(left.own) ?? [""];
      const [first] = /^\S+/.exec(right.own) ?? [""];
      const end = left.node.end - 1;
      pass.report(right.node, {
        message: `The pieces are joined without a space, so that the text reads \`${safe(last)}${safe(first)}\`.`,
        evidence: [{ at: left.node, message: `This piece ends in \`${safe(last)}\`.` }],
        fixes: [
          { title: "Put a space between them", safety: "suggested", edits: [{ at: { start: end, end }, text: " " }] },
        ],
      });
    },
  }),
});
export default rule;

/** `"end block,end case,"`: what has no blanks behind its commas is a list for a program. */
const LIST = /[a-z],[a-z]/i;

interface Piece {
  readonly node: Node;
  /** The whole text that it belongs to. */
  readonly text: string;
  /** The text of the literal alone. */
  readonly own: string;
}

/** The literal that the left side of a sum ends with. */
function lastPiece(expression: Expression): Piece | undefined {
  const bare = unwrapped(expression);
  if (isBinaryExpression(bare)) {
    return bare === expression && bare.operatorToken.kind === SyntaxKind.PlusToken ? lastPiece(bare.right) : undefined;
  }
  if (!isTemplateExpression(bare)) return plainPiece(bare);
  const last = bare.templateSpans.at(-1)?.literal;
  return last && last.text !== "" ? { node: last, text: textOf(bare), own: last.text } : undefined;
}

function firstPiece(expression: Expression): Piece | undefined {
  const bare = unwrapped(expression);
  if (!isTemplateExpression(bare)) return plainPiece(bare);
  return bare.head.text === "" ? undefined : { node: bare.head, text: textOf(bare), own: bare.head.text };
}

/** A template with a word in the place of each value. */
function textOf({ head, templateSpans }: TemplateExpression): string {
  return head.text + templateSpans.map(({ literal }) => `value${literal.text}`).join("");
}

function plainPiece(node: Node): Piece | undefined {
  return isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)
    ? { node, text: node.text, own: node.text }
    : undefined;
}

/** Pieces in one line were split on purpose. */
function isOnNextLine(left: Node, right: Node, { text }: SourceFile): boolean {
  return text.slice(left.end, right.getStart()).includes("\n");
}

function safe(word: string): string {
  return word.slice(-24).replaceAll("`", "'");
}
