/** Reports arguments that belong to another parameter, and calls that leave out what the function needs. */
import { defineRule, type Ask, type Pass, type Rule } from "@review/analysis";
import { SyntaxKind, type CallExpression, type NewExpression } from "@review/program/syntax";
import { checkDropped } from "./dropped.ts";
import { checkNames } from "./named.ts";
import { checkSpread } from "./spread.ts";

const rule: Rule = defineRule({
  id: "argument-in-wrong-slot",
  summary: "An argument belongs to another parameter, or one is left out that the function reads.",
  category: "names",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Pass each argument in the place of its parameter, and the missing one as well.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* check(pass, call);
    },
    *[SyntaxKind.NewExpression](call: NewExpression) {
      yield* check(pass, call);
    },
  }),
});
export default rule;

function* check(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  yield* checkNames(pass, call);
  yield* checkDropped(pass, call);
  yield* checkSpread(pass, call);
}
