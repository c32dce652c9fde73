/** Reports values that are used on a branch behind which a check has just found them missing. */
import {
  conditionOf,
  crashEvidence,
  defineRule,
  isMisplacedGuard,
  onEveryFlow,
  provenCrashes,
  quoted,
  type Rule,
} from "@review/analysis";
import {
  SyntaxKind,
  type NonNullExpression,
  type ParameterDeclaration,
  type VariableDeclaration,
} from "@review/program/syntax";
import { checkAsserted } from "./asserted.ts";
import { checkParameter } from "./callbacks.ts";
import { checkCaptured } from "./captured.ts";
import { isForgottenCase } from "./forgotten.ts";

const rule: Rule = defineRule({
  id: "inconsistent-null-check",
  summary: "A value is checked for null or undefined, and then used unchecked where the check has failed.",
  category: "nullness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Leave where the check fails, or check again at the use; where the value is always there, drop the check.",
  listen: pass => ({
    [SyntaxKind.NonNullExpression](assertion: NonNullExpression) {
      checkAsserted(pass, assertion);
    },
    [SyntaxKind.Parameter](parameter: ParameterDeclaration) {
      checkParameter(pass, parameter);
    },
    [SyntaxKind.VariableDeclaration](declaration: VariableDeclaration) {
      checkCaptured(pass, declaration);
    },
    ...onEveryFlow(pass, function* (graph) {
      const { sourceFile } = pass.file;
      for (const crash of yield* provenCrashes(pass, graph)) {
        if (crash.origin.kind !== "tested" || isMisplacedGuard(crash) || !isForgottenCase(pass, crash)) continue;
        const name = quoted(crash.node, sourceFile);
        pass.report(crash.step.node, {
          message: `${name} was checked before, but is used here as if it were there${conditionOf(crash.edge, sourceFile)} as well.`,
          evidence: crashEvidence(crash, sourceFile),
        });
      }
    }),
  }),
});
export default rule;
