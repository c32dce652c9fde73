/** Reports `a < b < c`, which compares the truth of `a < b` with `c`. */
import {
  certainParts,
  defineRule,
  EQUALS,
  isGuess,
  isUncertain,
  literalValue,
  mayHaveEffects,
  ORDERINGS,
  quoted,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isIdentifier,
  isParenthesizedExpression,
  SyntaxKind,
  type BinaryExpression,
  type Expression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "chained-comparison",
  summary: "A comparison is compared again: `a < b < c` compares true or false with `c`.",
  category: "operators",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write both comparisons: `a < b && b < c`.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      const chain = chainOf(node);
      if (!chain || isLinkOfLonger(node) || isGeneric(pass, node)) return;
      if (EQUALS.has(node.operatorToken.kind) && !(yield* isNeverBoolean(pass, node.right))) {
        if (!(yield* isOfUntypedNames(pass, chain))) return;
      }
      report(pass, node, chain);
    },
  }),
});
export default rule;

/** `translated()<Layout>(Layout)` gives a type to a function, in JavaScript that Flow checks. */
function isGeneric({ file }: Pass, { operatorToken, right }: BinaryExpression): boolean {
  const isCalled = operatorToken.kind === SyntaxKind.GreaterThanToken && isParenthesizedExpression(right);
  return isCalled && file.isJavaScript && right.getStart() === operatorToken.end;
}

const INSTANCES: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.InstanceOfKeyword]);

/** Operators that read as a chain: `a < b <= c`, but not `a < b === c`, which compares a truth on purpose. */
const FAMILIES: readonly ReadonlySet<SyntaxKind>[] = [ORDERINGS, EQUALS, INSTANCES];

/** The comparisons of a chain from left to right, at least two of them. Brackets end a chain: they say what is meant. */
function chainOf(node: BinaryExpression): readonly BinaryExpression[] | undefined {
  const family = FAMILIES.find(operators => operators.has(node.operatorToken.kind));
  if (!family) return undefined;
  const chain = [node];
  for (let at = node.left; isBinaryExpression(at) && family.has(at.operatorToken.kind); at = at.left) chain.unshift(at);
  return chain.length > 1 ? chain : undefined;
}

function isLinkOfLonger(node: BinaryExpression): boolean {
  const { parent } = node;
  return isBinaryExpression(parent) && parent.left === node && chainOf(parent) !== undefined;
}

/** Whether a value is known to be no boolean: `a === b === true` is a question about a truth. */
function* isNeverBoolean({ checker, file }: Pass, value: Expression): Ask<boolean> {
  const literal = literalValue(value);
  if (literal !== undefined) return typeof literal !== "boolean" && literal !== 0 && literal !== 1;
  const parts = yield* certainParts(checker, yield* checker.typeOf(value));
  if (!parts || parts.length === 0 || !parts.every(part => part.flags & OTHERS)) return false;
  return !(file.isJavaScript && (yield* isGuess(checker, value)));
}

/** `a === b === c` of names that nothing says to be booleans, in JavaScript, which does not tell. */
function* isOfUntypedNames({ checker, file }: Pass, chain: readonly BinaryExpression[]): Ask<boolean> {
  const [first, ...rest] = chain;
  if (!file.isJavaScript || !first || rest.length !== 1) return false;
  for (const operand of [first.left, first.right, ...rest.map(({ right }) => right)]) {
    if (!isIdentifier(operand) || BOOLEAN.test(operand.text)) return false;
    if (!isUncertain(yield* checker.typeOf(operand))) return false;
  }
  return true;
}

/** Names of what is true or false. */
const BOOLEAN =
  /^(?:is|has|was|are|can|do|does|should|must|want|no|not|in|on)(?:[A-Z_]|$)|expect|flag|bool|equal|invert|negat|revers|strict|enabl|desc|asc|value|result|match|same|ok$|.{3}ed$/i;

const OTHERS = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BigIntLike | TypeFlags.Object;

function report(pass: Pass, node: BinaryExpression, chain: readonly BinaryExpression[]): void {
  const { sourceFile } = pass.file;
  const first = chain[0] as BinaryExpression;
  const second = chain[1] as BinaryExpression;
  pass.report(node, {
    message: `${quoted(first, sourceFile)} is true or false, and that is compared with ${quoted(second.right, sourceFile)}.`,
    evidence: [{ at: first, message: "This comparison runs first." }],
    fixes: fixesFor(pass, node, chain),
  });
}

/** Each comparison by itself, where what stands in the middle may be evaluated twice. */
function fixesFor({ file }: Pass, node: BinaryExpression, chain: readonly BinaryExpression[]): readonly ReportedFix[] {
  const operands = [(chain[0] as BinaryExpression).left, ...chain.map(link => link.right)];
  if (INSTANCES.has(node.operatorToken.kind) || operands.slice(1, -1).some(mayHaveEffects)) return [];
  const text = chain
    .map((link, index) => {
      const sides = [operands[index], operands[index + 1]].map(side => (side as Expression).getText(file.sourceFile));
      return sides.join(` ${link.operatorToken.getText(file.sourceFile)} `);
    })
    .join(" && ");
  const isBare =
    !isBinaryExpression(node.parent) || node.parent.operatorToken.kind === SyntaxKind.AmpersandAmpersandToken;
  const edits = [{ at: node, text: isBare ? text : `(${text})` }];
  return [{ title: "Compare each pair", safety: "suggested", edits }];
}
