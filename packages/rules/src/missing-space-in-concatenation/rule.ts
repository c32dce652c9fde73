/** Reports words that run together where a text is put together from pieces. */
import { defineRule, unwrapped, type Pass, type Rule } from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTemplateExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type TemplateExpression,
} from "@review/program/syntax";
import { grammarAtEnd, grammarAtStart, isRunTogether } from "./prose.ts";

const rule: Rule = defineRule({
  id: "missing-space-in-concatenation",
  summary: "Two pieces of a text are joined without the space between their words.",
  category: "text",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write a space between the pieces.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind !== SyntaxKind.PlusToken || pass.file.isTest) return;
      const left = lastPiece(node.left);
      const right = firstPiece(node.right);
      if (!left || !right) {
        checkValue(pass, node, left, right);
        return;
      }
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

/** `name + "was not found"`, `"no file of the" + name`: words of grammar, to which no value is joined. */
function checkValue(pass: Pass, { left, right }: BinaryExpression, before?: Piece, after?: Piece): void {
  const word = after ? grammarAtStart(after.own) : before && grammarAtEnd(before.own);
  const piece = after ?? before;
  const value = after ? left : right;
  if (word === undefined || !piece || !isName(after ? lastOf(value) : value)) return;
  const at = after ? piece.node.getStart() + 1 : piece.node.end - 1;
  pass.report(piece.node, {
    message: `A value is joined to \`${word}\` without a space between them.`,
    evidence: [{ at: value, message: "This is joined to the word." }],
    repair: "Write a space between the word and the value.",
    fixes: [
      { title: "Put a space between them", safety: "suggested", edits: [{ at: { start: at, end: at }, text: " " }] },
    ],
  });
}

/** The value that the left side of a sum ends with. */
function lastOf(expression: Expression): Expression {
  return isBinaryExpression(expression) && expression.operatorToken.kind === SyntaxKind.PlusToken
    ? expression.right
    : expression;
}

/** A piece of text by another name may bring its own space. */
function isName(value: Expression): boolean {
  const bare = unwrapped(value);
  return isIdentifier(bare) ? !PIECE.test(bare.text) : isPropertyAccessExpression(bare) && !PIECE.test(bare.name.text);
}

const PIECE = /prefix|suffix|sep|space|indent|text|str|msg|message|line|plural|ending|article|pre$|^s$/i;

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

function safe(word: string): string {
  return word.slice(-24).replaceAll("`", "'");
}
