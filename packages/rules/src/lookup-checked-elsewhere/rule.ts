/** Reports results of lookups that are used as if they were there, where the same lookup is checked elsewhere. */
import {
  absenceOf,
  defineRule,
  isWrittenNull,
  lookupCheckOf,
  quoted,
  uncheckedUseOf,
  type Rule,
} from "@review/analysis";
import { SyntaxKind, type CallExpression } from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "lookup-checked-elsewhere",
  summary: "The result of a lookup is used unchecked, though it may be missing and another place checks it.",
  category: "nullness",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Check the result as the other place does, or use `?.`.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const { isChecked, isTest, sourceFile, strictNullChecks } = pass.file;
      if (isTest || (isChecked && strictNullChecks)) return;
      const use = uncheckedUseOf(pass.scopes(), call);
      const check = use && lookupCheckOf(pass.scopes(), sourceFile, call);
      const reasons = check && (yield* absenceOf(pass, call));
      // A written null needs no other place that says so: `unchecked-lookup` reports it.
      if (!reasons || isWrittenNull(reasons)) return;
      pass.report(use, {
        message: `${quoted(call, sourceFile)} may find nothing, which is checked elsewhere, but its result is used unchecked here.`,
        evidence: [
          ...reasons,
          { at: check, message: `${quoted(check, sourceFile)} is checked here.` },
          { at: use, message: "This throws where the result is null or undefined." },
        ],
      });
    },
  }),
});
export default rule;
