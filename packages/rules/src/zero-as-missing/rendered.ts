/** Children of an element that are shown if a number is not 0: where it is, the 0 is shown. */
import {
  asMethodCall,
  certainParts,
  INDEX_SEARCHES,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isJsxAttribute,
  isJsxElement,
  isJsxExpression,
  isJsxFragment,
  isJsxSelfClosingElement,
  isPropertyAccessExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** `{rows.length && <Table rows={rows} />}` */
export function* checkRendered(pass: Pass, node: BinaryExpression): Ask<void> {
  if (node.operatorToken.kind !== SyntaxKind.AmpersandAmpersandToken || !isChild(node)) return;
  if (!isElement(unwrapped(node.right))) return;
  for (const operand of operandsOf(node.left)) {
    if (!(yield* mayBeZero(pass, operand))) continue;
    const isLength = isPropertyAccessExpression(operand) && /^(?:length|size)$/.test(operand.name.text);
    const at = { start: operand.end, end: operand.end };
    pass.report(operand, {
      message: `Where ${quoted(operand, pass.file.sourceFile)} is 0, the text 0 is shown instead of nothing.`,
      evidence: [
        { at: operand, message: "This is a number, and `&&` gives it back where it is 0." },
        { at: node.right, message: "Only this is meant to be shown." },
      ],
      repair: "Compare the number with 0, or write `? … : null`.",
      fixes: isLength ? [{ title: "Compare with 0", safety: "suggested", edits: [{ at, text: " > 0" }] }] : [],
    });
    // One of them tells it all.
    return;
  }
}

/** Whether it is or may be a number; that of a search is a matter of `index-as-boolean`. */
function* mayBeZero({ checker }: Pass, operand: Expression): Ask<boolean> {
  if (isCallExpression(operand) && INDEX_SEARCHES.has(asMethodCall(operand)?.name ?? "")) return false;
  const parts = (yield* certainParts(checker, yield* checker.typeOf(operand))) ?? [];
  return parts.some(({ flags }) => flags & TypeFlags.Number);
}

/** Whether the value is shown between the tags of an element. */
function isChild(node: Node): boolean {
  const { parent } = wrapped(node);
  return isJsxExpression(parent) && !isJsxAttribute(parent.parent);
}

function isElement(node: Node): boolean {
  return isJsxElement(node) || isJsxSelfClosingElement(node) || isJsxFragment(node);
}

/** What may come out of the left side: of `a && b` either may. */
function operandsOf(left: Expression): readonly Expression[] {
  const bare = unwrapped(left) as Expression;
  if (!isBinaryExpression(bare) || bare.operatorToken.kind !== SyntaxKind.AmpersandAmpersandToken) return [bare];
  return [...operandsOf(bare.left), ...operandsOf(bare.right)];
}
