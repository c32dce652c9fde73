/** Reports an optional chain that is used where `undefined` throws, or makes NaN, although `?.` says that it may come. */
import {
  certainParts,
  defineRule,
  isKnownError,
  hasOnlyFlags,
  isGuess,
  isNullish,
  isSameCode,
  isUncertain,
  nodesOf,
  quoted,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isAwaitExpression,
  isBinaryExpression,
  isConditionalExpression,
  isIfStatement,
  NodeFlags,
  SyntaxKind,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { fixesFor } from "./fixes.ts";
import { useOf, type Use } from "./uses.ts";

const rule: Rule = defineRule({
  id: "optional-chain-dereference",
  summary: "An optional chain, which may give `undefined`, is used where `undefined` throws or makes NaN.",
  category: "nullness",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Let the chain go on (`a?.b.c`), give a value for the missing case (`a?.b ?? []`), or leave out the `?.`.",
  listen: pass => ({
    [SyntaxKind.PropertyAccessExpression]: (node: Expression) => check(pass, node),
    [SyntaxKind.ElementAccessExpression]: (node: Expression) => check(pass, node),
    [SyntaxKind.CallExpression]: (node: Expression) => check(pass, node),
  }),
});
export default rule;

function* check(pass: Pass, chain: Expression): Ask<void> {
  if (!(chain.flags & NodeFlags.OptionalChain)) return;
  const use = useOf(chain);
  if (!use || isClaimedInTest(pass, chain, use) || isTested(pass, chain, use)) return;
  if (!(yield* mayBeMissing(pass, chain, use))) return;
  const link = linkOf(chain);
  pass.report(chain, {
    message: `${quoted(chain, pass.file.sourceFile)} is \`undefined\` where \`?.\` stops, and ${use.effect}.`,
    evidence: [{ at: link, message: "This `?.` says that what stands before it may be missing." }],
    fixes: fixesFor(pass, chain, use),
  });
}

/**
 * Whether the chain may stop: where null has types of its own they decide, and else the `?.` itself says so. A sum is
 * one only of numbers, since text takes "undefined" without an error.
 */
function* mayBeMissing(pass: Pass, chain: Expression, use: Use): Ask<boolean> {
  const { checker, file } = pass;
  const type = yield* checker.typeOf(chain);
  if (isUncertain(type)) return !use.isArithmetic;
  if (use.isArithmetic && !(yield* isSumOfNumbers(pass, chain, use))) return false;
  if (!file.strictNullChecks) return true;
  const parts = yield* checker.partsOf(type);
  return parts.some(isNullish) && (yield* certainParts(checker, type)) !== undefined;
}

/** Whether the operands are numbers, the one that may be missing apart from that. */
function* isSumOfNumbers({ checker, file }: Pass, chain: Node, { place, value, addend }: Use): Ask<boolean> {
  const operand = awaitedIn(chain, value) ?? chain;
  if (!(yield* hasOnlyFlags(checker, yield* checker.typeOf(operand), TypeFlags.NumberLike))) return false;
  if (!addend) return true;
  if (!(yield* hasOnlyFlags(checker, yield* checker.typeOf(addend), TypeFlags.NumberLike))) return false;
  // `label = 0` may get a text later on.
  const isPlain = isBinaryExpression(place) && place.operatorToken.kind === SyntaxKind.PlusToken;
  return !isPlain || !file.isJavaScript || !(yield* isGuess(checker, addend));
}

/** The `await` between a chain and the value that is calculated with. */
function awaitedIn(chain: Node, value: Node): Node | undefined {
  for (let at = chain; at !== value; at = at.parent) if (isAwaitExpression(at.parent)) return at.parent;
  return undefined;
}

/** A test that takes the value for there, by an assertion, fails where it is not: that is what a test is for. */
function isClaimedInTest({ file }: Pass, chain: Expression, { value }: Use): boolean {
  if (!file.isTest) return false;
  if (isKnownError(chain)) return true;
  let at: Node = chain;
  while (at !== value && at.kind !== SyntaxKind.AsExpression) at = at.parent;
  return at.kind === SyntaxKind.AsExpression;
}

/** Whether a condition around the use looks at the same chain first. */
function isTested({ file }: Pass, chain: Expression, use: Use): boolean {
  let at: Node = use.place;
  for (let { parent } = at; parent; at = parent, parent = at.parent) {
    const test = testOf(parent, at);
    if (!test) continue;
    for (const node of nodesOf(test))
      if (node.kind === chain.kind && isSameCode(node, chain, file.sourceFile)) return true;
  }
  return false;
}

/** The condition that was evaluated before `part` of its parent. */
function testOf(parent: Node, part: Node): Node | undefined {
  if (isIfStatement(parent)) return parent.expression === part ? undefined : parent.expression;
  if (isConditionalExpression(parent)) return parent.condition === part ? undefined : parent.condition;
  return isBinaryExpression(parent) && parent.right === part ? parent.left : undefined;
}

/** The last `?.` of a chain. */
function linkOf(chain: Node): Node {
  for (let at = chain as Node & { expression?: Node; questionDotToken?: Node }; ;) {
    if (at.questionDotToken) return at.questionDotToken;
    if (!at.expression) return chain;
    at = at.expression;
  }
}
