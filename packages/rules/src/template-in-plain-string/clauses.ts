/** Conditions of a query that a choice may leave out, and not the words that join them: `where ${filter ? … : ""} and …`. */
import { quoted, unwrapped, type Pass } from "@review/analysis";
import {
  isConditionalExpression,
  isStringLiteralLikeNode,
  type Expression,
  type Node,
  type TemplateExpression,
} from "@review/program/syntax";

export function checkClauses(pass: Pass, { head, templateSpans }: TemplateExpression): void {
  let before = head.text;
  for (const { expression, literal } of templateSpans) {
    const empty = emptyIn(expression);
    const [, first] = (empty && /\b(where|and|or|on|having)\s+$/i.exec(before)) ?? [];
    const [, next] = (first && /^\s+(and|or|order by|group by|limit)\b/i.exec(literal.text)) ?? [];
    if (empty && first && next) {
      pass.report(expression, {
        message: `Where ${quoted(expression, pass.file.sourceFile)} leaves this out, the query reads \`${first} ${next}\`, which is no query.`,
        evidence: [{ at: empty, message: "With this, nothing stands between the two words." }],
        repair: `Put the word that joins the conditions into the part that may be left out.`,
      });
    }
    before = literal.text;
  }
}

/** The way of a choice that gives no text. */
function emptyIn(expression: Expression): Node | undefined {
  const choice = unwrapped(expression);
  if (!isConditionalExpression(choice)) return undefined;
  return [choice.whenTrue, choice.whenFalse]
    .map(unwrapped)
    .find(way => isStringLiteralLikeNode(way) && way.text === "");
}
