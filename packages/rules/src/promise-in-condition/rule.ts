/** Reports a promise whose truth is tested, where its result is meant. */
import {
  asFixedLocal,
  asMethodCall,
  canAwait,
  defineRule,
  EQUALITIES,
  isAccess,
  isArrayOrIterator,
  isAsync,
  isCondition,
  isGlobal,
  isNullish,
  isThenable,
  memberName,
  nodesOf,
  PREDICATE_METHODS,
  predicateFixes,
  PROMISE_METHODS,
  quoted,
  returnedBy,
  isSameReference,
  unwrapped,
  valuesOf,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
  type Variable,
} from "@review/analysis";
import type { Type } from "@review/program";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  SyntaxKind,
  type ArrowFunction,
  type BinaryExpression,
  type CallExpression,
  type ConditionalExpression,
  type DoStatement,
  type Expression,
  type ForStatement,
  type FunctionExpression,
  type IfStatement,
  type Node,
  type PrefixUnaryExpression,
  type WhileStatement,
} from "@review/program/syntax";
import { isAlwaysPromise, isMadeHere } from "./origin.ts";

const rule: Rule = defineRule({
  id: "promise-in-condition",
  summary: "A promise is tested for truth: it is always true, whatever it resolves to.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Await the promise and test its result; in a predicate, await the answers before the array is filtered.",
  listen: pass => ({
    [SyntaxKind.IfStatement]: (node: IfStatement) => check(pass, node.expression),
    [SyntaxKind.WhileStatement]: (node: WhileStatement) => check(pass, node.expression),
    [SyntaxKind.DoStatement]: (node: DoStatement) => check(pass, node.expression),
    [SyntaxKind.ForStatement]: (node: ForStatement) => check(pass, node.condition),
    [SyntaxKind.ConditionalExpression]: (node: ConditionalExpression) => check(pass, node.condition),
    [SyntaxKind.PrefixUnaryExpression]: (node: PrefixUnaryExpression) =>
      node.operator === SyntaxKind.ExclamationToken ? check(pass, node.operand) : undefined,
    [SyntaxKind.BinaryExpression]: (node: BinaryExpression) =>
      isLogical(node) ? check(pass, node.left) : checkComparison(pass, node),
    *[SyntaxKind.CallExpression](node: CallExpression) {
      yield* checkPredicate(pass, node);
      if (isIdentifier(node.expression) && (yield* isGlobal(pass.checker, node.expression, "Boolean")))
        yield* check(pass, node.arguments[0]);
    },
  }),
});
export default rule;

function isLogical(node: BinaryExpression): boolean {
  const kind = node.operatorToken.kind;
  return kind === SyntaxKind.AmpersandAmpersandToken || kind === SyntaxKind.BarBarToken;
}

function* check(pass: Pass, condition: Expression | undefined): Ask<void> {
  const tested = condition && testedIn(condition);
  if (!tested || isAskedForHandlers(tested)) return;
  if (yield* isAlwaysPromise(pass, tested)) return yield* report(pass, tested);
  const answer = answerBehind(pass, tested);
  if (answer && (yield* isAlwaysPromise(pass, answer))) yield* report(pass, answer);
}

