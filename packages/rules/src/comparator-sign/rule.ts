/** Reports comparators whose answers cannot put elements in order. */
import {
  asMethodCall,
  COMPARISONS,
  defineRule,
  functionOf,
  isArraySort,
  isAsync,
  isUncertain,
  mentions,
  quoted,
  returnedBy,
  unwrapped,
  valuesOf,
  type Ask,
  type Pass,
  type Report,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import {
  isArrowFunction,
  isBinaryExpression,
  isFunctionExpression,
  isIdentifier,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
  type SourceFile,
} from "@review/program/syntax";
import { orderFixes } from "./order-fixes.ts";
import { oneSidedTest } from "./one-sided.ts";
import { ignoredParameter, isRandom, selfComparison } from "./parameters.ts";
import { isBoolean, NEGATIVE, POSITIVE, signsOf, ZERO } from "./signs.ts";

const rule: Rule = defineRule({
  id: "comparator-sign",
  summary: "A sort's comparator cannot say which of two elements comes first.",
  category: "collections",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Answer a negative number where the first element comes first, a positive one where it comes second, 0 where both are equal: `a - b`, or `a.localeCompare(b)` for texts.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const [comparator] = call.arguments;
      if (!comparator || !((yield* isArraySort(pass.checker, call)) || (yield* isUntypedSort(pass, call)))) return;
      for (const value of valuesOf(comparator)) yield* check(pass, value);
    },
  }),
});
export default rule;

/** `rows.sort((a, b) => a > b)` of what JavaScript does not tell the type of: whatever sorts by two takes an order. */
function* isUntypedSort({ checker, file }: Pass, call: CallExpression): Ask<boolean> {
  const method = asMethodCall(call);
  const [comparator, more] = call.arguments;
  if (!file.isJavaScript || !method || more || !comparator || !/^(?:sort|toSorted)$/.test(method.name)) return false;
  const fn = unwrapped(comparator);
  if ((!isArrowFunction(fn) && !isFunctionExpression(fn)) || fn.parameters.length !== 2) return false;
  if (!isUncertain(yield* checker.typeOf(method.object))) return false;
  const returned = returnedBy(fn);
  return returned.length > 0 && returned.every(value => isComparisonOfBoth(unwrapped(value), fn));
}

function isComparisonOfBoth(value: Node, fn: FunctionLikeDeclaration): boolean {
  if (!isBinaryExpression(value) || !COMPARISONS.has(value.operatorToken.kind)) return false;
  return fn.parameters.every(({ name }) => isIdentifier(name) && mentions(value, name.text));
}

function* check(pass: Pass, comparator: Expression): Ask<void> {
  const fn = yield* functionOf(pass.checker, comparator);
  if (!fn || isAsync(fn) || fn.asteriskToken) return;
  const signs = yield* signsOfAll(pass.checker, returnedBy(fn));
  // A comparator without parameters that answers 0 keeps the order, and says so.
  if (signs === 0 || (signs === ZERO && fn.parameters.length === 0)) return;
  const report = (yield* isRandom(pass.checker, fn)) ? SHUFFLE : yield* mistakeOf(pass, fn, signs);
  if (!report) return;
  const fixes = hasBothSigns(signs) || fn !== comparator ? [] : yield* orderFixes(pass, fn);
  pass.report(comparator, { ...report, fixes });
}

function* mistakeOf({ checker, file }: Pass, fn: FunctionLikeDeclaration, signs: number): Ask<Report | undefined> {
  return hasBothSigns(signs)
    ? parameterMistake(fn, file.sourceFile)
    : yield* missingSign(checker, returnedBy(fn), signs);
}

function hasBothSigns(signs: number): boolean {
  return (signs & NEGATIVE) !== 0 && (signs & POSITIVE) !== 0;
}

const SHUFFLE: Report = {
  message: "A sort with random answers does not shuffle evenly: some orders come up far more often than others.",
  repair: "Shuffle as Fisher and Yates do: swap each element with one at a random place up to its own.",
};

function* signsOfAll(checker: TypeChecker, returned: readonly Expression[]): Ask<number> {
  let signs = 0;
  for (const expression of returned) {
    signs |= yield* signsOf(checker, expression);
    if (hasBothSigns(signs)) break;
  }
  return signs;
}

/** What is wrong with a comparator whose results lack a sign. */
function* missingSign(checker: TypeChecker, returned: readonly Expression[], signs: number): Ask<Report> {
  const lacking = signs & NEGATIVE ? "positive" : "negative";
  const evidence = returned.map(at => ({ at, message: `This is never ${lacking}.` }));
  if (signs === ZERO) return { message: "This comparator answers nothing but 0, so that nothing is sorted.", evidence };
  for (const expression of lacking === "negative" ? returned : []) {
    if (yield* isBoolean(checker, expression)) {
      return {
        message:
          "This comparator returns a boolean, which counts as 1 or 0: it never says that the first element comes first.",
        evidence,
      };
    }
  }
  const place = lacking === "positive" ? "after" : "before";
  return {
    message: `This comparator never returns a ${lacking} number: it cannot say that the first element comes ${place} the second.`,
    evidence,
  };
}

/** What the use of a comparator's parameters says against it. */
function parameterMistake(fn: FunctionLikeDeclaration, sourceFile: SourceFile): Report | undefined {
  const self = selfComparison(fn, sourceFile);
  if (self) {
    const message = `${quoted(self, sourceFile)} compares an element with itself, so it says nothing about two of them.`;
    return { message, evidence: [{ at: self, message: "Both sides are the same." }] };
  }
  const oneSided = oneSidedTest(fn, sourceFile);
  if (oneSided) {
    return {
      message: `${quoted(oneSided, sourceFile)} puts the first element before the second, and nothing says the same when the two come the other way round.`,
      evidence: [{ at: oneSided, message: "What this asks for, nothing asks for with both elements exchanged." }],
      repair: "Answer the opposite where the second element has what is asked for here, and the first has not.",
    };
  }
  const ignored = ignoredParameter(fn);
  if (ignored === undefined) return undefined;
  const which = ignored === "" ? "looks at one element only" : `ignores \`${ignored}\``;
  return { message: `This comparator ${which}: it can say of two elements that each comes before the other.` };
}
