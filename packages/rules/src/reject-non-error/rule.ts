/** Reports a promise that is rejected with text, a number, a plain object or nothing: with what is no error. */
import {
  defineRule,
  lackOf,
  nonErrorKind,
  quoted,
  unwrapped,
  valuesOf,
  wrapped,
  type Ask,
  type Pass,
  type Report,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
} from "@review/program/syntax";
import { isRejection } from "./rejections.ts";

const rule: Rule = defineRule({
  id: "reject-non-error",
  summary:
    "A promise is rejected with what is no error: it has no stack, and handlers that read `message` find nothing.",
  category: "errors",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Reject with an `Error`, or a class that extends it, with the text as its message and further data as properties.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      // Tests reject with anything, to see how it is handled.
      if (pass.file.isTest || !(yield* isRejection(pass.checker, call))) return;
      const [reason] = call.arguments;
      if (!reason && isCaughtUnread(call)) return;
      if (!reason) pass.report(call, ofNothing(call));
      else if (!isSpreadElement(reason)) for (const value of valuesOf(reason)) yield* check(pass, value, reason);
    },
  }),
});
export default rule;

/** `Promise.reject().catch(() => {})` */
function isCaughtUnread(call: CallExpression): boolean {
  const { parent } = wrapped(call);
  const chain = wrapped(parent).parent;
  if (!isPropertyAccessExpression(parent) || parent.name.text !== "catch" || !isCallExpression(chain)) return false;
  const handler = chain.arguments[0] && unwrapped(chain.arguments[0]);
  return handler !== undefined && isFunctionLikeDeclaration(handler) && handler.parameters.length === 0;
}

function ofNothing(call: CallExpression): Report {
  return {
    message: "This rejects with `undefined`: handlers that read its `message` throw themselves, and nothing says why.",
    evidence: [{ at: call.expression, message: "This rejects the promise." }],
  };
}

function* check(pass: Pass, value: Expression, reason: Expression): Ask<void> {
  const { checker, file } = pass;
  const isMissing = (isIdentifier(value) && value.text === "undefined") || value.kind === SyntaxKind.VoidExpression;
  const what = isMissing ? "nothing" : yield* nonErrorKind(checker, value);
  if (what === undefined) return;
  const name = quoted(value, file.sourceFile);
  pass.report(value, {
    message:
      what === "a class"
        ? `The class ${name} itself is the reason of this rejection: \`new\` is missing.`
        : `${name} is ${what} and no error: whoever catches it finds ${lackOf(value)}.`,
    evidence: [{ at: value, message: `This is of type \`${yield* checker.textOf(yield* checker.typeOf(value))}\`.` }],
    fixes: fixesFor(value, reason, what),
  });
}

function fixesFor(value: Expression, reason: Expression, what: string): readonly ReportedFix[] {
  if (value !== reason) return [];
  const start = { start: value.getStart(), end: value.getStart() };
  const end = { start: value.end, end: value.end };
  if (what === "a class" && isIdentifier(value)) {
    const edits = [
      { at: start, text: "new " },
      { at: end, text: "()" },
    ];
    return [{ title: "Make an instance", safety: "suggested", edits }];
  }
  if (what !== "a string") return [];
  const edits = [
    { at: start, text: "new Error(" },
    { at: end, text: ")" },
  ];
  return [{ title: "Reject with an `Error` with this message", safety: "suggested", edits }];
}
