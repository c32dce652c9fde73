/** Reports `reduce` without a first value on an array that may be empty: that throws. */
import {
  asMethodCall,
  defineRule,
  isArrayOrIterator,
  quoted,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { isPropertyAccessExpression, isSpreadElement, SyntaxKind, type CallExpression } from "@review/program/syntax";
import { emptySourceOf } from "./emptiness.ts";
import { isAskedFor } from "./guards.ts";
import { neutralOf } from "./neutral.ts";

const rule: Rule = defineRule({
  id: "reduce-without-initial",
  summary: "`reduce` has no first value, and the array may be empty: then it throws a TypeError.",
  category: "collections",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Pass the value for no elements as the second argument, or leave before where there are none.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      const [callback, ...more] = call.arguments;
      if (!method || !METHODS.has(method.name) || !callback || more.length > 0 || isSpreadElement(callback)) return;
      if (pass.file.isTest) return;
      const source = yield* emptySourceOf(pass, method.object);
      if (!source || isAskedFor(call, source.places) || !(yield* isArrayOrIterator(pass.checker, method.object)))
        return;
      const { sourceFile } = pass.file;
      const callee = call.expression;
      pass.report(isPropertyAccessExpression(callee) ? callee.name : callee, {
        message: `\`${method.name}\` has no first value, and throws a TypeError where ${quoted(method.object, sourceFile)} is empty.`,
        evidence: [{ at: source.at, message: source.because }],
        fixes: yield* fixesFor(pass, call),
      });
    },
  }),
});
export default rule;

const METHODS: ReadonlySet<string> = new Set(["reduce", "reduceRight"]);

/** A sum of numbers starts with 0, a product with 1, a text with "". */
function* fixesFor(pass: Pass, call: CallExpression): Ask<readonly ReportedFix[]> {
  const [callback] = call.arguments;
  const neutral = callback && (yield* neutralOf(pass, callback));
  if (!callback || neutral === undefined) return [];
  const edits = [{ at: { start: callback.end, end: callback.end }, text: `, ${neutral}` }];
  return [{ title: `Start with \`${neutral}\``, safety: "suggested", edits }];
}