/** `const user = load(id); if (user === null) …`: a promise that was made here is never null. */
function* checkComparison(pass: Pass, { left, operatorToken, right }: BinaryExpression): Ask<void> {
  const compared = unwrapped(left) as Expression;
  if (!EQUALITIES.has(operatorToken.kind) || !isNothing(right) || !mayBePromise(compared)) return;
  if (!(yield* isMadeHere(pass.checker, compared)) || !(yield* isAlwaysPromise(pass, compared))) return;
  const { checker, file } = pass;
  const type = yield* checker.typeOf(compared);
  pass.report(compared, {
    message: `${quoted(compared, file.sourceFile)} is a promise, which is never ${right.getText()}, whatever it resolves to.`,
    evidence: [{ at: compared, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
    fixes: yield* fixesFor(checker, compared, type),
  });
}

function isNothing(node: Expression): boolean {
  return node.kind === SyntaxKind.NullKeyword || (isIdentifier(node) && node.text === "undefined");
}

/** `p && typeof p.catch === "function"` takes `p` for a promise, or for nothing. */
function isAskedForHandlers(tested: Expression): boolean {
  const { parent } = wrapped(tested);
  if (!isIdentifier(tested) || !isBinaryExpression(parent) || !isLogical(parent)) return false;
  return [...nodesOf(parent.right)].some(
    node => isAccess(node) && PROMISE_METHODS.has(memberName(node) ?? "") && isSameReference(node.expression, tested),
  );
}

/** The `isStored()` of `const isReady = !isEnabled || isStored()`, where the local is only ever tested. */
function answerBehind(pass: Pass, tested: Expression): Expression | undefined {
  const variable = isIdentifier(tested) ? pass.scopes().variableOf(tested) : undefined;
  const [name] = variable?.declarations ?? [];
  const local = name && asFixedLocal(name.parent);
  if (!variable || !local || !isBinaryExpression(unwrapped(local.value))) return undefined;
  if (!isFirstOfTests(tested, variable)) return undefined;
  const answer = testedIn(local.value);
  return answer && isCallExpression(answer) ? answer : undefined;
}

/** One place tells it all; the others would only repeat it. */
function isFirstOfTests(tested: Node, { references }: Variable): boolean {
  const reads = references.filter(({ isRead }) => isRead).map(({ node }) => node);
  return reads[0] === tested && reads.every(node => isCondition(wrapped(node)));
}

/** What a condition tests in the end: of `a && b` it is `b`, since `a` is a condition of its own. */
function testedIn(condition: Expression): Expression | undefined {
  const bare = unwrapped(condition) as Expression;
  if (isBinaryExpression(bare)) return isLogical(bare) ? testedIn(bare.right) : undefined;
  return mayBePromise(bare) ? bare : undefined;
}

function mayBePromise(node: Node): boolean {
  return isIdentifier(node) || isCallExpression(node) || isNewExpression(node) || isPropertyAccessExpression(node);
}

/**
 * A predicate that answers with a promise, without being async; `async-array-predicate` has those that are. What reads
 * a promise out of somewhere asks whether there is one.
 */
function* checkPredicate(pass: Pass, node: CallExpression): Ask<void> {
  const method = asMethodCall(node);
  const predicate = node.arguments[0] && unwrapped(node.arguments[0]);
  if (!method || !PREDICATE_METHODS.has(method.name) || !predicate || !isPlainFunction(predicate)) return;
  const answers = callsAnswering(predicate);
  if (answers.length === 0 || !(yield* isArrayOrIterator(pass.checker, method.object))) return;
  // The fix of a predicate that answers so each time is one for all its answers.
  const fixes = (yield* alwaysAnswersLater(pass.checker, predicate)) ? predicateFixes(node, method) : [];
  for (const answer of answers) if (yield* isAlwaysPromise(pass, answer)) yield* report(pass, answer, fixes);
}

/** The calls that a predicate answers with; the left side of `||` is a condition, which is reported where it stands. */
function callsAnswering(predicate: ArrowFunction | FunctionExpression): readonly Expression[] {
  return returnedBy(predicate)
    .flatMap(valuesOf)
    .filter(value => isCallExpression(value) && !isLeftOperand(value));
}

function* alwaysAnswersLater(checker: TypeChecker, predicate: Node): Ask<boolean> {
  const [signature] = yield* checker.callSignaturesOf(yield* checker.typeOf(predicate));
  if (!signature) return false;
  for (const part of yield* checker.partsOf(yield* checker.returnTypeOf(signature))) {
    if (!(yield* isThenable(checker, part))) return false;
  }
  return true;
}

function isPlainFunction(node: Node): node is ArrowFunction | FunctionExpression {
  return (isArrowFunction(node) || isFunctionExpression(node)) && !isAsync(node) && !node.asteriskToken;
}

function isLeftOperand(node: Node): boolean {
  return isBinaryExpression(node.parent) && node.parent.left === node && isLogical(node.parent);
}

function* report(pass: Pass, node: Expression, fixes?: readonly ReportedFix[]): Ask<void> {
  const { checker, file } = pass;
  const type = yield* checker.typeOf(node);
  pass.report(node, {
    message: `${quoted(node, file.sourceFile)} is a promise, which is always true, whatever it resolves to.`,
    evidence: [{ at: node, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
    fixes: fixes ?? (yield* fixesFor(checker, node, type)),
  });
}

/** Where the promise resolves to nothing, there is no answer to wait for. */
function* fixesFor(checker: TypeChecker, node: Expression, type: Type): Ask<readonly ReportedFix[]> {
  if (!canAwait(node)) return [];
  const awaited = yield* checker.awaitedTypeOf(type);
  if (!awaited || isNullish(awaited)) return [];
  const at = { start: node.getStart(), end: node.getStart() };
  return [{ title: "Add `await`", safety: "suggested", edits: [{ at, text: "await " }] }];
}
