/** Defaults for something that has thrown before they are asked for: `text.match(pattern)[1] || ""`. */
import { asMethodCall, quoted, unwrapped, type Ask, type Pass } from "@review/analysis";
import {
  isCallExpression,
  isElementAccessExpression,
  isNumericLiteral,
  isPropertyAccessExpression,
  NodeFlags,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** Reports a default behind a group of a match, which is null as a whole where nothing matches. */
export function* checkDefault(pass: Pass, node: BinaryExpression): Ask<void> {
  const { kind } = node.operatorToken;
  if (kind !== SyntaxKind.BarBarToken && kind !== SyntaxKind.QuestionQuestionToken) return;
  const value = unwrapped(node.left);
  if (value.flags & NodeFlags.OptionalChain) return;
  if (!isPropertyAccessExpression(value) && !isElementAccessExpression(value)) return;
  const lookup = unwrapped(value.expression);
  if (!isCallExpression(lookup) || !asMethodCall(lookup)) return;
  if (mayBeEmptyByItself(value, lookup)) return;
  const callee = yield* pass.summaries.calleeOf(lookup);
  if (callee.kind === "function") return;
  const { sourceFile } = pass.file;
  pass.report(value, {
    message: `This throws where ${quoted(lookup, sourceFile)} matches nothing, so the default behind it comes too late.`,
    evidence: [
      { at: lookup, message: "The result is null where nothing matches." },
      { at: node.right, message: "This would be the default." },
    ],
  });
}

/**
 * Whether the member of something that was found may be missing, so that the default has a use: any field, and a group
 * of a pattern that may be left out or empty.
 */
function mayBeEmptyByItself(value: Node, lookup: CallExpression): boolean {
  const method = asMethodCall(lookup)?.name;
  if (method !== "match" && method !== "exec") return true;
  if (!isElementAccessExpression(value) || !isNumericLiteral(unwrapped(value.argumentExpression))) return true;
  const pattern = unwrapped(
    method === "match" ? (lookup.arguments[0] ?? lookup) : (asMethodCall(lookup)?.object ?? lookup),
  );
  if (pattern.kind !== SyntaxKind.RegularExpressionLiteral) return true;
  return /[?*|]|\{0?,/.test(pattern.getText().replace(/\(\?[:=!<]/g, "("));
}
