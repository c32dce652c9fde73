/** Reports values that may be missing where text is made of them: it then reads "undefined" or "null". */
import { defineRule, type Listeners, type Pass, type Rule } from "@review/analysis";
import {
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type NewExpression,
  type ObjectLiteralExpression,
  type TemplateExpression,
} from "@review/program/syntax";
import { checkPassed } from "./passed.ts";
import { checkLeftOut } from "./left-out.ts";
import { checkOverrides, checkSpreadArguments, checkSpreads } from "./spreads.ts";
import { checkStored } from "./stored.ts";
import { checkSum, checkTemplate, type Context } from "./text.ts";

const rule: Rule = defineRule({
  id: "undefined-in-text",
  summary: "A value that may be missing becomes the text `undefined`, or takes the place of a default.",
  category: "nullness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Give the value a default, leave the part of the text out, or leave before the text is made.",
  listen: pass => (pass.file.isTest ? {} : listeners(pass)),
});
export default rule;

function listeners(pass: Pass): Listeners {
  const context: Context = { told: new Set(), kind: "text" };
  return {
    [SyntaxKind.TemplateExpression]: (template: TemplateExpression) => checkTemplate(pass, context, template),
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind === SyntaxKind.EqualsToken) yield* checkStored(pass, node);
      yield* checkSum(pass, context, node);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* checkLeftOut(pass, call);
      yield* checkPassed(pass, call);
      yield* checkSpreadArguments(pass, call);
    },
    *[SyntaxKind.NewExpression](call: NewExpression) {
      yield* checkLeftOut(pass, call);
      yield* checkSpreadArguments(pass, call);
    },
    *[SyntaxKind.ObjectLiteralExpression](literal: ObjectLiteralExpression) {
      yield* checkSpreads(pass, literal);
      yield* checkOverrides(pass, literal);
    },
  };
}
