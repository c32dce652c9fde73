/** Reports promises that are handed to a function which looks at them as if they were what they resolve to. */
import {
  asFixedLocal,
  canAwait,
  defineRule,
  isNullish,
  isUncertain,
  quoted,
  thenableParts,
  unwrapped,
  type Ask,
  type Callable,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";

import { TypeFlags, type Type } from "@review/program";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "await-lost-in-helper",
  summary: "A promise is handed to a function that tests, compares, spreads or prints it, and never waits for it.",
  category: "promises",
  severity: "error",
  preset: "preview",
  since: "0.1.0",
  repair: "Await the promise before it is handed over, or have the function wait for it.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      for (const [position, argument] of call.arguments.entries()) {
        if (isSpreadElement(argument)) return;
        if (mayBePromise(pass, argument)) yield* check(pass, call, argument, position);
      }
    },
  }),
});
export default rule;

/** Asking about every argument would double the questions: calls, and names of what a call gave. */
function mayBePromise(pass: Pass, argument: Expression): boolean {
  const value = unwrapped(argument);
  if (isCallExpression(value) || isNewExpression(value)) return true;
  if (!isIdentifier(value)) return false;
  const [declared] = pass.scopes().variableOf(value)?.declarations ?? [];
  const local = declared && asFixedLocal(declared.parent);
  const made = local && unwrapped(local.value);
  return made !== undefined && (isCallExpression(made) || isNewExpression(made));
}

function* check(pass: Pass, call: CallExpression, argument: Expression, position: number): Ask<void> {
  const type = yield* pass.checker.typeOf(argument);
  if (!(yield* isOnlyPromise(pass, type))) return;
  const callee = yield* pass.summaries.calleeOf(call);
  if (callee.kind !== "function" || callee.overridden !== undefined) return;
  if (!(yield* takesAnything(pass, callee.fn, position)) || (yield* isKept(pass, callee.fn, position))) return;
  for (const [use, verb] of USES) {
    const answer = yield* pass.summaries.askParameter(callee.fn, position, use);
    if (answer.verdict !== "yes") continue;
    const { sourceFile } = pass.file;
    pass.report(argument, {
      message: `${quoted(call.expression, sourceFile)} ${verb} the promise ${quoted(argument, sourceFile)}, and never waits for it.`,
      evidence: [
        { at: argument, message: `This is of type \`${yield* pass.checker.textOf(type)}\`.` },
        ...pass.summaries.evidenceOf(answer),
      ],
      fixes: canAwait(call) ? [awaited(argument)] : [],
    });
    return;
  }
}

const USES = [
  ["tested", "tests"],
  ["stringified", "makes text of"],
  ["spread", "spreads"],
  ["compared", "compares"],
] as const;

/** Where it may also be missing, or be the value itself, the function may be there to ask just that. */
function* isOnlyPromise({ checker }: Pass, type: Type): Ask<boolean> {
  if (isUncertain(type)) return false;
  const parts = yield* checker.partsOf(type);
  return !parts.some(isNullish) && (yield* thenableParts(checker, type)).length === parts.length;
}

/** Whether the parameter says nothing of promises: `any`, `unknown`, a type parameter, or no type. */
function* takesAnything({ checker }: Pass, fn: Callable, position: number): Ask<boolean> {
  const parameter = isFunctionLikeDeclaration(fn) ? fn.parameters[position] : undefined;
  if (!parameter || parameter.dotDotDotToken) return false;
  if (!parameter.type) return true;
  const { flags } = yield* checker.typeOf(parameter.name);
  return (flags & (TypeFlags.AnyOrUnknown | TypeFlags.TypeParameter | TypeFlags.NonPrimitive)) !== 0;
}

/** Whether the function waits for what it is given, hands it on to somebody who may, or asks whether it is a promise. */
function* isKept({ summaries }: Pass, fn: Callable, position: number): Ask<boolean> {
  if (/\bthen\b|[pP]romise|[tT]henable/.test(fn.getText())) return true;
  for (const use of ["awaited", "returned", "stored", "called"] as const) {
    if ((yield* summaries.askParameter(fn, position, use)).verdict !== "no") return true;
  }
  return false;
}

function awaited(argument: Expression): ReportedFix {
  const start = argument.getStart();
  return { title: "Add `await`", safety: "suggested", edits: [{ at: { start, end: start }, text: "await " }] };
}
