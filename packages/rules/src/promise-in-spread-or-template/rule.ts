/** Reports a promise that is spread or put into a template: the values and the text are in what it resolves to. */
import {
  asMethodCall,
  canAwait,
  defineRule,
  fixedLocalOf,
  isGlobal,
  isGuess,
  isPlainPromise,
  isUncertain,
  quoted,
  valuesOf,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isCallExpression,
  isObjectLiteralExpression,
  isSpreadElement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type JsxSpreadAttribute,
  type SpreadAssignment,
  type SpreadElement,
  type TemplateExpression,
} from "@review/program/syntax";
import { accumulatorOf } from "./accumulators.ts";

const rule: Rule = defineRule({
  id: "promise-in-spread-or-template",
  summary: "A promise is spread or stands in a template, which get nothing of what it resolves to.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Await the promise first: `...(await promise)`, `${await promise}`.",
  listen: pass => ({
    *[SyntaxKind.SpreadAssignment](node: SpreadAssignment) {
      yield* check(pass, node.expression, INTO_OBJECT);
    },
    *[SyntaxKind.JsxSpreadAttribute](node: JsxSpreadAttribute) {
      yield* check(pass, node.expression, INTO_OBJECT);
    },
    *[SyntaxKind.SpreadElement](node: SpreadElement) {
      yield* check(pass, node.expression, "spreading a promise throws: it has no elements");
    },
    *[SyntaxKind.TemplateExpression](node: TemplateExpression) {
      // What a test makes of a promise is what it expects, and a tag gets the promise as it is.
      if (pass.file.isTest || node.parent.kind === SyntaxKind.TaggedTemplateExpression) return;
      for (const { expression } of node.templateSpans) yield* check(pass, expression, INTO_TEXT);
    },
    *[SyntaxKind.CallExpression](node: CallExpression) {
      for (const source of yield* assignedBy(pass, node)) yield* check(pass, source, "nothing is copied of a promise");
    },
  }),
});
export default rule;

const INTO_OBJECT = "spreading a promise adds nothing: it has no properties of its own";

const INTO_TEXT = "its text reads `[object Promise]`";

/** The sources of an `Object.assign`. */
function* assignedBy({ checker }: Pass, call: CallExpression): Ask<readonly Expression[]> {
  const method = asMethodCall(call);
  if (method?.name !== "assign" || !(yield* isGlobal(checker, method.object, "Object"))) return [];
  return call.arguments.slice(1).filter(argument => !isSpreadElement(argument));
}

/** Subclasses, and promises that are something else as well, may have properties of their own. */
function* check(pass: Pass, source: Expression, effect: string): Ask<void> {
  const { checker, file } = pass;
  for (const value of valuesOf(source)) {
    if (isAwaitExpression(value) || isObjectLiteralExpression(value) || isArrayLiteralExpression(value)) continue;
    const type = yield* checker.typeOf(value);
    if (isUncertain(type)) checkAccumulator(pass, value, effect);
    if (!(yield* isPlainPromise(checker, type))) continue;
    if (file.isJavaScript && ((yield* isGuess(checker, value)) || (yield* isLent(checker, value)))) continue;
    pass.report(value, {
      message: `${quoted(value, file.sourceFile)} is a promise, and ${effect}.`,
      evidence: [{ at: value, message: `This is a \`${yield* checker.textOf(type)}\`.` }],
      fixes: fixesFor(pass, value),
    });
  }
}

function checkAccumulator(pass: Pass, value: Expression, effect: string): void {
  const parameter = accumulatorOf(pass, value);
  if (!parameter) return;
  pass.report(value, {
    message: `${quoted(value, pass.file.sourceFile)} is a promise, and ${effect}.`,
    evidence: [{ at: parameter, message: "The reducer is async, so that it gets the promise of its last round here." }],
    fixes: fixesFor(pass, value),
  });
}

/** In JavaScript a function may have a `call` of its own, which its type does not show. */
function* isLent(checker: TypeChecker, value: Expression): Ask<boolean> {
  const made = (yield* fixedLocalOf(checker, value))?.value ?? value;
  const name = isCallExpression(made) ? asMethodCall(made)?.name : undefined;
  return name === "call" || name === "apply";
}

function fixesFor({ file }: Pass, value: Expression): readonly ReportedFix[] {
  if (!canAwait(value)) return [];
  const awaited = `await ${value.getText(file.sourceFile)}`;
  const text = value.parent.kind === SyntaxKind.TemplateSpan ? awaited : `(${awaited})`;
  const edits = [{ at: value, text }];
  return [{ title: "Await the promise", safety: "suggested", edits }];
}
