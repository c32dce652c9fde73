/** Reports conditions that assign where a comparison is meant. */
import {
  asMethodCall,
  defineRule,
  flowRootOf,
  hasOnlyFlags,
  isCondition,
  isRepeatable,
  LOGICAL,
  nodesOf,
  PREDICATE_METHODS,
  quoted,
  truthOf,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type Rule,
} from "@review/analysis";
import { TypeFlags } from "@review/program";
import {
  isArrowFunction,
  isBinaryExpression,
  isIdentifier,
  isIfStatement,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isVariableDeclarationList,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type ForStatement,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "assignment-in-condition",
  summary: "A condition assigns a value that is known beforehand, where a comparison is meant.",
  category: "assignments",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Compare with `===`; where the assignment is meant, put it before the condition or into brackets of its own.",
  listen: pass => ({
    *[SyntaxKind.BinaryExpression](node: BinaryExpression) {
      if (!ASSIGNMENTS.has(node.operatorToken.kind) || !isTested(node)) return;
      const isPlain = node.operatorToken.kind === SyntaxKind.EqualsToken;
      const why = isPlain ? yield* valueKnown(pass, node) : outcomeKnown(node);
      if (why !== undefined) report(pass, node, why);
    },
    [SyntaxKind.ForStatement]: (node: ForStatement) => checkCounter(pass, node),
    [SyntaxKind.CallExpression]: (node: CallExpression) => checkPredicate(pass, node),
  }),
});
export default rule;

/** `for (let i = 0; i = names.length; i++)`: the counter is the same in each round. */
function checkCounter(pass: Pass, { initializer, condition }: ForStatement): void {
  const test = condition && unwrapped(condition);
  if (!initializer || !test || !isAssignment(test) || !isVariableDeclarationList(initializer)) return;
  const { left, right } = test;
  if (!isIdentifier(left) || !isPropertyAccessExpression(right) || !COUNTS.has(right.name.text) || !isRepeatable(right))
    return;
  if (initializer.declarations.some(({ name }) => isIdentifier(name) && name.text === left.text))
    report(pass, test, `the value of ${quoted(right, pass.file.sourceFile)}`);
}

const COUNTS: ReadonlySet<string> = new Set(["length", "size"]);

/** `users.filter(user => user.role = "admin")` */
function checkPredicate(pass: Pass, call: CallExpression): void {
  const predicate = call.arguments[0] && unwrapped(call.arguments[0]);
  if (!predicate || !isArrowFunction(predicate) || !PREDICATE_METHODS.has(asMethodCall(call)?.name ?? "")) return;
  const answer = unwrapped(predicate.body);
  const outcome = isAssignment(answer) ? truthOf(answer.right) : undefined;
  if (isAssignment(answer) && outcome !== undefined) report(pass, answer, `always ${outcome ? "truthy" : "falsy"}`);
}

function isAssignment(node: Node): node is BinaryExpression {
  return isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken;
}

const ASSIGNMENTS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
]);

/** Whether the assignment is the condition, without brackets that say it is meant. */
function isTested(node: BinaryExpression): boolean {
  let outer: Node = node;
  let brackets = 0;
  for (; isParenthesizedExpression(outer.parent); outer = outer.parent) brackets++;
  const { parent } = outer;
  // `!(a = b)` and `(a = b) ? c : d` cannot do without brackets.
  const needed = isPrefixUnaryExpression(parent) || parent.kind === SyntaxKind.ConditionalExpression ? 1 : 0;
  if (brackets > needed || !isCondition(node) || parent.kind === SyntaxKind.BinaryExpression) return false;
  return !isPrefixUnaryExpression(parent) || isAsked(parent);
}

/** `if (!(a = 1))` asks; `return !(isFound = true)` and `isOld || !(isSeen = true)` note something, and go on with false. */
function isAsked(negation: Node): boolean {
  const { parent } = wrapped(negation);
  return isBinaryExpression(parent) ? !LOGICAL.has(parent.operatorToken.kind) : isCondition(negation);
}

/** Why the outcome does not depend on what is computed here; undefined where it does. */
function* valueKnown(pass: Pass, node: BinaryExpression): Ask<string | undefined> {
  const value = unwrapped(node.right) as Expression;
  const outcome = truthOf(value);
  const isChoice = isBinaryExpression(value) && isIfStatement(node.parent);
  if (outcome !== undefined) {
    return isChoice && isFirstUse(pass, node) ? undefined : `always ${outcome ? "truthy" : "falsy"}`;
  }
  const isName = isIdentifier(value) && value.text !== "undefined";
  if (!isName || !isIfStatement(node.parent) || isFirstUse(pass, node)) return undefined;
  // `if (isOutside = isWrongLine)` keeps the answer to a question that it asks.
  const isTruth = yield* hasOnlyFlags(pass.checker, yield* pass.checker.typeOf(value), TypeFlags.BooleanLike);
  return isTruth ? undefined : `the value of \`${value.text}\``;
}

/** `ready ||= true` is truthy, and `ready &&= false` falsy, whatever was there before. */
function outcomeKnown({ operatorToken, right }: BinaryExpression): string | undefined {
  const isOr = operatorToken.kind === SyntaxKind.BarBarEqualsToken;
  return truthOf(right) === isOr ? `always ${isOr ? "truthy" : "falsy"}` : undefined;
}

/** `if (match = found) use(match)` fetches a value and uses it; a variable that has one by then is compared. */
function isFirstUse(pass: Pass, node: BinaryExpression): boolean {
  const target = unwrapped(node.left);
  const variable = pass.scopes().variableOf(target);
  if (!variable) return false;
  const isDeclaredEmpty = variable.declarations.every(
    ({ parent }) => isVariableDeclaration(parent) && !parent.initializer,
  );
  if (isDeclaredEmpty && variable.root === flowRootOf(node)) return true;
  for (const use of nodesOf((node.parent as Node & { thenStatement: Node }).thenStatement)) {
    if (isIdentifier(use) && pass.scopes().variableOf(use) === variable) return true;
  }
  return false;
}

function report(pass: Pass, node: BinaryExpression, why: string): void {
  const { sourceFile } = pass.file;
  const operator = node.operatorToken;
  pass.report(node, {
    message: `This condition assigns to ${quoted(node.left, sourceFile)} and compares nothing: it is ${why}.`,
    evidence: [{ at: node.right, message: `This value is assigned and tested.` }],
    fixes:
      operator.kind === SyntaxKind.EqualsToken
        ? [{ title: "Compare with `===`", safety: "suggested", edits: [{ at: operator, text: "===" }] }]
        : [],
  });
}
