/** Reports uses of the result of a function that gives none. */
import { defineRule, isDiscarded, quoted, type Rule } from "@review/analysis";
import { isPropertyAccessExpression, SyntaxKind, type CallExpression } from "@review/program/syntax";
import { makerOf } from "./functions.ts";
import { useOf } from "./uses.ts";

const rule: Rule = defineRule({
  id: "void-result-used",
  summary: "The result of a function that gives none is used.",
  category: "calls",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Have the function return what is wanted, or call it in a statement of its own.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      if (pass.file.isTest || isDiscarded(call) || call.questionDotToken) return;
      const use = useOf(pass, call);
      const maker = use === undefined ? undefined : yield* makerOf(pass, call);
      if (use === undefined || !maker) return;
      const callee = call.expression;
      const name = isPropertyAccessExpression(callee) ? callee.name : callee;
      pass.report(call, {
        message: `${quoted(name, pass.file.sourceFile)} returns nothing, so ${use}.`,
        evidence: [maker],
      });
    },
  }),
});
export default rule;
