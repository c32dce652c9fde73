/** Reports calls of functions without effects whose results are dropped: nothing has happened. */
import {
  asMethodCall,
  defineRule,
  discardedIn,
  isErrorClass,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type PathStep,
  type Rule,
} from "@review/analysis";
import {
  isAwaitExpression,
  isCallExpression,
  isJsxElement,
  isJsxFragment,
  isJsxSelfClosingElement,
  isNewExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type ExpressionStatement,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import { isAskedForItsEffect } from "./asked.ts";
import { assignment } from "./assignment.ts";
import { knownLoss } from "./known.ts";
import { ownLoss } from "./own.ts";
import { untypedLoss } from "./untyped.ts";

const rule: Rule = defineRule({
  id: "discarded-pure-result",
  summary: "The result of a function that does nothing else is dropped.",
  category: "calls",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Use the result: assign, return or pass it. If the call was to change something, call the function that does.",
  listen: pass => ({
    *[SyntaxKind.ExpressionStatement](statement: ExpressionStatement) {
      checkElement(pass, statement.expression);
      for (const value of discardedIn(statement.expression)) yield* check(pass, value);
    },
  }),
});
export default rule;

/** `render() { <div />; }`: the `return` is missing. */
function checkElement(pass: Pass, value: Expression): void {
  const element = unwrapped(value);
  if (!isJsxElement(element) && !isJsxSelfClosingElement(element) && !isJsxFragment(element)) return;
  if (pass.file.isTest) return;
  const at = { start: value.getStart(), end: value.getStart() };
  pass.report(element, {
    message: "This element is made and dropped: nothing is shown of it.",
    evidence: [{ at: element, message: "Nobody takes it." }],
    repair: "Return the element.",
    fixes: [{ title: "Return it", safety: "suggested", edits: [{ at, text: "return " }] }],
  });
}

/** Why a call is known to do nothing. */
export interface Loss {
  /** What is said of the call: "gives a new string and leaves the old one alone". */
  readonly because: string;
  readonly evidence: readonly PathStep[];
}

export type PlainCall = CallExpression | NewExpression;

function* check(pass: Pass, value: Expression): Ask<void> {
  const call = plainCallIn(value);
  if (!call || isAskedForItsEffect(pass, call)) return;
  const isWaitedFor = unwrapped(value) !== call;
  const known = isWaitedFor ? undefined : ((yield* knownLoss(pass, call)) ?? (yield* untypedLoss(pass, call)));
  const loss = known ?? (yield* ownLoss(pass, call, isWaitedFor));
  // An error that is made and dropped is another rule's.
  if (!loss || (yield* isErrorClass(pass.checker, yield* pass.checker.typeOf(call)))) return;
  const fix = isCallExpression(call) ? yield* assignment(pass, call) : undefined;
  pass.report(call, {
    message: `The result of ${quoted(nameOf(call), pass.file.sourceFile)} is dropped, and the call ${loss.because}.`,
    evidence: [...loss.evidence, { at: call, message: "Nobody takes what it gives." }],
    fixes: fix ? [fix] : [],
  });
}

function plainCallIn(value: Expression): PlainCall | undefined {
  const bare = unwrapped(value);
  const call = isAwaitExpression(bare) ? unwrapped(bare.expression) : bare;
  return isCallExpression(call) || isNewExpression(call) ? call : undefined;
}

/** Of a method, object and name say enough; of a long chain, only the name does. */
function nameOf(call: PlainCall): Node {
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  return method && call.expression.getText().length > 40
    ? ((unwrapped(call.expression) as Node & { name?: Node }).name ?? call)
    : call.expression;
}
