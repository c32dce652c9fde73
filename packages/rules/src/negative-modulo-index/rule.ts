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
import { elementAtKept } from "./kept.ts";

const rule: Rule = defineRule({
  id: "negative-modulo-index",
  summary: "The remainder of a difference is used as an index, and is negative whenever the difference is.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Add the divisor before the remainder is taken: `xs[(i - 1 + xs.length) % xs.length]`, or use `xs.at(…)`.",
  listen: pass => ({
    *[SyntaxKind.ElementAccessExpression](node: ElementAccessExpression) {
      if (mayBeRemainder(pass, node.argumentExpression) && !hasFallback(node)) yield* check(pass, node);
    },
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (node.operatorToken.kind === SyntaxKind.PercentToken) yield* checkKept(pass, node);
    },
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

/** `this.at = (this.at - 1) % n`, where another method reads `items[this.at]`. */
function* checkKept(pass: Pass, remainder: BinaryExpression): Ask<void> {
  const element = elementAtKept(pass.scopes(), remainder);
  const cause = element && !hasFallback(element) ? yield* negativeIn(pass, remainder) : undefined;
  if (!element || !cause || isKeptPositive(remainder, cause, remainder.parent)) return;
  if (!INDEXED.has((yield* builtinOf(pass.checker, element.expression)) ?? "")) return;
  const { sourceFile } = pass.file;
  pass.report(remainder, {
    message: `${quoted(remainder, sourceFile)} is negative when ${quoted(cause, sourceFile)} is, and there is no element at a negative index.`,
    evidence: [
      { at: cause, message: `${quoted(cause, sourceFile)} may be less than 0.` },
      { at: element, message: "It is used as an index here." },
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
    if (range && range.min === -(2 ** 31) && !isPart(origin)) return true;
  }
  return false;
}

/** `flags >> 2`, a field of some bits, and `value / 88 | 0`, a whole number of times, are no hashes. */
function isPart(node: Node): boolean {
  const value = unwrapped(node);
  if (!isBinaryExpression(value)) return false;
  const { kind } = value.operatorToken;
  if (kind === SyntaxKind.GreaterThanGreaterThanToken) return true;
  const cut = unwrapped(value.left);
  const isCut = kind === SyntaxKind.BarToken && isBinaryExpression(cut);
  return isCut && cut.operatorToken.kind === SyntaxKind.SlashToken;
}
