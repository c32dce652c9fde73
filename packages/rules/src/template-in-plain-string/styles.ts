/** Style sheets in tagged templates whose braces do not pair: what follows is read as a part of the wrong rule, or dropped. */
import { nodesOf, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isTemplateExpression,
  type Node,
  type TaggedTemplateExpression,
  type TemplateLiteral,
} from "@review/program/syntax";

export function checkStyles(pass: Pass, { tag, template }: TaggedTemplateExpression): void {
  if (!TAGS.has(rootOf(tag))) return;
  const lacking = surplusIn(template);
  if (lacking === 0 || isBalancedElsewhere(pass, template, lacking)) return;
  const says = lacking > 0 ? "opens a brace that it does not close" : "closes a brace that it does not open";
  pass.report(template, {
    message: `This style sheet ${says}, so that what follows belongs to the wrong rule or to none.`,
    evidence: [{ at: template, message: "No text that is put into it has the other brace." }],
    repair: "Pair the braces.",
  });
}

/** What emotion, styled-components and Lit call their tags. */
const TAGS: ReadonlySet<string> = new Set([...["styled", "css", "keyframes", "injectGlobal", "createGlobalStyle"]]);

/** `styled` of `styled.div`, `styled("div")` and `styled(Button).attrs({ … })`. */
function rootOf(tag: Node): string {
  let at = tag;
  while (isPropertyAccessExpression(at) || isElementAccessExpression(at) || isCallExpression(at)) at = at.expression;
  return isIdentifier(at) ? at.text : "";
}

/** Whether another text of the file has such braces to spare, and may be put in, or around it. */
function isBalancedElsewhere({ file }: Pass, template: TemplateLiteral, lacking: number): boolean {
  for (const node of nodesOf(file.sourceFile)) {
    if (node === template) continue;
    const isText = isStringLiteralLikeNode(node) || isTemplateExpression(node) || isNoSubstitutionTemplateLiteral(node);
    if (isText && Math.sign(surplusIn(node)) === -Math.sign(lacking)) return true;
  }
  return false;
}

/** How many braces a text opens more than it closes; those in comments, strings and its own placeholders do not count. */
function surplusIn(text: Node): number {
  const parts = isTemplateExpression(text) ? [text.head, ...text.templateSpans.map(({ literal }) => literal)] : [text];
  const code = parts.map(part => (part as Node & { rawText?: string; text: string }).text).join("x");
  const plain = code.replace(/\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?<!:)\/\/.*|\\[{}]/g, "");
  return plain.split("{").length - plain.split("}").length;
}
