/** The value that a reduction of nothing gives. */
import { hasOnlyFlags, unwrapped, type Ask, type Pass } from "@review/analysis";
import { TypeFlags } from "@review/program";
import { isArrowFunction, isBinaryExpression, isIdentifier, SyntaxKind, type Expression } from "@review/program/syntax";

/** `0` for `(a, b) => a + b` of numbers, `""` of text, `1` for a product; undefined for anything else. */
export function* neutralOf({ checker }: Pass, callback: Expression): Ask<string | undefined> {
  const fn = unwrapped(callback);
  if (!isArrowFunction(fn) || fn.parameters.length < 2) return undefined;
  const body = unwrapped(fn.body);
  const [first] = fn.parameters;
  if (!isBinaryExpression(body) || !isIdentifier(body.left) || body.left.text !== first?.name.getText())
    return undefined;
  const type = yield* checker.typeOf(body);
  const isNumber = yield* hasOnlyFlags(checker, type, TypeFlags.NumberLike);
  if (body.operatorToken.kind === SyntaxKind.AsteriskToken) return isNumber ? "1" : undefined;
  if (body.operatorToken.kind !== SyntaxKind.PlusToken) return undefined;
  if (isNumber) return "0";
  return (yield* hasOnlyFlags(checker, type, TypeFlags.StringLike)) ? '""' : undefined;
}
