/** Reports loops whose condition nothing in them can change. */
import {
  certainParts,
  defineRule,
  ownNodesOf,
  quoted,
  unwrapped,
  usesOf,
  isWritten,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
  type Variable,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isBinaryExpression,
  isBreakOrContinueStatement,
  isForStatement,
  isIdentifier,
  isPrefixUnaryExpression,
  isReturnStatement,
  isThrowStatement,
  isYieldExpression,
  SyntaxKind,
  type DoStatement,
  type Expression,
  type ForStatement,
  type Identifier,
  type Node,
  type WhileStatement,
} from "@review/program/syntax";
import { checkStep } from "./outer-counter.ts";

type Loop = WhileStatement | DoStatement | ForStatement;

const rule: Rule = defineRule({
  id: "loop-condition-never-changes",
  summary: "A loop's condition reads only variables that nothing in the loop changes: it runs never, or without end.",
  category: "control-flow",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Change in the loop what its condition tests, or test what it changes.",
  listen: pass => ({
    [SyntaxKind.WhileStatement]: (loop: WhileStatement) => check(pass, loop, loop.expression),
    [SyntaxKind.DoStatement]: (loop: DoStatement) => check(pass, loop, loop.expression),
    [SyntaxKind.ForStatement](loop: ForStatement) {
      checkStep(pass, loop);
      return loop.condition ? check(pass, loop, loop.condition) : undefined;
    },
  }),
});
export default rule;

function* check(pass: Pass, loop: Loop, condition: Expression): Ask<void> {
  const names = namesIn(condition);
  if (!names || names.length === 0) return;
  const scopes = pass.scopes();
  const variables = names.map(name => scopes.variableOf(name));
  if (!variables.every(variable => variable && isFollowed(variable) && !isChangedIn(loop, variable))) return;
  const counted = countedInstead(loop);
  // A loop that is left otherwise may have its condition for other reasons, unless it counts something else.
  if (!counted && [...ownNodesOf(loop)].some(isExit)) return;
  for (const name of names) if (yield* mayChangeInside(pass, loop, name)) return;
  const { sourceFile } = pass.file;
  const listed = [...new Set(names.map(({ text }) => `\`${text}\``))].join(" and ");
  pass.report(condition, {
    message: `Nothing in this loop changes ${listed}: once ${quoted(condition, sourceFile)} holds, it holds for ever.`,
    evidence: counted
      ? [{ at: counted, message: "Each round changes this, which the condition does not test." }]
      : [{ at: loop.statement, message: `${listed} is not written here, and by no function that runs meanwhile.` }],
  });
}

/** The variables of a condition; undefined where it depends on more: a call, a member, an assignment. */
function namesIn(condition: Expression): readonly Identifier[] | undefined {
  const names: Identifier[] = [];
  for (const node of ownNodesOf(condition)) {
    if (isIdentifier(node)) {
      if (node.text !== "undefined" && node.text !== "Infinity" && node.text !== "NaN") names.push(node);
    } else if (!isFixed(node) && !(node === condition && unwrapped(node) !== node)) return undefined;
  }
  return names;
}

function isFixed(node: Node): boolean {
  if (isPrefixUnaryExpression(node)) return node.operator !== PLUS_PLUS && node.operator !== MINUS_MINUS;
  const { parent } = node;
  return FIXED.has(node.kind) || (isBinaryExpression(parent) && parent.operatorToken === node);
}

const PLUS_PLUS = SyntaxKind.PlusPlusToken;
const MINUS_MINUS = SyntaxKind.MinusMinusToken;

/** What a condition may consist of besides names, and have the same value each time. */
const FIXED: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.BinaryExpression, SyntaxKind.ParenthesizedExpression, SyntaxKind.NonNullExpression],
  ...[SyntaxKind.NumericLiteral, SyntaxKind.StringLiteral, SyntaxKind.BigIntLiteral, SyntaxKind.NullKeyword],
  ...[SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword, SyntaxKind.TypeOfExpression],
]);

/** Whether a value may change without a write: a date compares otherwise once a method of it was called. */
function* mayChangeInside({ checker }: Pass, loop: Loop, name: Identifier): Ask<boolean> {
  if (!isConverted(name)) return false;
  const parts = yield* certainParts(checker, yield* checker.typeOf(name));
  if (parts) return parts.some(({ flags }) => (flags & TypeFlags.Primitive) === 0);
  return usesOf(loop, name.text).some(
    ({ parent }) => !isBinaryExpression(parent) && parent.kind !== SyntaxKind.PrefixUnaryExpression,
  );
}

/** Whether the condition asks for a number or text of a value; that it is there, or is the same one, no method changes. */
function isConverted(name: Identifier): boolean {
  const { parent } = wrapped(name);
  return isBinaryExpression(parent) && !KEEPING.has(parent.operatorToken.kind);
}

const KEEPING: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken],
  ...[SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken],
]);

/** Whether the text shows every write of a variable. */
function isFollowed(variable: Variable): boolean {
  if (variable.isExposed || variable.isWrittenByCapture) return false;
  return (
    variable.kind === "let" || variable.kind === "var" || variable.kind === "const" || variable.kind === "parameter"
  );
}

function isChangedIn(loop: Loop, { references, declarations }: Variable): boolean {
  const isInside = ({ pos, end }: Node): boolean => pos >= loop.pos && end <= loop.end && !isInitial(loop, pos);
  return references.some(each => each.isWritten && isInside(each.node)) || declarations.some(isInside);
}

function isInitial(loop: Loop, pos: number): boolean {
  return (
    isForStatement(loop) && loop.initializer !== undefined && pos >= loop.initializer.pos && pos < loop.initializer.end
  );
}

/** What a `for` counts, where the condition does not look at it. */
function countedInstead(loop: Loop): Expression | undefined {
  if (!isForStatement(loop) || !loop.incrementor || !loop.initializer) return undefined;
  const { incrementor } = loop;
  const names = [...ownNodesOf(incrementor)].filter(isIdentifier);
  return names.length === 1 && names.some(({ text }) => usesOf(incrementor, text).some(isWritten))
    ? incrementor
    : undefined;
}

function isExit(node: Node): boolean {
  if (isReturnStatement(node) || isThrowStatement(node) || isYieldExpression(node)) return true;
  if (isBreakOrContinueStatement(node)) return node.kind === SyntaxKind.BreakStatement || node.label !== undefined;
  return /^process\.(?:exit|abort)$/.test(node.kind === SyntaxKind.PropertyAccessExpression ? node.getText() : "");
}
