/** Reports indices that a remainder makes negative: in JavaScript `-1 % 3` is -1, and no element has that index. */
import {
  builtinOf,
  defineRule,
  isSameReference,
  literalValue,
  originsOf,
  quoted,
  rangeOf,
  TYPED_ARRAYS,
  unwrapped,
  wrapped,
  type Ask,
  type Origin,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type ElementAccessExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { isKeptPositive } from "./guards.ts";

const rule: Rule = defineRule({
  id: "negative-modulo-index",
  summary: "The remainder of a difference is used as an index, and is negative whenever the difference is.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Add the divisor before the remainder is taken: `xs[(i - 1 + xs.length) % xs.length]`, or use `xs.at(…)`.",
  listen: pass => ({
    [SyntaxKind.ElementAccessExpression]: (node: ElementAccessExpression) =>
      mayBeRemainder(pass, node.argumentExpression) && !hasFallback(node) ? check(pass, node) : undefined,
  }),
});
export default rule;

/** `suffixes[(day - 20) % 10] || suffixes[day]` counts on there being no such element, and takes another. */
function hasFallback(element: ElementAccessExpression): boolean {
  const outer = wrapped(element);
  const { parent } = outer;
  if (!isBinaryExpression(parent) || parent.left !== outer) return false;
  const next = unwrapped(parent.right);
  return isElementAccessExpression(next) && isSameReference(next.expression, element.expression);
}

/** Counters of loops are most of all indices, and following them would cost much. */
function mayBeRemainder(pass: Pass, index: Node): boolean {
  const value = unwrapped(index);
  if (isCallExpression(value) || asRemainder(value)) return true;
  const variable = isIdentifier(value) ? pass.scopes().variableOf(value) : undefined;
  return (
    variable?.declarations.some(name => isGivenRemainder(name)) === true ||
    variable?.references.some(({ node, isWritten }) => isWritten && isGivenRemainder(node)) === true
  );
}

/** Whether a name is given a remainder, or the result of a call, which may be one. */
function isGivenRemainder(name: Node): boolean {
  const { parent } = wrapped(name);
  const value = isVariableDeclaration(parent)
    ? parent.initializer
    : isBinaryExpression(parent)
      ? parent.right
      : undefined;
  const given = value && unwrapped(value);
  return given !== undefined && (isCallExpression(given) || asRemainder(given) !== undefined);
}

const INDEXED: ReadonlySet<string> = new Set(["Array", "ReadonlyArray", "String", "Buffer", ...TYPED_ARRAYS]);

function* check(pass: Pass, node: ElementAccessExpression): Ask<void> {
  const { checker, file } = pass;
  const origin = yield* remainderIn(pass, node.argumentExpression);
  if (!origin) return;
  const { remainder } = origin;
  const cause = yield* negativeIn(pass, remainder);
  if (
    !cause ||
    isKeptPositive(remainder, cause, node) ||
    !INDEXED.has((yield* builtinOf(checker, node.expression)) ?? "")
  )
    return;
  pass.report(node.argumentExpression, {
    message: `${quoted(remainder, file.sourceFile)} is negative when ${quoted(cause, file.sourceFile)} is, and there is no element at a negative index.`,
    evidence: [
      { at: cause, message: `${quoted(cause, file.sourceFile)} may be less than 0.` },
      { at: remainder, message: "A remainder has the sign of what is divided." },
      ...origin.way,
    ],
    repair: `Write \`(${cause.getText()} + n) % n\` with the divisor for n, or read the element with \`.at(…)\`.`,
  });
}

type Found = Pick<Origin, "way"> & { readonly remainder: BinaryExpression };

function* remainderIn(pass: Pass, index: Expression): Ask<Found | undefined> {
  const own = asRemainder(index);
  if (own) return { remainder: own, way: [] };
  const origins = (yield* originsOf(pass, index)) ?? [];
  const [only] = origins;
  const remainder = origins.length === 1 && only ? asRemainder(only.value) : undefined;
  return only && remainder && { remainder, way: only.way };
}

function asRemainder(node: Node): BinaryExpression | undefined {
  const value = unwrapped(node);
  return isBinaryExpression(value) && value.operatorToken.kind === SyntaxKind.PercentToken ? value : undefined;
}

/** The part of a dividend that makes it negative: a difference, a sign, or a number with 32 bits. */
function* negativeIn(pass: Pass, { left }: BinaryExpression): Ask<Node | undefined> {
  const value = unwrapped(left);
  if (isPrefixUnaryExpression(value)) {
    return value.operator === SyntaxKind.MinusToken && literalValue(value) === undefined ? value : undefined;
  }
  if (isBinaryExpression(value) && value.operatorToken.kind === SyntaxKind.MinusToken) {
    const range = yield* rangeOf(pass.checker, value);
    const isKnown = range !== undefined && range.min >= 0;
    return isKnown || hasSum(value.left) ? undefined : value;
  }
  return (yield* isSigned(pass, value)) ? value : undefined;
}

/** Who adds something before may have thought of it: `(i + n - 1) % n`. */
function hasSum(node: Node): boolean {
  const value = unwrapped(node);
  if (!isBinaryExpression(value)) return false;
  const { kind } = value.operatorToken;
  if (kind === SyntaxKind.PlusToken) return true;
  return kind === SyntaxKind.MinusToken && (hasSum(value.left) || hasSum(value.right));
}

/** A hash that is kept within 32 bits by `| 0` or `& x` is negative half of the time. */
function* isSigned(pass: Pass, value: Node): Ask<boolean> {
  for (const { value: origin } of (yield* originsOf(pass, value)) ?? []) {
    const range = yield* rangeOf(pass.checker, origin);
    if (range && range.min === -(2 ** 31)) return true;
  }
  return false;
}
