/** Values that are handed on or calculated with just where they were found to be NaN. */
import {
  isGlobal,
  isSameReference,
  nodesOf,
  quoted,
  skippedBy,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

/** `Number.isNaN(delay) ? parse(delay) : delay`, and the same with `isNaN` of a number. */
export function* checkFound(pass: Pass, call: CallExpression): Ask<void> {
  const value = askedForNaN(call);
  // What runs only where it is NaN.
  const branch = value && skippedBy(call, false);
  const use = branch && useIn(branch, value);
  if (!use || !(yield* isSure(pass, call, value))) return;
  const { sourceFile } = pass.file;
  pass.report(use, {
    message: `${quoted(value, sourceFile)} is NaN here, as was just found out, and ${quoted(use.parent, sourceFile)} gets nothing else.`,
    evidence: [{ at: call, message: "This is only true of NaN." }],
    repair: "Use the value that the number was made of, or another one.",
  });
}

function askedForNaN({ expression, arguments: [value, more] }: CallExpression): Expression | undefined {
  const bare = value && (unwrapped(value) as Expression);
  if (!bare || more || !/^(?:Number\.)?isNaN$/.test(expression.getText())) return undefined;
  return isIdentifier(bare) || isPropertyAccessExpression(bare) || isElementAccessExpression(bare) ? bare : undefined;
}

/** The first mention of the value in a branch, if that is a use that should want a number. */
function useIn(branch: Node, value: Node): Node | undefined {
  const first = [...nodesOf(branch)].find(node => node.kind === value.kind && isSameReference(node, value));
  const outer = first && wrapped(first);
  if (!outer) return undefined;
  const { parent } = outer;
  if (isBinaryExpression(parent)) return ARITHMETIC.has(parent.operatorToken.kind) ? outer : undefined;
  if (!isCallExpression(parent) && !isNewExpression(parent)) return undefined;
  return parent.expression === outer || TELLING.test(parent.expression.getText()) ? undefined : outer;
}

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken, SyntaxKind.PercentToken],
  SyntaxKind.AsteriskAsteriskToken,
]);

/** What tells somebody of the value, keeps it, or asks what it is. */
const TELLING =
  /log|debug|info|warn|err|trace|print|write|assert|expect|equal|fail|throw|report|format|inspect|stringify|string|push|set|add|emit|resolve|reject|callback|\bcb$|done|next|isNaN|is[A-Z]\w*$|Object\.is|typeof/i;

/** `isNaN` turns what it gets into a number first: of a text it says something else. */
function* isSure({ checker }: Pass, { expression }: CallExpression, value: Expression): Ask<boolean> {
  const callee = unwrapped(expression);
  if (isPropertyAccessExpression(callee)) return yield* isGlobal(checker, callee.expression, "Number");
  if (!(yield* isGlobal(checker, callee, "isNaN"))) return false;
  const parts = yield* checker.partsOf(yield* checker.typeOf(value));
  return parts.length > 0 && parts.every(({ flags }) => (flags & TypeFlags.NumberLike) !== 0);
}
