/** Reports shifts by a count that is not the one the operator uses. */
import {
  constantValue,
  defineRule,
  isSameCode,
  memberName,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { isBinaryExpression, SyntaxKind, type BinaryExpression, type Expression } from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "shift-out-of-range",
  summary: "A number is shifted by a count below 0 or above 31, of which the operator uses the last five bits alone.",
  category: "numbers",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Multiply by a power of two, or divide by one and round, or shift a bigint.",
  listen: pass => ({
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) =>
      SHIFTS.has(node.operatorToken.kind) ? check(pass, node) : undefined,
  }),
});
export default rule;

const SHIFTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.LessThanLessThanToken,
  SyntaxKind.GreaterThanGreaterThanToken,
  SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
  SyntaxKind.LessThanLessThanEqualsToken,
  SyntaxKind.GreaterThanGreaterThanEqualsToken,
  SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken,
]);

/** A bigint's shift is never cut, and takes no number: a count that is one says that the other side is, too. */
function* check(pass: Pass, node: BinaryExpression): Ask<void> {
  const count = yield* countOf(pass.checker, node.right);
  if (typeof count !== "number" || (count >= 0 && count <= 31) || (yield* isRotation(pass, node, count))) return;
  const { sourceFile } = pass.file;
  const used = count & 31;
  const evidence = [{ at: node.right, message: `This is ${String(count)}, of which ${String(used)} is left.` }];
  pass.report(node, {
    message: `${quoted(node, sourceFile)} shifts by ${String(used)}: only the last five bits of a count are used.`,
    evidence,
    fixes: fixesFor(pass, node, count),
  });
}

/** Also a member whose type is one number, as in an object `as const`. */
function* countOf(checker: TypeChecker, count: Expression): Ask<unknown> {
  const value = yield* constantValue(checker, count);
  if (value !== undefined || memberName(unwrapped(count)) === undefined) return value;
  const type = yield* checker.typeOf(count);
  return type.isLiteralType() ? type.value : undefined;
}

/** `x << 15 | x >>> -15`: the way to rotate bits, which relies on that a count of -15 is one of 17. */
function* isRotation({ checker, file }: Pass, node: BinaryExpression, count: number): Ask<boolean> {
  const { parent } = wrapped(node);
  if (!isBinaryExpression(parent) || !JOINS.has(parent.operatorToken.kind)) return false;
  const other = unwrapped(unwrapped(parent.left) === node ? parent.right : parent.left);
  if (!isBinaryExpression(other) || !SHIFTS.has(other.operatorToken.kind)) return false;
  if (!isSameCode(node.left, other.left, file.sourceFile)) return false;
  return (yield* constantValue(checker, other.right)) === -count;
}

const JOINS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BarToken, SyntaxKind.PlusToken, SyntaxKind.CaretToken]);

/** What was meant: as many bits as the count says. */
function fixesFor({ file }: Pass, node: BinaryExpression, count: number): readonly ReportedFix[] {
  if (!Number.isInteger(count) || count < 0 || node.operatorToken.kind !== SyntaxKind.LessThanLessThanToken) return [];
  const power = `2 ** ${node.right.getText(file.sourceFile)}`;
  const left = node.left.getText(file.sourceFile);
  const text = left === "1" ? power : `${left} * ${power}`;
  const isOperand = node.parent.kind !== SyntaxKind.BinaryExpression && needsNoBrackets(node.left);
  if (!isOperand) return [];
  return [{ title: "Multiply by the power of two", safety: "suggested", edits: [{ at: node, text }] }];
}

/** Whatever binds closer than `*`. */
function needsNoBrackets({ kind }: BinaryExpression["left"]): boolean {
  return kind !== SyntaxKind.BinaryExpression && kind !== SyntaxKind.ConditionalExpression;
}
