/** What conversions and searches give where they fail, which is neither null nor undefined. */
import { asMethodCall, builtinOf, INDEX_SEARCHES, isGlobal, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  NodeFlags,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

/** A value that stands for failure. */
export interface Failure {
  /** "NaN where there is no number" */
  readonly text: string;
  readonly repair: string;
}

const NAN: Failure = {
  text: "NaN where there is no number",
  repair: "Ask `Number.isNaN`, or give the default to what is converted: `Number(text ?? 10)`.",
};
const NOT_FOUND: Failure = { text: "-1 where nothing is found", repair: "Compare with -1." };
const NO_DATE: Failure = {
  text: "an invalid date where there is no date",
  repair: "Ask `Number.isNaN(date.getTime())`, or give the default to what is converted.",
};

/** The failure of a conversion or a search; undefined for any other value, and for one that a `?.` may leave out. */
export function* failureOf(pass: Pass, node: Expression): Ask<Failure | undefined> {
  const value = unwrapped(node);
  if (value.flags & NodeFlags.OptionalChain) return undefined;
  if (isPrefixUnaryExpression(value)) return value.operator === SyntaxKind.PlusToken ? NAN : undefined;
  if (isNewExpression(value)) return (yield* isDateOfOne(pass, value)) ? NO_DATE : undefined;
  if (!isCallExpression(value)) return undefined;
  const { expression } = value;
  const callee = unwrapped(expression);
  if (isIdentifier(callee)) {
    return CONVERSIONS.has(callee.text) && (yield* isGlobal(pass.checker, callee, callee.text)) ? NAN : undefined;
  }
  return yield* failureOfMethod(pass, value);
}

const CONVERSIONS: ReadonlySet<string> = new Set(["Number", "parseInt", "parseFloat"]);

function* isDateOfOne({ checker }: Pass, { expression, arguments: given }: NewExpression): Ask<boolean> {
  const [first, more] = given ?? [];
  if (!first || more || isSpreadElement(first)) return false;
  return yield* isGlobal(checker, expression, "Date");
}

function* failureOfMethod({ checker }: Pass, call: CallExpression): Ask<Failure | undefined> {
  const method = asMethodCall(call);
  if (!method) return undefined;
  if (PARSERS.has(method.name)) return (yield* isOwner(checker, method.object, method.name)) ? NAN : undefined;
  if (!SEARCHES.has(method.name)) return undefined;
  const owner = yield* builtinOf(checker, method.object);
  return owner !== undefined && SEARCHED.test(owner) ? NOT_FOUND : undefined;
}

/** `Number.parseInt`, `Date.parse`. */
function* isOwner(checker: Pass["checker"], object: Node, name: string): Ask<boolean> {
  return yield* isGlobal(checker, object, name === "parse" ? "Date" : "Number");
}

const PARSERS: ReadonlySet<string> = new Set(["parseInt", "parseFloat", "parse"]);
const SEARCHES: ReadonlySet<string> = new Set([...INDEX_SEARCHES, "search"]);
const SEARCHED = /^(?:String|(?:Readonly)?Array|\w+Array)$/;

/** The one thing that is converted, where a default may go: `Number(text)`. */
export function convertedBy(node: Expression): Expression | undefined {
  const call = unwrapped(node);
  if (!isCallExpression(call) || isPropertyAccessExpression(unwrapped(call.expression))) return undefined;
  const [first, more] = call.arguments;
  return first && !more && !isSpreadElement(first) && call.expression.getText() === "Number" ? first : undefined;
}
