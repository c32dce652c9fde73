/** Reports arguments of builtins that have the wrong kind, or stand in the wrong place. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  isGlobal,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isIdentifier,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type NewExpression,
  type SourceFile,
} from "@review/program/syntax";
import { GLOBALS, METHODS, type MethodChecks } from "./checks.ts";
import { checkDates } from "./dates.ts";
import type { Fault } from "./fault.ts";
import { checkSurplus } from "./surplus.ts";

const rule: Rule = defineRule({
  id: "wrong-builtin-argument",
  summary: "An argument of a builtin function has a kind, or a place, that the function does something else with.",
  category: "calls",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Pass what the function takes, in its place.",
  listen: pass => ({
    [SyntaxKind.SourceFile]: (_: SourceFile) => checkSurplus(pass),
    [SyntaxKind.CallExpression](call: CallExpression) {
      if (call.arguments.length === 0 || call.arguments.some(isSpreadElement)) return undefined;
      return checkCall(pass, call);
    },
    [SyntaxKind.NewExpression]: (node: NewExpression) => checkDates(pass, node),
  }),
});
export default rule;

function* checkCall(pass: Pass, call: CallExpression): Ask<void> {
  const method = asMethodCall(call);
  if (!method) return;
  const owner = unwrapped(method.object);
  const ofGlobal = isIdentifier(owner) ? GLOBALS.get(`${owner.text}.${method.name}`) : undefined;
  if (ofGlobal && isIdentifier(owner)) {
    const fault = yield* ofGlobal(pass, call);
    if (fault && (yield* isGlobal(pass.checker, owner, owner.text))) report(pass, fault);
    return;
  }
  yield* checkMethod(pass, call, METHODS.get(method.name));
}

function* checkMethod(pass: Pass, call: CallExpression, found: readonly MethodChecks[] | undefined): Ask<void> {
  const method = asMethodCall(call);
  for (const { owners, checks } of found ?? []) {
    for (const check of checks) {
      const fault = yield* check(pass, call);
      if (!fault || !method || !owners.has((yield* builtinOf(pass.checker, method.object)) ?? "")) continue;
      report(pass, fault);
      return;
    }
  }
}

function report(pass: Pass, { at, message, fixes, repair }: Fault): void {
  pass.report(at, {
    message,
    evidence: [{ at, message: "This is the argument." }],
    ...(fixes && { fixes }),
    ...(repair !== undefined && { repair }),
  });
}
