/** Reports a promise that is spread: what comes out is nothing, since the values are in what it resolves to. */
import {
  asMethodCall,
  canAwait,
  defineRule,
  fixedLocalOf,
  isGlobal,
  isGuess,
  isOnlyBuiltin,
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
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "promise-in-spread-or-template",
  summary: "A promise is spread, which copies nothing of what it resolves to.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Await the promise first: `...(await promise)`.",
  listen: pass => ({
    [SyntaxKind.SpreadAssignment]: (node: SpreadAssignment) => check(pass, node.expression, INTO_OBJECT),
    [SyntaxKind.JsxSpreadAttribute]: (node: JsxSpreadAttribute) => check(pass, node.expression, INTO_OBJECT),
    [SyntaxKind.SpreadElement]: (node: SpreadElement) =>
      check(pass, node.expression, "spreading a promise throws: it has no elements"),
    *[SyntaxKind.CallExpression](node: CallExpression) {
      for (const source of yield* assignedBy(pass, node)) yield* check(pass, source, "nothing is copied of a promise");
    },
  }),
});
export default rule;

const INTO_OBJECT = "spreading a promise adds nothing: it has no properties of its own";

/** The sources of an `Object.assign`. */
function* assignedBy({ checker }: Pass, call: CallExpression): Ask<readonly Expression[]> {
  const method = asMethodCall(call);
  if (method?.name !== "assign" || !(yield* isGlobal(checker, method.object, "Object"))) return [];
  return call.arguments.slice(1).filter(argument => !isSpreadElement(argument));
}

const PROMISES: ReadonlySet<string> = new Set(["Promise", "PromiseLike"]);

/** Subclasses, and promises that are something else as well, may have properties of their own. */
function* check(pass: Pass, spread: Expression, effect: string): Ask<void> {
  const { checker, file } = pass;
  for (const value of valuesOf(spread)) {
    if (isAwaitExpression(value) || isObjectLiteralExpression(value) || isArrayLiteralExpression(value)) continue;
    const type = yield* checker.typeOf(value);
    if (!(yield* isOnlyBuiltin(checker, type, PROMISES))) continue;
    if (file.isJavaScript && ((yield* isGuess(checker, value)) || (yield* isLent(checker, value)))) continue;
    pass.report(value, {
      message: `${quoted(value, file.sourceFile)} is a promise, and ${effect}.`,
      evidence: [{ at: value, message: `This is a \`${yield* checker.textOf(type)}\`.` }],
      fixes: fixesFor(pass, value),
    });
  }
}

/** In JavaScript a function may have a `call` of its own, which its type does not show. */
function* isLent(checker: TypeChecker, value: Expression): Ask<boolean> {
  const made = (yield* fixedLocalOf(checker, value))?.value ?? value;
  const name = isCallExpression(made) ? asMethodCall(made)?.name : undefined;
  return name === "call" || name === "apply";
}

function fixesFor({ file }: Pass, value: Expression): readonly ReportedFix[] {
  if (!canAwait(value)) return [];
  const edits = [{ at: value, text: `(await ${value.getText(file.sourceFile)})` }];
  return [{ title: "Await the promise", safety: "suggested", edits }];
}
