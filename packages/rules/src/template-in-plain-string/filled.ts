/** Texts whose placeholders something else fills in: a function that gets the values beside the text, or a replacement. */
import { wrapped } from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadAssignment,
  type Node,
} from "@review/program/syntax";
import type { Placeholder } from "./placeholders.ts";

export function isFilledIn(text: Node, placeholders: readonly Placeholder[]): boolean {
  return hasValuesBeside(text, placeholders) || isReplacedIn(text);
}

/** `_("SKU: ${sku}", { sku })` */
function hasValuesBeside({ parent }: Node, placeholders: readonly Placeholder[]): boolean {
  if (!isCallExpression(parent)) return false;
  const objects = parent.arguments.filter(isObjectLiteralExpression);
  const keys = new Set(
    objects.flatMap(({ properties }) =>
      properties.map(each => (isSpreadAssignment(each) ? undefined : each.name.getText())),
    ),
  );
  return placeholders.some(({ root }) => keys.has(root));
}

/** `(texts.retry || "Again in ${seconds}").replace("${seconds}", …)` */
function isReplacedIn(text: Node): boolean {
  let at = wrapped(text);
  while (isBinaryExpression(at.parent)) at = wrapped(at.parent);
  const { parent } = at;
  return isPropertyAccessExpression(parent) && /^replace(?:All)?$/.test(parent.name.text);
}
