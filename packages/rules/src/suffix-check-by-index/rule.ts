/** Reports tests for a suffix by its position, which hold as well where the suffix is missing: -1 is a position too. */
import {
  asMethodCall,
  builtinOf,
  defineRule,
  enclosingFunction,
  isSameReference,
  isUncertain,
  literalValue,
  mayHaveEffects,
  memberName,
  operandsOf,
  ORDERINGS,
  ownNodesOf,
  quoted,
  NOT_EQUALS,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "suffix-check-by-index",
  summary: "A suffix is tested by comparing its position with the length, which also holds where it is missing.",
  category: "text",
  severity: "warning",
  preset: "preview",
  since: "0.1.0",
  repair: "Ask `text.endsWith(suffix)`.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](comparison: BinaryExpression) {
      if (!EQUALITIES.has(comparison.operatorToken.kind)) return;
      const test = suffixTest(comparison.left, comparison.right) ?? suffixTest(comparison.right, comparison.left);
      if (!test || isGuarded(comparison, test) || !(yield* isText(pass, test))) return;
      report(pass, comparison, test);
    },
  }),
});
export default rule;

const EQUALITIES: ReadonlySet<SyntaxKind> = new Set([
  ...NOT_EQUALS,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
]);

interface SuffixTest {
  readonly call: CallExpression;
  readonly text: Expression;
  readonly suffix: Expression;
}

/** `text.indexOf(suffix)` and `text.length - n`, or `text.indexOf(suffix) + n` and `text.length`. */
function suffixTest(position: Expression, end: Expression): SuffixTest | undefined {
  const sum = parts(position, SyntaxKind.PlusToken);
  const test = searched(sum ? sum[0] : position);
  if (!test) return undefined;
  const difference = sum ? undefined : parts(end, SyntaxKind.MinusToken);
  const length = difference ? difference[0] : end;
  const size = sum ? sum[1] : difference?.[1];
  return size && isLengthOf(length, test.text) && isSizeOf(size, test.suffix) ? test : undefined;
}

function parts(node: Expression, operator: SyntaxKind): readonly [Expression, Expression] | undefined {
  const inner = unwrapped(node);
  return isBinaryExpression(inner) && inner.operatorToken.kind === operator ? [inner.left, inner.right] : undefined;
}

function searched(node: Expression): SuffixTest | undefined {
  const call = unwrapped(node);
  const method = isCallExpression(call) && call.arguments.length === 1 ? asMethodCall(call) : undefined;
  if (!method || !isCallExpression(call) || !SEARCHES.has(method.name)) return undefined;
  const [suffix] = call.arguments;
  return suffix && !mayHaveEffects(method.object) ? { call, text: method.object, suffix } : undefined;
}

const SEARCHES: ReadonlySet<string> = new Set(["indexOf", "lastIndexOf"]);

function isLengthOf(node: Node, owner: Node): boolean {
  const member = unwrapped(node);
  if (!isPropertyAccessExpression(member) && !isElementAccessExpression(member)) return false;
  return memberName(member) === "length" && isSameReference(member.expression, owner);
}

/** Of one character the test errs on the empty text alone, which hardly matters. */
function isSizeOf(node: Node, suffix: Node): boolean {
  const text = unwrapped(suffix);
  if (!isStringLiteralLikeNode(text)) return isLengthOf(node, suffix);
  const isOwn = isLengthOf(node, suffix) || literalValue(node) === text.text.length || isLengthOfText(node, text.text);
  return isOwn && text.text.length > 1;
}

/** `".js".length` */
function isLengthOfText(node: Node, text: string): boolean {
  const member = unwrapped(node);
  return (
    isPropertyAccessExpression(member) && member.name.text === "length" && literalValue(member.expression) === text
  );
}

/** Whether something else asks whether the suffix is there, or how long the text is. */
function isGuarded(comparison: BinaryExpression, { call, text }: SuffixTest): boolean {
  const others = [...ownNodesOf(enclosingFunction(comparison) ?? comparison.getSourceFile())];
  return (
    isSearchedBefore(comparison, text) ||
    others.some(node => isBinaryExpression(node) && node !== comparison && isBound(node, text, call))
  );
}

/** `text.includes(suffix) && …`, and the other signs that the same condition has of the suffix being there. */
function isSearchedBefore(comparison: BinaryExpression, text: Expression): boolean {
  let whole: Node = wrapped(comparison);
  for (const kind of [SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken]) {
    while (isBinaryExpression(whole.parent) && whole.parent.operatorToken.kind === kind) whole = wrapped(whole.parent);
  }
  const chain = [SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken].flatMap(kind =>
    operandsOf(whole as Expression, kind),
  );
  return chain.some(operand => {
    const isOther = comparison.pos < operand.pos || operand.end < comparison.end;
    return isOther && [...ownNodesOf(operand)].some(node => asksOf(node, text));
  });
}

function asksOf(node: Node, text: Expression): boolean {
  const method = isCallExpression(node) ? asMethodCall(node) : undefined;
  return method !== undefined && isSameReference(method.object, text);
}

/** The length is compared for its size, or the same search with -1. */
function isBound({ left, right, operatorToken }: BinaryExpression, text: Expression, call: CallExpression): boolean {
  const sides = [left, right];
  if (ORDERINGS.has(operatorToken.kind) && sides.some(side => isLengthOf(side, text))) return true;
  return (
    sides.some(side => unwrapped(side).getText() === call.getText()) && sides.some(side => literalValue(side) === -1)
  );
}

/** What is as long as its own suffix is text; of a literal, two characters say as much. */
function* isText({ checker }: Pass, { text, suffix }: SuffixTest): Ask<boolean> {
  const type = yield* checker.typeOf(text);
  if (isUncertain(type)) return true;
  return (yield* builtinOf(checker, text)) === "String" && (yield* builtinOf(checker, suffix)) !== "RegExp";
}

function report(pass: Pass, comparison: BinaryExpression, { call, text, suffix }: SuffixTest): void {
  const { sourceFile } = pass.file;
  const isNegated = NOT_EQUALS.has(comparison.operatorToken.kind);
  const code = `${text.getText(sourceFile)}.endsWith(${suffix.getText(sourceFile)})`;
  pass.report(comparison, {
    message: `This ${isNegated ? "fails" : "holds"} for a text that lacks ${quoted(suffix, sourceFile, 30)} and is one shorter than it too: both sides are -1 there.`,
    evidence: [{ at: call, message: "This is -1 where the suffix is missing." }],
    fixes: [
      {
        title: "Ask `endsWith`",
        safety: "suggested",
        edits: [{ at: comparison, text: isNegated ? `!${code}` : code }],
      },
    ],
  });
}
