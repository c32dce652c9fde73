/** Reports positions and orders that are used as if they were yes or no. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  enclosingFunction,
  isGlobal,
  isSameReference,
  isUncertain,
  literalValue,
  nodesOf,
  PREDICATE_METHODS,
  quoted,
  returnedBy,
  valuesOf,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isConditionalExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  SyntaxKind,
  type CallExpression,
  type Node,
} from "@review/program/syntax";
import { comparisonFixes } from "./comparison-fixes.ts";
import { holderOf } from "./holder.ts";
import { answerOf, answerOfName, isCandidate, type Answer } from "./tables.ts";
import { isFirstChoice, isUnderNot, testOf, testsOfLocal, type DirectTest, type Test } from "./tests.ts";

const rule: Rule = defineRule({
  id: "index-as-boolean",
  summary: "The position that `indexOf` or its like answers is used as a condition.",
  category: "conditions",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Compare the position with -1, or ask `includes` or `some`.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const method = asMethodCall(call);
      if (!method || !isCandidate(method.name)) return;
      const tests = yield* testsOf(pass, call);
      if (tests.length === 0) return;
      const builtin = yield* builtinOf(pass.checker, method.object);
      const isUntyped = builtin === undefined && pass.file.isJavaScript && (yield* isUnknown(pass, method.object));
      const answer = isUntyped ? answerOfName(method.name) : answerOf(builtin ?? "", method.name);
      if (!answer) return;
      const isMisread = (test: Test): boolean =>
        answer === "order" ? isOrderMisread(test, call) : isPositionMisread(test, isUntyped || builtin === "String");
      for (const test of tests) if (isMisread(test)) report(pass, call, test, answer);
    },
  }),
});
export default rule;

function* isUnknown({ checker }: Pass, node: Node): Ask<boolean> {
  return isUncertain(yield* checker.typeOf(node));
}

/** The places where the truth of a call's result counts, directly or through a variable that holds nothing else. */
function* testsOf(pass: Pass, call: CallExpression): Ask<readonly Test[]> {
  const direct = testOf(call);
  if (direct) return (yield* isAskedForTruth(pass, direct)) ? [direct] : [];
  const local = yield* holderOf(pass.checker, call);
  if (!local) return [];
  const asked: Test[] = [];
  for (const test of yield* testsOfLocal(pass.checker, local)) {
    if (yield* isAskedForTruth(pass, test)) asked.push(test);
  }
  return asked;
}

function* isAskedForTruth(pass: Pass, test: DirectTest): Ask<boolean> {
  if (test.kind === "condition") return true;
  if (test.kind === "returned") return yield* isPredicate(pass, test.from);
  return isIdentifier(test.callee) && (yield* isGlobal(pass.checker, test.callee, "Boolean"));
}

/** Whether a function is written where an array asks for yes or no. */
function* isPredicate({ checker }: Pass, fn: Node): Ask<boolean> {
  const call = fn.parent as CallExpression;
  const method = call.kind === SyntaxKind.CallExpression && call.arguments[0] === fn ? asMethodCall(call) : undefined;
  if (!method || !PREDICATE_METHODS.has(method.name)) return false;
  const builtin = yield* builtinOf(checker, method.object);
  return builtin !== undefined && builtin.endsWith("Array");
}

/**
 * Whether a position's truth can be an error: `!text.indexOf("a")` is an old way to write `startsWith`, and `i || 0`
 * changes nothing.
 */
function isPositionMisread({ at }: Test, isText: boolean): boolean {
  if (isUnderNot(at)) return !isText || isUnderNot(wrapped(at).parent);
  const { parent } = wrapped(at);
  if (isConditionalExpression(parent) && looksBefore(parent.whenTrue, at)) return false;
  return !(isFirstChoice(at) && isBinaryExpression(parent) && literalValue(parent.right) === 0);
}

/** `at ? steps[at - 1] : 1`: what is asked is whether there is one before it. */
function looksBefore(branch: Node, at: Node): boolean {
  for (const node of nodesOf(branch)) {
    if (!isBinaryExpression(node) || node.operatorToken.kind !== SyntaxKind.MinusToken) continue;
    if (isSameReference(node.left, at) && literalValue(node.right) === 1) return true;
  }
  return false;
}

/**
 * Whether somebody took an order for a match. `!a.localeCompare(b)` knows that 0 means equal, and a comparator tests
 * the first order only to go on to the next.
 */
function isOrderMisread(test: Test, call: CallExpression): boolean {
  if (test.through || isUnderNot(test.at) || isFirstChoice(test.at)) return false;
  const owner = enclosingFunction(call);
  if (!owner || !isFunctionLikeDeclaration(owner)) return true;
  const results = returnedBy(owner).flatMap(valuesOf);
  return !results.some(value => value !== call && value.getText().includes("localeCompare"));
}

function report(pass: Pass, call: CallExpression, test: Test, answer: Answer): void {
  const { sourceFile } = pass.file;
  const name = quoted(test.at, sourceFile);
  const message =
    answer === "order"
      ? `${name} is truthy where the texts differ and falsy where they are equal: it answers an order, not a match.`
      : `${name} is truthy for -1 (nothing is found) and falsy for 0 (found at the start), so it does not say whether it is found.`;
  pass.report(test.at, {
    message: fitting(message),
    evidence: test.through ? [{ at: call, message: "The position comes from here." }] : [],
    fixes: answer === "order" ? [] : comparisonFixes(pass, call, test),
  });
}

function fitting(message: string): string {
  return message.length <= 160 ? message : message.replace(", so it does not say whether it is found", "");
}
