/** Text that a program reads: an address, a path, a query, a header, the class of an element. Where it says "undefined", nobody is there to see it. */
import { wordsOf } from "@review/analysis";
import {
  isBinaryExpression,
  isIdentifier,
  isJsxAttribute,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLikeNode,
  isTemplateExpression,
  isTemplateSpan,
  isVariableDeclaration,
  type Node,
} from "@review/program/syntax";

/** Whether the marks around a value, or the name that the text goes by, say that the text is for a program. */
export function isForProgram(whole: Node, value: Node): boolean {
  const [before, after] = textAround(whole, value);
  return BEFORE.test(before) || AFTER.test(after) || isAddressName(nameFor(whole));
}

const BEFORE = /(?:[\w./:~*-]\/|^\/|[?&;]?\b[\w-]+=|\b(?:Bearer|Basic|Token) |\bid:|@)$/;
const AFTER = /^(?:[/?][\w.]|\/$|(?:[.-]+\w+)*\.(?:com|org|net|io|json|html?|js|php|pdf|png|jpe?g|svg|csv|zip)\b)/;

/** The written text directly before and behind a value. */
function textAround(whole: Node, value: Node): readonly [string, string] {
  const span = value.parent;
  if (isTemplateSpan(span) && isTemplateExpression(whole)) {
    const index = whole.templateSpans.indexOf(span);
    const before = index === 0 ? whole.head : whole.templateSpans[index - 1]?.literal;
    return [before?.text ?? "", span.literal.text];
  }
  if (!isBinaryExpression(whole)) return ["", ""];
  return whole.right === value ? [textOf(whole.left, "end"), ""] : ["", textOf(whole.right, "start")];
}

/** What the text of an operand ends or starts with. */
function textOf(operand: Node, side: "end" | "start"): string {
  if (isStringLiteralLikeNode(operand)) return operand.text;
  if (isTemplateExpression(operand)) {
    return side === "start" ? operand.head.text : (operand.templateSpans.at(-1)?.literal.text ?? "");
  }
  return isBinaryExpression(operand) ? textOf(side === "end" ? operand.right : operand.left, side) : "";
}

/** `script.src = …`, `const url = …`, `{ path: … }`, `href={…}`. */
function nameFor(whole: Node): string | undefined {
  const { parent } = whole;
  if (isBinaryExpression(parent)) return parent.right === whole ? lastName(parent.left) : nameFor(parent);
  if (isVariableDeclaration(parent) || isPropertyAssignment(parent)) return lastName(parent.name);
  return isJsxAttribute(parent.parent) ? lastName(parent.parent.name) : undefined;
}

function lastName(node: Node): string | undefined {
  if (isIdentifier(node)) return node.text;
  return isPropertyAccessExpression(node) ? node.name.text : undefined;
}

function isAddressName(name: string | undefined): boolean {
  return name !== undefined && (/^class(?:Name)?$/.test(name) || ADDRESSES.has(wordsOf(name).at(-1) ?? ""));
}

const ADDRESSES: ReadonlySet<string> = new Set(
  "url uri href src path pathname endpoint route link host hostname origin query authorization filename file".split(
    " ",
  ),
);
