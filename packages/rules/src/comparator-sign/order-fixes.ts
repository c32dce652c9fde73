/** A comparison with three answers in place of one with two. */
import {
  hasOnlyFlags,
  literalValue,
  mayHaveEffects,
  returnedBy,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isConditionalExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type FunctionLikeDeclaration,
} from "@review/program/syntax";

/** For the forms whose order is plain: `a > b`, `a > b ? 1 : 0`, `a < b ? -1 : 0`. */
export function* orderFixes({ checker, file }: Pass, fn: FunctionLikeDeclaration): Ask<readonly ReportedFix[]> {
  const [returned, ...more] = returnedBy(fn);
  if (!returned || more.length > 0 || fn.getSourceFile() !== file.sourceFile) return [];
  const relation = relationIn(returned);
  if (!relation || mayHaveEffects(relation.greater) || mayHaveEffects(relation.smaller)) return [];
  const greater = relation.greater.getText(file.sourceFile);
  const smaller = relation.smaller.getText(file.sourceFile);
  const areNumbers =
    SIMPLE.has(relation.greater.kind) &&
    SIMPLE.has(relation.smaller.kind) &&
    (yield* hasOnlyFlags(checker, yield* checker.typeOf(relation.greater), TypeFlags.NumberLike)) &&
    (yield* hasOnlyFlags(checker, yield* checker.typeOf(relation.smaller), TypeFlags.NumberLike));
  const text = areNumbers
    ? `${greater} - ${smaller}`
    : `${greater} > ${smaller} ? 1 : ${greater} < ${smaller} ? -1 : 0`;
  return [{ title: "Answer with all three signs", safety: "suggested", edits: [{ at: returned, text }] }];
}

const SIMPLE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.ParenthesizedExpression,
]);

/** The result is positive exactly where `greater > smaller`. */
interface Relation {
  readonly greater: Expression;
  readonly smaller: Expression;
}

function relationIn(returned: Expression): Relation | undefined {
  const expression = unwrapped(returned) as Expression;
  if (isBinaryExpression(expression)) return relationOf(expression, true);
  if (!isConditionalExpression(expression) || literalValue(expression.whenFalse) !== 0) return undefined;
  const condition = unwrapped(expression.condition) as Expression;
  const answer = literalValue(expression.whenTrue);
  if (!isBinaryExpression(condition) || typeof answer !== "number" || answer === 0) return undefined;
  return relationOf(condition, answer > 0);
}

function relationOf({ left, operatorToken, right }: BinaryExpression, isPositive: boolean): Relation | undefined {
  switch (operatorToken.kind) {
    case SyntaxKind.GreaterThanToken:
    case SyntaxKind.GreaterThanEqualsToken:
      return isPositive ? { greater: left, smaller: right } : { greater: right, smaller: left };
    case SyntaxKind.LessThanToken:
    case SyntaxKind.LessThanEqualsToken:
      return isPositive ? { greater: right, smaller: left } : { greater: left, smaller: right };
    default:
      return undefined;
  }
}
