/** Reports `!a in b`, `!a instanceof B` and `!a === b`, where `!` takes the left side alone and not the whole. */
import {
  certainParts,
  defineRule,
  isGuess,
  literalValue,
  ORDERINGS,
  quoted,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isIdentifier,
  isPrefixUnaryExpression,
  SyntaxKind,
  type BinaryExpression,
  type PrefixUnaryExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "negated-left-operand",
  summary: "`!` stands before a comparison and negates its left side alone.",
  category: "operators",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Put the comparison into brackets, `!(a in b)`, or negate the operator: `a !== b`.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const outcome = OUTCOMES.get(node.operatorToken.kind);
      const { left } = node;
      if (outcome === undefined || !isPrefixUnaryExpression(left)) return;
      if (left.operator !== SyntaxKind.ExclamationToken || isConversion(left)) return;
      if (NEEDS_TYPES.has(node.operatorToken.kind) && !(yield* isNeverBoolean(pass, node))) return;
      report(pass, node, left, outcome);
    },
  }),
});
export default rule;

const NEVER_EQUAL = "compares true or false with a value that is neither";

/** What the operator does with the boolean that `!` makes. */
const OUTCOMES: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.InKeyword, 'looks for the key "true" or "false"'],
  [SyntaxKind.InstanceOfKeyword, "is always false: no boolean is an instance of anything"],
  [SyntaxKind.EqualsEqualsEqualsToken, NEVER_EQUAL],
  [SyntaxKind.ExclamationEqualsEqualsToken, NEVER_EQUAL],
  [SyntaxKind.EqualsEqualsToken, NEVER_EQUAL],
  [SyntaxKind.ExclamationEqualsToken, NEVER_EQUAL],
  [SyntaxKind.LessThanToken, NEVER_EQUAL],
  [SyntaxKind.LessThanEqualsToken, NEVER_EQUAL],
  [SyntaxKind.GreaterThanToken, NEVER_EQUAL],
  [SyntaxKind.GreaterThanEqualsToken, NEVER_EQUAL],
]);

const NEEDS_TYPES: ReadonlySet<SyntaxKind> = new Set(
  [...OUTCOMES].filter(([, outcome]) => outcome === NEVER_EQUAL).map(([kind]) => kind),
);

/** `!!a` makes a boolean on purpose. */
function isConversion({ operand }: PrefixUnaryExpression): boolean {
  return isPrefixUnaryExpression(operand) && operand.operator === SyntaxKind.ExclamationToken;
}

/**
 * Whether the right side is known to be no boolean. `==` and the orderings convert: there 0, 1 and "" may stand for
 * false and true; but nothing makes null of a boolean, and nobody asks whether one is more than a number.
 */
function* isNeverBoolean({ checker, file }: Pass, node: BinaryExpression): Ask<boolean> {
  const { right } = node;
  const value = literalValue(right);
  const isStrict =
    node.operatorToken.kind === SyntaxKind.EqualsEqualsEqualsToken ||
    node.operatorToken.kind === SyntaxKind.ExclamationEqualsEqualsToken;
  if (typeof value === "boolean") return false;
  if (value === null || isUndefined(node)) return !ORDERINGS.has(node.operatorToken.kind);
  if (value !== undefined) return isStrict || isOrderOf(node, value) || !/^[01]?$/.test(String(value));
  const parts = yield* certainParts(checker, yield* checker.typeOf(right));
  if (!parts || parts.length === 0) return false;
  const isOther = parts.every(part => part.flags & OTHERS);
  return isOther && !(file.isJavaScript && (yield* isGuess(checker, right)));
}

/** `!text.indexOf(part) >= 0`; of a name nobody knows that it holds a number, and `!xs.length > 0` says what was meant. */
function isOrderOf({ left, operatorToken }: BinaryExpression, value: unknown): boolean {
  const { operand } = left as PrefixUnaryExpression;
  if (typeof value !== "number" || isIdentifier(operand) || !ORDERINGS.has(operatorToken.kind)) return false;
  return operatorToken.kind !== SyntaxKind.GreaterThanToken || value !== 0;
}

const OTHERS = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BigIntLike | TypeFlags.Object;

function isUndefined({ right }: BinaryExpression): boolean {
  return isIdentifier(right) && right.text === "undefined";
}

function report(pass: Pass, node: BinaryExpression, left: PrefixUnaryExpression, outcome: string): void {
  const { sourceFile } = pass.file;
  pass.report(node, {
    message: `\`!\` negates ${quoted(left.operand, sourceFile)} alone, so that the comparison ${outcome}.`,
    evidence: [{ at: left, message: "This is true or false." }],
    fixes: [negated(pass, node, left)],
  });
}

const OPPOSITES: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [SyntaxKind.EqualsEqualsToken, "!="],
  [SyntaxKind.ExclamationEqualsToken, "=="],
]);

function negated({ file }: Pass, node: BinaryExpression, left: PrefixUnaryExpression): ReportedFix {
  const mark = { start: left.getStart(file.sourceFile), end: left.operand.getStart(file.sourceFile) };
  const opposite = OPPOSITES.get(node.operatorToken.kind);
  if (opposite !== undefined) {
    const edits = [
      { at: mark, text: "" },
      { at: node.operatorToken, text: opposite },
    ];
    return { title: "Negate the operator", safety: "suggested", edits };
  }
  const edits = [
    { at: mark, text: "!(" },
    { at: { start: node.end, end: node.end }, text: ")" },
  ];
  return { title: "Negate the whole comparison", safety: "suggested", edits };
}
