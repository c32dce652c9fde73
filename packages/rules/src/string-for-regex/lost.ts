/** Backslashes of a pattern that its string takes away: `RegExp("\d")` looks for the letter d. */
import { nodesOf, type Place } from "@review/analysis";
import {
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTaggedTemplateExpression,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";

/** Escapes that mean something in a pattern, and in a string nothing; `\b` is a backspace there. */
const ESCAPE = /^\\[dDwWsSbBpPk.()[\]{}*+?|^]$/;
/** In a class these are themselves, with a backslash or without, and `\b` is a backspace. */
const SAME_IN_CLASS = /^\\[.(){}*+?|b]$/;

/** The escapes in the literals of an argument that do not reach the text. */
export function lostEscapes(argument: Node): readonly Place[] {
  const literals = [...nodesOf(argument)].filter(node => isText(node, argument.parent));
  return literals.flatMap(literal => {
    const start = literal.getStart();
    const code = literal.getText();
    return [...code.matchAll(/\\[^]/g)].flatMap(({ 0: escape, index }) => {
      const isLost = ESCAPE.test(escape) && !(SAME_IN_CLASS.test(escape) && isInClass(code, index));
      return isLost ? [{ start: start + index, end: start + index + escape.length }] : [];
    });
  });
}

const PIECES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
]);

/** Text with escapes: no piece of `String.raw`, and nothing that a call in between works on. */
function isText(node: Node, call: Node): boolean {
  if (isStringLiteral(node)) return isPart(node, call);
  if (isNoSubstitutionTemplateLiteral(node)) return !isTaggedTemplateExpression(node.parent) && isPart(node, call);
  if (!PIECES.has(node.kind)) return false;
  const template = node.kind === SyntaxKind.TemplateHead ? node.parent : node.parent.parent;
  return !isTaggedTemplateExpression(template.parent) && isPart(template, call);
}

const JOINING: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BinaryExpression, SyntaxKind.ParenthesizedExpression]);

/** Whether a text is the argument itself or joined to others in it with `+`. */
function isPart(node: Node, call: Node): boolean {
  let at = node;
  while (JOINING.has(at.parent.kind)) at = at.parent;
  return at.parent === call;
}

function isInClass(code: string, index: number): boolean {
  const before = code.slice(0, index).replace(/\\\\[^]/g, "");
  return before.lastIndexOf("[") > before.lastIndexOf("]");
}
