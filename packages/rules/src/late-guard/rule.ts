/** Reports guards that come too late or stand the wrong way round, so that they protect nothing. */
import { defineRule, onEveryFlow, type Rule } from "@review/analysis";
import { SyntaxKind, type BinaryExpression, type IfStatement, type TypeOfExpression } from "@review/program/syntax";
import { checkAbsentGlobal } from "./absent-globals.ts";
import { checkDefault } from "./defaults.ts";
import { checkLateKind, checkWrongKind } from "./kinds.ts";
import { checkLateFill } from "./late-fills.ts";
import { checkLatch, checkPreset } from "./latches.ts";
import { reportLateTests } from "./late-tests.ts";
import { checkNegated } from "./negated.ts";
import { checkTextDefault } from "./texts.ts";
import { checkUnfilled } from "./unfilled.ts";
import { reportMisplaced } from "./misplaced.ts";
import { checkOtherMember } from "./other-member.ts";

const rule: Rule = defineRule({
  id: "late-guard",
  summary:
    "A check for null or undefined comes after the dereference that it should protect, or is the wrong way round.",
  category: "nullness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Check before the value is used, and turn the condition so that only a value that is there gets past it.",
  listen: pass => ({
    ...onEveryFlow(pass, function* (graph) {
      yield* reportMisplaced(pass, graph);
      yield* reportLateTests(pass, graph);
    }),
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      yield* checkDefault(pass, node);
      yield* checkTextDefault(pass, node);
    },
    [SyntaxKind.IfStatement](statement: IfStatement) {
      checkNegated(pass, statement);
      checkLateKind(pass, statement);
      checkOtherMember(pass, statement);
      checkLateFill(pass, statement);
      checkPreset(pass, statement);
      if (!checkLatch(pass, statement)) checkUnfilled(pass, statement);
    },
    [SyntaxKind.TypeOfExpression](test: TypeOfExpression) {
      checkWrongKind(pass, test);
      checkAbsentGlobal(pass, test);
    },
  }),
});
export default rule;
