/** Reports numbers that are rounded by an operator on 32 bits and do not fit in there. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  enclosingFunction,
  isGlobal,
  literalValue,
  quoted,
  rangeOf,
  unwrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isNewExpression,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
  type PrefixUnaryExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "truncating-bitwise",
  summary: "A number beyond 32 bits, such as a time in milliseconds, is rounded by `| 0`, `~~` or a shift.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Round with `Math.trunc` or `Math.floor`, which keep large numbers as they are.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) =>
      ROUNDING.has(node.operatorToken.kind) && literalValue(node.right) === 0
        ? check(pass, node, node.left)
        : undefined,
    [SyntaxKind.PrefixUnaryExpression](node: PrefixUnaryExpression) {
      const inner = unwrapped(node.operand);
      if (node.operator !== SyntaxKind.TildeToken || !isPrefixUnaryExpression(inner)) return undefined;
      return inner.operator === SyntaxKind.TildeToken ? check(pass, node, inner.operand) : undefined;
    },
  }),
});
export default rule;

/** Operators that do nothing but round, with 0 on their right; `>>> 0` asks for 32 bits on purpose. */
const ROUNDING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BarToken,
  SyntaxKind.LessThanLessThanToken,
  SyntaxKind.GreaterThanGreaterThanToken,
]);

function* check(pass: Pass, node: Expression, operand: Expression): Ask<void> {
  const large = yield* largeIn(pass, operand);
  if (!large || isCarried(operand)) return;
  const text = `Math.trunc(${unwrapped(operand).getText(pass.file.sourceFile)})`;
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
  if (yield* isTime(pass, value)) return { at: value, size: "a time in milliseconds, beyond 2 ** 40" };
  const range = yield* rangeOf(pass.checker, value);
  // A count may be large and hardly ever is; a product with a number that somebody wrote down is as large as that.
  if (!range || range.max === Infinity || range.max <= 2 ** 32 || isSumOfWords(value, range.max)) return undefined;
  return { at: value, size: `up to ${String(range.max)}` };
}

/** Hashes add numbers of 32 bits, and let go of what is carried. */
function isSumOfWords(value: Node, max: number): boolean {
  return isBinaryExpression(value) && value.operatorToken.kind === SyntaxKind.PlusToken && max < MOST_OF_WORDS;
}

const MOST_OF_WORDS = 2 ** 36;

/** `Date.now()`, `date.getTime()`, `date.valueOf()`, `+new Date()`. */
function* isTime({ checker }: Pass, value: Node): Ask<boolean> {
  if (isPrefixUnaryExpression(value) && value.operator === SyntaxKind.PlusToken) {
    const made = unwrapped(value.operand);
    return isNewExpression(made) && (yield* isGlobal(checker, made.expression, "Date"));
  }
  const method = isCallExpression(value) ? asMethodCall(value) : undefined;
  if (!method) return false;
  if (method.name === "now") return yield* isGlobal(checker, method.object, "Date");
  return TIMES.has(method.name) && (yield* builtinOf(checker, method.object)) === "Date";
}

const TIMES: ReadonlySet<string> = new Set(["getTime", "valueOf"]);
