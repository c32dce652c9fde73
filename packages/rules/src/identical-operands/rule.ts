/** Reports an operator both of whose sides are the same expression. */
import {
  asMethodCall,
  certainParts,
  comparedWithItself,
  defineRule,
  enclosingFunction,
  EQUALITIES,
  isComparator,
  isCondition,
  isGlobal,
  isRepeatable,
  isSameCode,
  literalValue,
  operandsOf,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { CHAINED, RESULTS, SAME_ARGUMENTS, TEXT_METHODS } from "./tables.ts";

const rule: Rule = defineRule({
  id: "identical-operands",
  summary: "Both sides of an operator are the same expression, so its result is known or one of them is superfluous.",
  category: "operators",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write the other operand that was meant; where NaN is what is looked for, use `Number.isNaN`.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) => checkOperator(pass, node),
    [SyntaxKind.CallExpression]: (node: CallExpression) => checkCall(pass, node),
  }),
});
export default rule;

function* checkOperator(pass: Pass, node: BinaryExpression): Ask<void> {
  const { kind } = node.operatorToken;
  const result = RESULTS.get(kind);
  if (result === undefined || isMeasure(pass, node)) return;
  const twin = twinOf(pass, node);
  if (!twin || (kind === SyntaxKind.InstanceOfKeyword && CLASS.test(node.right.getText(pass.file.sourceFile)))) return;
  if (twin === node.left && isTruncation(node)) return;
  if (mayFindNaN(node) && !isAmongComparisons(pass, node) && !(yield* isNeverNaN(pass, node.right))) return;
  if (yield* isOfComparator(pass, node)) return;
  report(pass, node, [twin, node.right], `\`${node.operatorToken.getText(pass.file.sourceFile)}\``, result);
}

/** A test writes `Bytes.MiB / Bytes.MiB` for what is one of them. */
function isMeasure({ file }: Pass, { left, operatorToken }: BinaryExpression): boolean {
  return file.isTest && operatorToken.kind === SyntaxKind.SlashToken && isPropertyAccessExpression(unwrapped(left));
}

/** `hash & hash` makes 32 bits of a number. */
const BITWISE: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.AmpersandToken, SyntaxKind.BarToken]);

/** `hash = hash & hash`; `(flags & flags) !== 0` looks for bits. */
function isTruncation(node: BinaryExpression): boolean {
  if (!BITWISE.has(node.operatorToken.kind) || !isIdentifier(unwrapped(node.left)) || isCondition(node)) return false;
  const { parent } = wrapped(node);
  return !isBinaryExpression(parent) || !EQUALITIES.has(parent.operatorToken.kind);
}

/** `value !== value`, and `value != null && value >= value`, which only NaN does not pass. */
function mayFindNaN(node: BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  if (EQUALITIES.has(kind)) return true;
  const { parent } = wrapped(node);
  const isOrder = kind === SyntaxKind.GreaterThanEqualsToken || kind === SyntaxKind.LessThanEqualsToken;
  return isOrder && isBinaryExpression(parent) && LOGICAL.has(parent.operatorToken.kind);
}

/** `this.id === this.id && this.name === other.name`: beside comparisons of two objects it is one of them. */
function isAmongComparisons({ file }: Pass, node: BinaryExpression): boolean {
  const member = unwrapped(node.right);
  const { parent } = wrapped(node);
  if (!isPropertyAccessExpression(member) || !isBinaryExpression(parent) || !LOGICAL.has(parent.operatorToken.kind))
    return false;
  return operandsOf(topOf(parent), parent.operatorToken.kind).some(operand => {
    const other = unwrapped(operand);
    if (other === node || !isBinaryExpression(other) || !EQUALITIES.has(other.operatorToken.kind)) return false;
    const [left, right] = [unwrapped(other.left), unwrapped(other.right)];
    if (!isPropertyAccessExpression(left) || !isPropertyAccessExpression(right)) return false;
    const isOwn = [left, right].some(side => isSameCode(side.expression, member.expression, file.sourceFile));
    return isOwn && left.name.text === right.name.text && !isSameCode(left, right, file.sourceFile);
  });
}

