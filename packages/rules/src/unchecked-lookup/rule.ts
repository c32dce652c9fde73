/** Reports results of lookups that are used as if they were there, where the same lookup is checked elsewhere. */
import { defineRule, isFlowRoot, quoted, type Ask, type Callee, type Pass, type Rule } from "@review/analysis";
import { SyntaxKind, type CallExpression, type Node } from "@review/program/syntax";
import { checkOf } from "./checks.ts";
import { keyOf, uncheckedUseOf } from "./uses.ts";

const rule: Rule = defineRule({
  id: "unchecked-lookup",
  summary: "The result of a lookup is used unchecked, though it may be missing and another place checks it.",
  category: "nullness",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Check the result as the other place does, or use `?.`.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const { file } = pass;
      if (file.isTest || (file.isChecked && file.strictNullChecks)) return;
      const use = uncheckedUseOf(pass.scopes(), call);
      const check = use && checkOf(pass.scopes(), file.sourceFile, call);
      if (use && check) yield* report(pass, call, use, check);
    },
  }),
});
export default rule;

function* report(pass: Pass, call: CallExpression, use: Node, check: CallExpression): Ask<void> {
  const callee = yield* pass.summaries.calleeOf(call);
  const reasons = yield* absenceOf(pass, callee, call);
  if (!reasons) return;
  const { sourceFile } = pass.file;
  pass.report(use, {
    message: `${quoted(call, sourceFile)} may find nothing, which is checked elsewhere, but its result is used unchecked here.`,
    evidence: [
      ...reasons,
      { at: check, message: `${quoted(check, sourceFile)} is checked here.` },
      { at: use, message: "This throws where the result is null or undefined." },
    ],
  });
}

type Reasons = readonly { readonly at: Node; readonly message: string }[];

/** Why a call may give null or undefined; undefined where it is not known to. */
function* absenceOf({ summaries }: Pass, callee: Callee, call: CallExpression): Ask<Reasons | undefined> {
  if (callee.kind === "function" && callee.overridden === undefined) {
    const answer = yield* summaries.ask(callee.fn, "absent");
    return answer.verdict === "yes" && isFlowRoot(callee.fn) ? summaries.evidenceOf(answer) : undefined;
  }
  const absent = callee.kind === "model" ? callee.facts.returns?.absent : undefined;
  if (absent !== "null" && absent !== "undefined") return undefined;
  return [{ at: call, message: `${keyOf(call)} gives ${absent} where nothing is found.` }];
}
