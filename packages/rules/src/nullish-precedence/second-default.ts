/** Defaults behind a default that is always there. */
import { DEFAULTS, literalValue, quoted, truthOf, unwrapped, type Pass } from "@review/analysis";
import {
  isBinaryExpression,
  isTemplateExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** `name ?? "none" ?? other`, `name || "none" || other`: the last one is never used. */
export function reportSecondDefault(pass: Pass, node: BinaryExpression): boolean {
  const { left, right, operatorToken } = node;
  const first = defaultIn(left);
  const isOr = operatorToken.kind === SyntaxKind.BarBarToken;
  if (!first || !(isOr ? isAlwaysTruthy(first) : isNeverNullish(first))) return false;
  const { sourceFile } = pass.file;
  pass.report(right, {
    message: `${quoted(right, sourceFile)} is never used: ${quoted(first, sourceFile)} stands in before it whenever a value is missing.`,
    evidence: [{ at: first, message: "This default is always there." }],
    repair: "Put the constant last, or leave out what stands behind it.",
    fixes: [
      {
        title: "Put the constant last",
        safety: "suggested",
        edits: [
          { at: first, text: right.getText(sourceFile) },
          { at: right, text: first.getText(sourceFile) },
        ],
      },
    ],
  });
  return true;
}

/** The right side of a `??` or `||`. */
function defaultIn(left: Expression): Expression | undefined {
  const inner = unwrapped(left);
  return isBinaryExpression(inner) && DEFAULTS.has(inner.operatorToken.kind) ? inner.right : undefined;
}

/** `"__API_HOST__"` is another text, perhaps none, once the program is built. */
function isAlwaysTruthy(node: Node): boolean {
  const literal = literalValue(node);
  return truthOf(node) === true && !(typeof literal === "string" && PLACEHOLDER.test(literal));
}

const PLACEHOLDER = /^(?:__|\{\{|@@|%|\$\{?)/;

function isNeverNullish(node: Node): boolean {
  const bare = unwrapped(node);
  const literal = literalValue(bare);
  if (literal !== undefined) return literal !== null;
  return (
    isTemplateExpression(bare) ||
    (bare.kind !== SyntaxKind.VoidExpression && truthOf(bare) !== undefined && !isBinaryExpression(bare))
  );
}
