/** What tests of one value against constants of any kind come to: `x !== null || x !== undefined` always holds. */
import { isNull, isRepeatable, isSameCode, literalValue, operandsOf, unwrapped, type Constant } from "@review/analysis";
import {
  isBinaryExpression,
  isTypeOfExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type SourceFile,
} from "@review/program/syntax";

/** A value that is, or is not, one constant. */
interface StrictTest {
  readonly node: Expression;
  readonly subject: Expression;
  /** `x == null` holds for `undefined` too. */
  readonly values: readonly Value[];
  readonly isEqual: boolean;
}

type Value = Constant | undefined;

/** Tests joined with one operator, some of which may be joined with the other one in themselves. */
interface Joined {
  readonly isAnd: boolean;
  readonly parts: readonly (StrictTest | Joined)[];
}

/** The first and the last of the tests that make a chain always false (`&&`) or always true (`||`), whatever else is in it. */
export function settlingIn(
  operands: readonly Expression[],
  isAnd: boolean,
  sourceFile: SourceFile,
): readonly [StrictTest, StrictTest] | undefined {
  const trees = operands.flatMap(operand => treeOf(operand) ?? []);
  for (const tree of trees) {
    const [first] = testsIn(tree);
    const parts = trees.filter(other =>
      testsIn(other).every(test => first && isSameCode(test.subject, first.subject, sourceFile)),
    );
    const tests = parts.flatMap(testsIn);
    const last = tests.at(-1);
    if (first && last && tests.length > 1 && isSettled({ isAnd, parts }, tests)) return [first, last];
  }
  return undefined;
}

/** Whether each constant that is tested, and any other value, gives a chain the outcome that ends it. */
function isSettled(chain: Joined, tests: readonly StrictTest[]): boolean {
  const values: readonly (Value | typeof OTHER)[] = [OTHER, ...tests.flatMap(test => test.values)];
  return values.every(value => holds(chain, value) !== chain.isAnd);
}

/** A value that is none of the constants. */
const OTHER: unique symbol = Symbol("other");

function holds(tree: StrictTest | Joined, value: Value | typeof OTHER): boolean {
  if ("parts" in tree) {
    return tree.isAnd ? tree.parts.every(part => holds(part, value)) : tree.parts.some(part => holds(part, value));
  }
  return tree.values.some(each => each === value) === tree.isEqual;
}

function testsIn(tree: StrictTest | Joined): readonly StrictTest[] {
  return "parts" in tree ? tree.parts.flatMap(testsIn) : [tree];
}

/** Undefined where something else is asked as well. */
function treeOf(operand: Expression): StrictTest | Joined | undefined {
  const node = unwrapped(operand) as Expression;
  if (!isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  if (kind !== SyntaxKind.AmpersandAmpersandToken && kind !== SyntaxKind.BarBarToken) return testOf(node);
  const parts = operandsOf(node, kind).flatMap(part => treeOf(part) ?? []);
  return parts.length === operandsOf(node, kind).length
    ? { isAnd: kind === SyntaxKind.AmpersandAmpersandToken, parts }
    : undefined;
}

function testOf(node: BinaryExpression): StrictTest | undefined {
  const operator = OPERATORS.get(node.operatorToken.kind);
  const isLeft = isConstant(node.left);
  if (!operator || isLeft === isConstant(node.right)) return undefined;
  const [subject, constant] = isLeft ? [node.right, node.left] : [node.left, node.right];
  const value = literalValue(constant);
  const { isEqual } = operator;
  const bare = unwrapped(subject) as Expression;
  if (isTypeOfExpression(bare) && value === "undefined") {
    const asked = unwrapped(bare.expression) as Expression;
    return isRepeatable(asked) ? { node, isEqual, subject: asked, values: [undefined] } : undefined;
  }
  if (!isRepeatable(bare) || (!operator.isStrict && !isNull(constant))) return undefined;
  return { node, isEqual, subject: bare, values: operator.isStrict ? [value] : [null, undefined] };
}

const OPERATORS: ReadonlyMap<SyntaxKind, { readonly isEqual: boolean; readonly isStrict: boolean }> = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, { isEqual: true, isStrict: true }],
  [SyntaxKind.EqualsEqualsToken, { isEqual: true, isStrict: false }],
  [SyntaxKind.ExclamationEqualsEqualsToken, { isEqual: false, isStrict: true }],
  [SyntaxKind.ExclamationEqualsToken, { isEqual: false, isStrict: false }],
]);

function isConstant(node: Expression): boolean {
  return literalValue(node) !== undefined || isNull(node);
}
