/** Reports `!` behind an optional chain: it claims that the value is there which `?.` says may be missing. */
import {
  defineRule,
  isCondition,
  isNullish,
  isUncertain,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  NodeFlags,
  SyntaxKind,
  type Expression,
  type Node,
  type NonNullExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "optional-chain-asserted",
  summary: "`!` claims that the result of an optional chain is there, which its `?.` says may be missing.",
  category: "nullness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Handle the missing case, or, where it cannot occur, assert what stands before the `?.` so that the claim fails there.",
  listen: pass => ({
    [SyntaxKind.NonNullExpression](node: NonNullExpression) {
      // A test with a wrong claim fails, which is what tests are for.
      if (pass.file.isTest) return undefined;
      const chain = unwrapped(node) as Expression;
      if (!(chain.flags & NodeFlags.OptionalChain) || isInside(node) || isHarmless(node)) return undefined;
      return check(pass, node, chain);
    },
  }),
});
export default rule;

/** Whether the chain goes on behind the `!`, which then stops with the chain; or whether another `!` follows. */
function isInside(node: Node): boolean {
  const { parent } = node;
  if (parent.kind === SyntaxKind.NonNullExpression) return true;
  const isLink = isPropertyAccessExpression(parent) || isElementAccessExpression(parent) || isCallExpression(parent);
  return isLink && parent.expression === node && (parent.flags & NodeFlags.OptionalChain) !== 0;
}

const TAKES_NOTHING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** Whether a missing value is taken care of even so: by a comparison, a test or `??`. */
function isHarmless(node: Expression): boolean {
  const { parent } = wrapped(node);
  if (isCondition(node)) return true;
  return isBinaryExpression(parent) && TAKES_NOTHING.has(parent.operatorToken.kind);
}

function* check(pass: Pass, node: NonNullExpression, chain: Expression): Ask<void> {
  const { checker, file } = pass;
  const link = linkOf(chain);
  if (!file.strictNullChecks || !link) return;
  const owner = yield* checker.typeOf(link.expression);
  if (isUncertain(owner) || !(yield* checker.partsOf(owner)).some(isNullish)) return;
  if (isUncertain(yield* checker.typeOf(chain))) return;
  const what = quoted(link.expression, file.sourceFile);
  pass.report(node, {
    message: `\`!\` claims that this is there, but \`?.\` makes it \`undefined\` when ${what} is missing.`,
    evidence: [{ at: link.expression, message: `This is a \`${yield* checker.textOf(owner)}\`.` }],
    fixes: fixesFor(link),
  });
}

interface Link extends Node {
  readonly expression: Expression;
  readonly questionDotToken?: Node;
}

/** The last part of a chain with a `?.`. */
function linkOf(chain: Node): (Link & { questionDotToken: Node }) | undefined {
  for (let at = chain as Partial<Link> & Node; ; at = at.expression) {
    if (at.questionDotToken && at.expression) return at as Link & { questionDotToken: Node };
    if (!at.expression) return undefined;
  }
}

/** The claim made where it belongs: `a?.b!` as `a!.b!`, which throws where it is wrong. */
function fixesFor(link: Link & { questionDotToken: Node }): readonly ReportedFix[] {
  if (linkOf(link.expression)) return [];
  const edits = [{ at: link.questionDotToken, text: isPropertyAccessExpression(link) ? "!." : "!" }];
  return [{ title: "Assert what stands before the `?.`", safety: "suggested", edits }];
}
