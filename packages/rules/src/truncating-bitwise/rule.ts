/** Reports numbers that are rounded by an operator on 32 bits and do not fit in there. */
import {
  constantValue,
  defineRule,
  enclosingFunction,
  isGlobal,
  literalValue,
  originsOf,
  quoted,
  rangeOf,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import {
  isAssignmentOperator,
  isBinaryExpression,
  isIdentifier,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type PrefixUnaryExpression,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { isTime } from "./times.ts";

const rule: Rule = defineRule({
  id: "truncating-bitwise",
  summary: "A number beyond 32 bits, such as a time in milliseconds, is rounded by `| 0`, `~~` or a shift.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Round with `Math.trunc` or `Math.floor`, which keep large numbers as they are.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const { kind } = node.operatorToken;
      if (ROUNDING.has(kind) && literalValue(node.right) === 0) yield* check(pass, node, node.left);
      else if (MASKING.has(kind)) yield* checkMask(pass, node);
    },
    *[SyntaxKind.PrefixUnaryExpression](node: PrefixUnaryExpression) {
      const inner = unwrapped(node.operand);
      if (node.operator !== SyntaxKind.TildeToken || !isPrefixUnaryExpression(inner)) return;
      if (inner.operator === SyntaxKind.TildeToken) yield* check(pass, node, inner.operand);
    },
  }),
});
export default rule;

/** Operators that do nothing but round, with 0 on their right; `>>> 0` asks for 32 bits on purpose. */
const ROUNDING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.BarToken, SyntaxKind.BarEqualsToken, SyntaxKind.CaretToken],
  ...[SyntaxKind.LessThanLessThanToken, SyntaxKind.LessThanLessThanEqualsToken],
  ...[SyntaxKind.GreaterThanGreaterThanToken, SyntaxKind.GreaterThanGreaterThanEqualsToken],
]);

const MASKING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.AmpersandToken, SyntaxKind.AmpersandEqualsToken],
  ...[SyntaxKind.BarToken, SyntaxKind.BarEqualsToken],
]);

/** A constant, or one of the bounds that `Number` has. */
function* writtenValue(checker: TypeChecker, node: Expression | Node): Ask<unknown> {
  const value = unwrapped(node);
  const name = isPropertyAccessExpression(value) ? value.name.text : "";
  if (name !== "MAX_SAFE_INTEGER" && name !== "MAX_VALUE") return yield* constantValue(checker, value);
  return (yield* isGlobal(checker, (value as PropertyAccessExpression).expression, "Number"))
    ? Number[name]
    : undefined;
}

/** `id & 0xffffffffff`: what a mask has beyond its 32nd bit is gone before it is used. */
function* checkMask(pass: Pass, node: BinaryExpression): Ask<void> {
  for (const side of [node.left, node.right]) {
    const mask = yield* writtenValue(pass.checker, side);
    if (typeof mask !== "number" || !Number.isFinite(mask) || Math.abs(mask) < 2 ** 32) continue;
    pass.report(node, {
      message: `${quoted(node, pass.file.sourceFile)} uses ${String(mask >>> 0)} in place of ${String(mask)}: these operators keep 32 bits.`,
      evidence: [{ at: side, message: `This is ${String(mask)}; 32 bits reach up to 4294967295.` }],
      repair: "Use bigints, or divide by a power of two and take the remainder.",
    });
    return;
  }
}

function* check(pass: Pass, node: Expression, operand: Expression): Ask<void> {
  const large = yield* largeIn(pass, operand);
  if (!large || isCarried(operand)) return;
  const value = unwrapped(operand).getText(pass.file.sourceFile);
  const isAssigned = isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind);
  const text = `${isAssigned ? `${value} = ` : ""}Math.trunc(${value})`;
  pass.report(node, {
    message: `${quoted(node, pass.file.sourceFile)} keeps 32 bits of a number that is ${large.size}.`,
    evidence: [{ at: large.at, message: `This is ${large.size}; 32 bits reach up to 2147483647.` }],
    fixes: [{ title: "Round with `Math.trunc`", safety: "suggested", edits: [{ at: node, text }] }],
  });
}

/** Whether the function keeps what does not fit: `if (low > 0xffffffff) high++`. */
function isCarried(operand: Expression): boolean {
  const fn = enclosingFunction(operand);
  return fn !== undefined && /0xffffffff|0x100000000|2 ?\*\* ?32/i.test(fn.getText());
}

interface Large {
  readonly at: Node;
  readonly size: string;
}

function* largeIn(pass: Pass, operand: Expression): Ask<Large | undefined> {
  const value = unwrapped(operand);
  const time = yield* timeBehind(pass, value);
  if (time) return { at: time, size: "a time in milliseconds, beyond 2 ** 40" };
  const constant = yield* writtenValue(pass.checker, value);
  if (typeof constant === "number" && constant >= 2 ** 32 && constant !== Infinity) {
    return { at: value, size: String(constant) };
  }
  const range = yield* rangeOf(pass.checker, value);
  // A count may be large and hardly ever is; a product with a number that somebody wrote down is as large as that.
  if (!range || range.max === Infinity || range.max <= 2 ** 32 || isSumOfWords(value, range.max)) return undefined;
  return { at: value, size: `up to ${String(range.max)}` };
}

/** The time that an operand is, itself or by a local that holds nothing else. */
function* timeBehind(pass: Pass, value: Node): Ask<Node | undefined> {
  const origins = isIdentifier(value) ? yield* originsOf(pass, value) : [{ value }];
  for (const origin of origins ?? []) if (!(yield* isTime(pass.checker, origin.value))) return undefined;
  return origins?.[0]?.value;
}

/** Hashes add numbers of 32 bits, and let go of what is carried. */
function isSumOfWords(value: Node, max: number): boolean {
  return isBinaryExpression(value) && value.operatorToken.kind === SyntaxKind.PlusToken && max < MOST_OF_WORDS;
}

const MOST_OF_WORDS = 2 ** 36;
