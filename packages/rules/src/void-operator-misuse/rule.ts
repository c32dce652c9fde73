/** Reports `void` before what is no call, and where its undefined decides something. */
import {
  defineRule,
  EQUALITIES,
  literalValue,
  ORDERINGS,
  isCondition,
  isInside,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import {
  isAwaitExpression,
  isBinaryExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  isTemplateSpan,
  isVariableDeclaration,
  SyntaxKind,
  type Node,
  type VoidExpression,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "void-operator-misuse",
  summary:
    "`void` stands before a function that is not called, or makes a condition, an operand or an `await` pointless.",
  category: "operators",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Call the function, or leave `void` out where the value is needed; `void` binds closer than any other operator.",
  listen: pass => ({
    *[SyntaxKind.VoidExpression](node: VoidExpression) {
      const operand = unwrapped(node.expression);
      if (literalValue(operand) !== undefined) return;
      const use = uselessIn(node);
      if (use !== undefined) {
        pass.report(node, {
          message: `${quoted(node, pass.file.sourceFile)} is always undefined, so that ${use}.`,
          evidence: [{ at: node, message: "`void` gives undefined, whatever stands behind it." }],
          fixes: [
            { title: "Leave out `void`", safety: "suggested", edits: [{ at: node, text: node.expression.getText() }] },
          ],
        });
      } else yield* checkUncalled(pass, node, operand);
    },
  }),
});
export default rule;

/** What is pointless about the place; a comparison with undefined is how old code writes that word. */
function uselessIn(node: VoidExpression): string | undefined {
  const outer = wrapped(node);
  const { parent } = outer;
  if (isAwaitExpression(parent)) return "`await` waits for nothing";
  if (isTemplateSpan(parent)) return 'the text reads "undefined"';
  if (isVariableDeclaration(parent)) return "the variable gets nothing";
  if (isBinaryExpression(parent) && parent.left === outer) {
    const { kind } = parent.operatorToken;
    if (LOGICAL.has(kind)) return "only one side of the operator is ever used";
    if (EQUALITIES.has(kind) || ORDERINGS.has(kind)) return "the comparison is decided";
    if (ARITHMETIC.has(kind)) return "there is nothing to calculate with";
  }
  return isCondition(outer) ? "the condition is decided" : undefined;
}

const ARITHMETIC: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.PlusToken, SyntaxKind.MinusToken, SyntaxKind.AsteriskToken, SyntaxKind.SlashToken],
  ...[SyntaxKind.PercentToken, SyntaxKind.AsteriskAsteriskToken],
]);

const LOGICAL: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

/** `void save;` evaluates the name of a function and does not call it. A member may be read for its getter. */
function* checkUncalled(pass: Pass, node: VoidExpression, operand: Node): Ask<void> {
  if (!isIdentifier(operand) && !isPropertyAccessExpression(operand)) return;
  const { checker, file } = pass;
  const signatures = yield* checker.callSignaturesOf(yield* checker.typeOf(operand));
  if (signatures.length === 0 || isKept(pass, node, operand)) return;
  const at = { start: operand.end, end: operand.end };
  pass.report(node, {
    message: `${quoted(operand, file.sourceFile)} is not called: \`void\` only evaluates its name.`,
    evidence: [{ at: operand, message: "This is a function." }],
    fixes: [{ title: "Call the function", safety: "suggested", edits: [{ at, text: "()" }] }],
  });
}

/**
 * `void helper;` among the statements of a module, or of the block that declares it, is how a name is kept that nothing
 * else uses; and a test reads a member for what its getter does.
 */
function isKept(pass: Pass, node: VoidExpression, name: Node): boolean {
  if (!isIdentifier(name)) return pass.file.isTest;
  const { parent: statement } = wrapped(node);
  if (!isExpressionStatement(statement)) return false;
  const variable = pass.scopes().variableOf(name);
  if (variable?.references.length !== 1) return false;
  const isOwn = variable.declarations.some(each => isInside(each, statement.parent));
  return isSourceFile(statement.parent) || isOwn;
}
