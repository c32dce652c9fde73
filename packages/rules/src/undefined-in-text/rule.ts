/** Reports values that may be missing where text is made of them: it then reads "undefined" or "null". */
import { defineRule, type Rule } from "@review/analysis";
import {
  isTaggedTemplateExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type NewExpression,
  type ObjectLiteralExpression,
  type TemplateExpression,
} from "@review/program/syntax";
import { checkPassed } from "./passed.ts";
import { checkLeftOut } from "./left-out.ts";
import { checkSpreadArguments, checkSpreads } from "./spreads.ts";
import { checkStored } from "./stored.ts";
import { checkText } from "./text.ts";

const rule: Rule = defineRule({
  id: "undefined-in-text",
  summary: "A value that may be missing becomes the text `undefined`, or takes the place of a default.",
  category: "nullness",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Give the value a default, leave the part of the text out, or leave before the text is made.",
  listen: pass => ({
    *[SyntaxKind.TemplateExpression](template: TemplateExpression) {
      if (pass.file.isTest || isTaggedTemplateExpression(template.parent)) return;
      for (const { expression } of template.templateSpans) yield* checkText(pass, template, expression);
    },
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (pass.file.isTest) return;
      const { kind } = node.operatorToken;
      if (kind === SyntaxKind.PlusToken) {
        yield* checkText(pass, node, node.right, node.left);
        yield* checkText(pass, node, node.left, node.right);
      } else if (kind === SyntaxKind.PlusEqualsToken) yield* checkText(pass, node, node.right, node.left);
      else if (kind === SyntaxKind.EqualsToken) yield* checkStored(pass, node);
    },
    *[SyntaxKind.CallExpression](call: CallExpression) {
      if (pass.file.isTest) return;
      yield* checkLeftOut(pass, call);
      yield* checkPassed(pass, call);
      yield* checkSpreadArguments(pass, call);
    },
    *[SyntaxKind.NewExpression](call: NewExpression) {
      if (pass.file.isTest) return;
      yield* checkLeftOut(pass, call);
      yield* checkSpreadArguments(pass, call);
    },
    *[SyntaxKind.ObjectLiteralExpression](literal: ObjectLiteralExpression) {
      if (!pass.file.isTest) yield* checkSpreads(pass, literal);
    },
  }),
});
export default rule;
