/** Reports an async function as the executor of a promise, where what it throws is lost. */
import {
  defineRule,
  functionOf,
  handlesOwnErrors,
  isAsync,
  isGlobal,
  isThenable,
  mayHaveEffects,
  mentions,
  ownNodesOf,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
} from "@review/analysis";
import {
  isBlock,
  isExpressionStatement,
  isForOfStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isTryStatement,
  isVariableStatement,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";

const rule: Rule = defineRule({
  id: "async-executor",
  summary: "The executor of `new Promise` is async: what it throws is lost, and the promise never settles.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Await before the promise is made, or let an async function return the value; where `new Promise` is needed, keep its executor synchronous.",
  listen: pass => ({
    *[SyntaxKind.NewExpression](node: NewExpression) {
      const executor = yield* asyncExecutor(pass, node);
      if (!executor || settlesItself(executor.fn)) return;
      if (settlesAtTheEnd(executor.fn) && (yield* handlesOwnErrors(pass.checker, executor.fn))) return;
      report(pass, executor);
    },
  }),
});
export default rule;

interface Executor {
  readonly argument: Expression;
  readonly fn: FunctionLikeDeclaration;
}

function* asyncExecutor({ checker }: Pass, node: NewExpression): Ask<Executor | undefined> {
  const argument = node.arguments?.[0];
  if (!argument) return undefined;
  const bare = unwrapped(argument);
  const isInline = isFunctionLikeDeclaration(bare);
  if (isInline ? !isAsync(bare) : !isIdentifier(bare) && bare.kind !== SyntaxKind.PropertyAccessExpression) {
    return undefined;
  }
  const isPromise = yield* isGlobal(checker, node.expression, "Promise");
  // Of other promises only what is written on the spot and settles them: a query that can be awaited gets functions, too.
  const isSettler = isInline && bare.parameters.length > 0;
  if (!isPromise && !(isSettler && (yield* isThenable(checker, yield* checker.typeOf(node))))) return undefined;
  const fn = yield* functionOf(checker, bare);
  return fn && isAsync(fn) ? { argument, fn } : undefined;
}

/**
 * Whether the whole body stands under a `catch` that hands on to `resolve` or `reject`, so that nothing is lost.
 * Declarations without effects may come before it.
 */
function settlesItself(fn: FunctionLikeDeclaration): boolean {
  if (!fn.body || !isBlock(fn.body)) return false;
  const last = fn.body.statements.at(-1);
  if (!last || !isTryStatement(last) || !last.catchClause) return false;
  const before = fn.body.statements.slice(0, -1);
  if (!before.every(statement => isVariableStatement(statement) && !mayHaveEffects(statement))) return false;
  return handsOn(fn, last.catchClause.block);
}

/** Whether the body waits under a `catch`, and settles the promise after it. */
function settlesAtTheEnd(fn: FunctionLikeDeclaration): boolean {
  const last = fn.body && isBlock(fn.body) ? fn.body.statements.at(-1) : undefined;
  return last !== undefined && isExpressionStatement(last) && handsOn(fn, last) && [...ownNodesOf(fn)].some(isWait);
}

function handsOn(fn: FunctionLikeDeclaration, part: Node): boolean {
  return fn.parameters.some(({ name }) => isIdentifier(name) && mentions(part, name.text));
}

function report(pass: Pass, { argument, fn }: Executor): void {
  const wait = [...ownNodesOf(fn.body as Node)].find(isWait);
  const evidence = wait ? [{ at: wait, message: "A rejection here becomes one that nobody handles." }] : [];
  const isInline = unwrapped(argument) === fn;
  pass.report(argument, {
    message: "What this async executor throws is lost: the promise neither resolves nor rejects.",
    evidence: isInline ? evidence : [{ at: argument, message: "This names an `async` function." }, ...evidence],
    fixes: isInline && !wait ? withoutAsync(fn) : [],
  });
}

function isWait(node: Node): boolean {
  if (isForOfStatement(node)) return node.awaitModifier !== undefined;
  return node.kind === SyntaxKind.AwaitExpression;
}

/** Without `await` the word can go, and what is thrown rejects the promise. */
function withoutAsync(fn: FunctionLikeDeclaration): readonly ReportedFix[] {
  const modifier = fn.modifiers?.find(({ kind }) => kind === SyntaxKind.AsyncKeyword);
  if (!modifier || fn.type) return [];
  const blanks = /^\s*/.exec(fn.getSourceFile().text.slice(modifier.end))?.[0].length ?? 0;
  const at = { start: modifier.getStart(), end: modifier.end + blanks };
  return [{ title: "Remove `async`", safety: "safe", edits: [{ at, text: "" }] }];
}
