/** How a loop over the keys of an array becomes one over its indexes or its elements. */
import { wrapped, type ReportedFix } from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclarationList,
  type Expression,
  type ForInStatement,
  type Identifier,
} from "@review/program/syntax";

/** `keys()` where the key only finds elements, `for…of` where it never does; a mixture is for a person to sort out. */
export function fixesFor(loop: ForInStatement, uses: readonly Identifier[]): readonly ReportedFix[] {
  if (!isVariableDeclarationList(loop.initializer)) return [];
  const word = { at: { start: loop.initializer.end, end: loop.expression.getStart() }, text: " of " };
  const indexes = uses.filter(isIndex).length;
  if (indexes === 0) return [{ title: "Loop over the elements", safety: "suggested", edits: [word] }];
  if (indexes < uses.length || !hasKeys(loop.expression)) return [];
  const { end } = loop.expression;
  const keys = { at: { start: end, end }, text: ".keys()" };
  return [{ title: "Loop over the indexes with `keys()`", safety: "suggested", edits: [word, keys] }];
}

/** `arguments` has no `keys()`, and after an operator the call would need brackets. */
function hasKeys(expression: Expression): boolean {
  if (isIdentifier(expression)) return expression.text !== "arguments";
  return isPropertyAccessExpression(expression) || isCallExpression(expression);
}

function isIndex(use: Identifier): boolean {
  const outer = wrapped(use);
  return isElementAccessExpression(outer.parent) && outer.parent.argumentExpression === outer;
}
