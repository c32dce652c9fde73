/** Reports calls that leave out an argument which the function needs. */
import { defineRule, uncheckedDiagnostics, type Ask, type Pass, type Rule } from "@review/analysis";
import {
  SyntaxKind,
  type CallExpression,
  type NewExpression,
  type ObjectBindingPattern,
  type SourceFile,
} from "@review/program/syntax";
import { checkCompared } from "./compared.ts";
import { checkComputed } from "./computed.ts";
import { checkDeclared } from "./declared.ts";
import { checkDropped } from "./dropped.ts";
import { checkFailing } from "./failing.ts";
import { checkForgotten } from "./forgotten.ts";
import { checkInScope } from "./in-scope.ts";
import { checkNever } from "./never.ts";
import { checkOptions } from "./options.ts";

const rule: Rule = defineRule({
  id: "missing-arguments",
  summary: "A call leaves out an argument which the function needs.",
  category: "calls",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair: "Pass the argument, or give the parameter a default.",
  listen: pass => ({
    *[SyntaxKind.SourceFile](_: SourceFile) {
      for (const diagnostic of yield* uncheckedDiagnostics(pass, CODES)) yield* checkDeclared(pass, diagnostic);
    },
    [SyntaxKind.ObjectBindingPattern]: (pattern: ObjectBindingPattern) => checkOptions(pass, pattern),
    [SyntaxKind.CallExpression]: (call: CallExpression) => check(pass, call),
    [SyntaxKind.NewExpression]: (call: NewExpression) => check(pass, call),
  }),
});
export default rule;

/** TypeScript's: a call with too many or too few arguments, or with fewer than it takes at least. */
const CODES: ReadonlySet<number> = new Set([2554, 2555]);

/** What the compiler checks is reported by it; one report a call. */
function* check(pass: Pass, call: CallExpression | NewExpression): Ask<void> {
  if (pass.file.isTest) return;
  if (yield* checkFailing(pass, call)) return;
  if (yield* checkDropped(pass, call)) return;
  if (yield* checkForgotten(pass, call)) return;
  if (yield* checkCompared(pass, call)) return;
  if (yield* checkComputed(pass, call)) return;
  if (yield* checkInScope(pass, call)) return;
  yield* checkNever(pass, call);
}
