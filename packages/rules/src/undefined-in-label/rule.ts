/** Reports `?.` in text that people read: it says "undefined" where the chain ends early. */
import { defineRule, type Listeners, type Pass, type Rule } from "@review/analysis";
import { SyntaxKind, type BinaryExpression, type TemplateExpression } from "@review/program/syntax";
import { checkSum, checkTemplate, type Context } from "../undefined-in-text/text.ts";

const rule: Rule = defineRule({
  id: "undefined-in-label",
  summary: "A label, a title or another text for people has a `?.` in it, and says `undefined` where that ends early.",
  category: "nullness",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Give the value a default, leave the part of the text out, or drop the `?.` where the value is always there.",
  listen: pass => (pass.file.isTest ? {} : listeners(pass)),
});
export default rule;

function listeners(pass: Pass): Listeners {
  const context: Context = { told: new Set(), kind: "label" };
  return {
    [SyntaxKind.TemplateExpression]: (template: TemplateExpression) => checkTemplate(pass, context, template),
    [SyntaxKind.BinaryExpression]: (sum: BinaryExpression) => checkSum(pass, context, sum),
  };
}
