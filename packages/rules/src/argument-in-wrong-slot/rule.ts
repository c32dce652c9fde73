/** Reports arguments that belong to another parameter, which gets nothing, and lists of them that are not spread. */
import { defineRule, type Rule } from "@review/analysis";
import { SyntaxKind, type CallExpression, type NewExpression } from "@review/program/syntax";
import { checkBound } from "./bound.ts";
import { checkCounterpart } from "./counterparts.ts";
import { checkLeftOut } from "./left-out.ts";
import { checkNames } from "./named.ts";
import { checkRecursion } from "./recursion.ts";
import { checkSpread } from "./spread.ts";

const rule: Rule = defineRule({
  id: "argument-in-wrong-slot",
  summary:
    "An argument is passed for one parameter and named as another, which gets nothing, or is a whole list of them.",
  category: "names",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Pass each argument in the place of its parameter, and the missing one as well.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      yield* checkNames(pass, call);
      yield* checkSpread(pass, call);
      if (pass.file.isTest) return;
      yield* checkBound(pass, call);
      checkRecursion(pass, call);
      yield* checkLeftOut(pass, call);
      yield* checkCounterpart(pass, call);
    },
    *[SyntaxKind.NewExpression](call: NewExpression) {
      yield* checkNames(pass, call);
      if (pass.file.isTest) return;
      yield* checkLeftOut(pass, call);
    },
  }),
});
export default rule;