/** The whole of a chain of one operator. */
function topOf(node: BinaryExpression): BinaryExpression {
  const { parent } = wrapped(node);
  const goesOn = isBinaryExpression(parent) && parent.operatorToken.kind === node.operatorToken.kind;
  return goesOn ? topOf(parent) : node;
}

const LOGICAL: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken]);

/** `Ctor instanceof Ctor` holds for `Function` and `Object` alone, which is how they are found in another realm. */
const CLASS = /^[A-Z]|[cC]tor[A-Z]?$|[cC]onstructor$/;

/** The operand that the right side repeats: the left side, or one further left in a chain of the same operator. */
function twinOf({ file }: Pass, { left, operatorToken, right }: BinaryExpression): Expression | undefined {
  if (!isComparable(right)) return undefined;
  const others = CHAINED.has(operatorToken.kind) ? operandsOf(left, operatorToken.kind) : [left];
  const twin = others.find(other => isSameCode(unwrapped(other), unwrapped(right), file.sourceFile));
  // What happens between the two may change the value.
  return twin && others.slice(others.indexOf(twin)).every(isRepeatable) ? twin : undefined;
}

/** Two equal literals are written on purpose, as in `1 << 1` or in `Infinity - Infinity`, which is NaN. */
function isComparable(operand: Expression): boolean {
  if (isIdentifier(operand) && operand.text === "Infinity") return false;
  return literalValue(operand) === undefined && isRepeatable(operand);
}

/** `x !== x` is how NaN is found without a function, so that only what is certainly no number counts. */
function* isNeverNaN({ checker }: Pass, operand: Expression): Ask<boolean> {
  const method = isCallExpression(operand) ? asMethodCall(operand) : undefined;
  if (method && TEXT_METHODS.has(method.name)) return true;
  const parts = yield* certainParts(checker, yield* checker.typeOf(operand));
  for (const part of parts ?? []) {
    if (part.flags & TypeFlags.NumberLike && !(part.flags & TypeFlags.EnumLike)) return false;
    // `{}`, also as what is left of `unknown` after a test for null, takes numbers.
    if (!(part.flags & TypeFlags.Primitive) && (yield* checker.propertiesOf(part)).length === 0) return false;
  }
  return parts !== undefined && parts.length > 0;
}

/** `Math.max(a, a)`, `Object.is(a, a)`, `text.localeCompare(text)`. */
function* checkCall(pass: Pass, node: CallExpression): Ask<void> {
  const method = asMethodCall(node);
  const known = method && SAME_ARGUMENTS.get(method.name);
  if (!method || !known) return;
  const twins = twinsOf(pass, known.owner === undefined ? [method.object, ...node.arguments] : node.arguments);
  if (!twins) return;
  if (known.owner !== undefined && !(yield* isGlobal(pass.checker, method.object, known.owner))) return;
  if (yield* isOfComparator(pass, node)) return;
  report(pass, node, twins, `\`${method.name}\``, known.result);
}

/** Two values that are the same, where there are no more. */
function twinsOf({ file }: Pass, values: readonly Expression[]): readonly [Expression, Expression] | undefined {
  const [first, second] = values;
  if (!first || !second || values.length !== 2 || !isComparable(first)) return undefined;
  return isSameCode(unwrapped(first), unwrapped(second), file.sourceFile) ? [first, second] : undefined;
}

/** What a sort's comparator compares with itself is for another rule to say. */
function* isOfComparator({ checker }: Pass, node: Node): Ask<boolean> {
  const fn = enclosingFunction(node);
  return fn !== undefined && comparedWithItself(fn, node) && (yield* isComparator(checker, fn));
}

function report(pass: Pass, node: Node, twins: readonly [Node, Node], operator: string, result: string): void {
  const [first, second] = twins;
  pass.report(node, {
    message: `${operator} gets ${quoted(second, pass.file.sourceFile)} on both sides, so ${result}.`,
    evidence: [
      { at: first, message: "This is one side." },
      { at: second, message: "This is the other, written the same." },
    ],
  });
}
