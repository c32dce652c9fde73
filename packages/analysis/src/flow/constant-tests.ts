/** Tests of one value against a constant, and which of them exclude each other. */
import { isBinaryExpression, isPrefixUnaryExpression, SyntaxKind, type Expression } from "@review/program/syntax";
import { literalValue, type Constant } from "../helpers/constants.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { isRepeatable } from "../helpers/repeatable.ts";

type Relation = "=" | "≠" | "<" | "≤" | ">" | "≥";

/** One value, and what it is compared with. */
export interface ConstantTest {
  readonly node: Expression;
  readonly subject: Expression;
  readonly relation: Relation;
  readonly value: Constant;
}

const RELATIONS: ReadonlyMap<SyntaxKind, Relation> = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, "="],
  [SyntaxKind.EqualsEqualsToken, "="],
  [SyntaxKind.ExclamationEqualsEqualsToken, "≠"],
  [SyntaxKind.ExclamationEqualsToken, "≠"],
  [SyntaxKind.LessThanToken, "<"],
  [SyntaxKind.LessThanEqualsToken, "≤"],
  [SyntaxKind.GreaterThanToken, ">"],
  [SyntaxKind.GreaterThanEqualsToken, "≥"],
]);

const MIRRORED: Readonly<Record<Relation, Relation>> = { "=": "=", "≠": "≠", "<": ">", "≤": "≥", ">": "<", "≥": "≤" };
const OPPOSITE: Readonly<Record<Relation, Relation>> = { "=": "≠", "≠": "=", "<": "≥", "≤": ">", ">": "≤", "≥": "<" };

/** What an operand tests; empty where it is no comparison of a repeatable expression with a number or text. */
export function constantTestsOf(operand: Expression): readonly ConstantTest[] {
  const node = unwrapped(operand) as Expression;
  if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken) {
    return constantTestsOf(node.operand).flatMap(test => ({ ...test, node, relation: OPPOSITE[test.relation] }));
  }
  if (!isBinaryExpression(node)) return [];
  const { kind } = node.operatorToken;
  const relation = RELATIONS.get(kind);
  if (!relation) return [];
  const right = literalValue(node.right);
  const left = literalValue(node.left);
  // `x == 1` holds for the text "1" too, and for what turns into it.
  const isLoose = kind === SyntaxKind.EqualsEqualsToken || kind === SyntaxKind.ExclamationEqualsToken;
  if (right !== undefined && left === undefined) return testOf(node, node.left, relation, right, isLoose);
  return left !== undefined && right === undefined ? testOf(node, node.right, MIRRORED[relation], left, isLoose) : [];
}

function testOf(
  node: Expression,
  subject: Expression,
  relation: Relation,
  value: Constant,
  isLoose: boolean,
): readonly ConstantTest[] {
  const isComparable = typeof value === "string" || (typeof value === "number" && !Number.isNaN(value));
  if (!isComparable || (isLoose && value === "") || !isRepeatable(subject)) return [];
  return [{ node, subject, relation, value }];
}

/** The test that holds where this one does not. */
export function negatedTest(test: ConstantTest): ConstantTest {
  return { ...test, relation: OPPOSITE[test.relation] };
}

/** Whether no value passes both tests. Values of two kinds compare by rules of their own, which say nothing here. */
export function excludesTest(first: ConstantTest, second: ConstantTest): boolean {
  if (typeof first.value !== typeof second.value) return false;
  if (first.relation === "=") return !holds(first.value, second);
  if (second.relation === "=") return !holds(second.value, first);
  if (isUpper(first.relation)) return isLower(second.relation) && isGap(second, first);
  return isLower(first.relation) && isUpper(second.relation) && isGap(first, second);
}

function isUpper(relation: Relation): boolean {
  return relation === "<" || relation === "≤";
}

function isLower(relation: Relation): boolean {
  return relation === ">" || relation === "≥";
}

function holds(value: Constant, { relation, value: limit }: ConstantTest): boolean {
  const [left, right] = [value as number, limit as number];
  switch (relation) {
    case "=":
      return left === right;
    case "≠":
      return left !== right;
    case "<":
      return left < right;
    case "≤":
      return left <= right;
    case ">":
      return left > right;
    case "≥":
      return left >= right;
  }
}

/** Whether nothing lies above the lower bound and below the upper one. */
function isGap(lower: ConstantTest, upper: ConstantTest): boolean {
  const [low, high] = [lower.value as number, upper.value as number];
  return low > high || (low === high && !(lower.relation === "≥" && upper.relation === "≤"));
}
