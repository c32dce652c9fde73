/** Numbers that the compiler only takes for such: arithmetic on `any` has the type `number`, and may be on bigints. */
import { fixedLocalOf, unwrapped, type Ask, type TypeChecker } from "@review/analysis";
import { isBinaryExpression, isNumericLiteral, SyntaxKind, type Expression, type Node } from "@review/program/syntax";

/** Whether an expression of the type `number`, or the local that it names, may be the result of bigints. */
export function* mayBeBigint(checker: TypeChecker, expression: Expression): Ask<boolean> {
  const local = yield* fixedLocalOf(checker, expression);
  return isOpen(unwrapped(local?.value ?? expression));
}

/** A number's literal among the operands settles it, since a bigint there would throw. */
function isOpen(node: Node): boolean {
  if (!isBinaryExpression(node)) return SIGNS.has(node.kind);
  return !isNumericLiteral(unwrapped(node.left)) && !isNumericLiteral(unwrapped(node.right));
}

/** `-x`, `~x`, `x++`; a literal with a sign is none that another operand depends on. */
const SIGNS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.PrefixUnaryExpression, SyntaxKind.PostfixUnaryExpression]);
