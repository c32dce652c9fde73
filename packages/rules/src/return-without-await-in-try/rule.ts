/** Reports a promise that leaves a `try` or the scope of a `using` before it has settled. */
import {
  asMethodCall,
  defineRule,
  enclosingFunction,
  functionOf,
  isAsync,
  isGlobal,
  mayHaveEffects,
  neverRejects,
  ownNodesOf,
  quoted,
  thenableParts,
  valuesOf,
  wrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import {
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isTryStatement,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
  type ReturnStatement,
} from "@review/program/syntax";
import { ENDINGS, guardOf, lossOf, type Guard } from "./guard.ts";

const rule: Rule = defineRule({
  id: "return-without-await-in-try",
  summary:
    "A promise is returned out of a `try` or the scope of a `using` without `await`, so that it settles outside.",
  category: "promises",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Write `return await`, so that the promise settles while the `try` or the resource is still there.",
  listen: pass => ({
    *[SyntaxKind.ReturnStatement](node: ReturnStatement) {
      const owner = enclosingFunction(node);
      const guard = node.expression && owner && !isGenerator(owner) ? guardOf(node, owner) : undefined;
      if (!node.expression || !owner || !guard) return;
      for (const value of valuesOf(node.expression)) {
        if (MAKERS.has(value.kind) && !isAwaitedBefore(owner, value)) yield* check(pass, value, guard, owner);
      }
    },
  }),
});
export default rule;

/** A generator hands its promise to whoever drives it, and an async one awaits what it returns. */
function isGenerator(fn: FunctionLikeDeclaration): boolean {
  return "asteriskToken" in fn && fn.asteriskToken !== undefined;
}

const MAKERS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.Identifier,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.TaggedTemplateExpression,
]);

function* check(pass: Pass, value: Expression, guard: Guard, owner: FunctionLikeDeclaration): Ask<void> {
  const mayAwait = isAsync(owner);
  const { checker, file } = pass;
  if (guard.kind === "catch" ? isHandled(value) : isKeptElsewhere(value, guard)) return;
  if (!mayAwait && !(yield* neverThrows(checker, value, guard))) return;
  const type = yield* checker.typeOf(value);
  if ((yield* thenableParts(checker, type)).length === 0) return;
  if (yield* isSettledByHand(checker, value)) return;
  if (guard.kind === "catch" && (yield* isNoErrorMissed(checker, value, owner))) return;
  pass.report(value, {
    message: lossOf(guard, quoted(isCallExpression(value) ? value.expression : value, file.sourceFile)),
    evidence: [
      { at: value, message: `This is of type \`${yield* checker.textOf(type)}\`.` },
      { at: guard.at, message: ENDINGS[guard.kind] },
    ],
    fixes: mayAwait ? [awaiting(value)] : [],
  });
}

/** `await done; return done;`: it has settled by then. */
function isAwaitedBefore(owner: FunctionLikeDeclaration, value: Expression): boolean {
  if (!isIdentifier(value)) return false;
  const { text, pos, parent } = value;
  return [...ownNodesOf(owner)].some(
    node =>
      isAwaitExpression(node) &&
      node.end <= pos &&
      isExpressionStatement(node.parent) &&
      node.parent.parent === parent.parent &&
      isIdentifier(node.expression) &&
      node.expression.text === text,
  );
}

/** `return this.pending`: the promise lives on, whatever the `finally` of this function cleans up. */
function isKeptElsewhere(value: Expression, guard: Guard): boolean {
  if (guard.kind !== "finally") return false;
  return value.kind === SyntaxKind.PropertyAccessExpression || value.kind === SyntaxKind.ElementAccessExpression;
}

/** Whether a chain ends with a handler of rejections, so that there is none left to catch. */
function isHandled(value: Expression): boolean {
  const method = isCallExpression(value) ? asMethodCall(value) : undefined;
  if (!method || !isCallExpression(value)) return false;
  if (method.name === "catch") return value.arguments.length > 0;
  return method.name === "then" && value.arguments.length > 1;
}

/** `Promise.reject(…)` and `Promise.resolve(…)` in place of a `throw` and a value: their writer has thought of it. */
function* isSettledByHand(checker: TypeChecker, value: Expression): Ask<boolean> {
  const method = isCallExpression(value) ? asMethodCall(value) : undefined;
  if (!method || (method.name !== "reject" && method.name !== "resolve")) return false;
  return yield* isGlobal(checker, method.object, "Promise");
}

/** A function that calls itself has the same `catch` around what the call does; others handle their own errors. */
function* isNoErrorMissed(checker: TypeChecker, value: Expression, owner: FunctionLikeDeclaration): Ask<boolean> {
  if (isCallExpression(value) && (yield* functionOf(checker, value.expression)) === owner) return true;
  return yield* neverRejects(checker, value);
}

/**
 * Without `async` a `try` is there for what is thrown at once. Only the call of an async function throws nothing, and
 * it has to be all that the `try` holds.
 */
function* neverThrows(checker: TypeChecker, value: Expression, guard: Guard): Ask<boolean> {
  if (!isCallExpression(value) || isSomethingElseIn(guard, value)) return false;
  const callee = yield* functionOf(checker, value.expression);
  return callee !== undefined && isAsync(callee);
}

function isSomethingElseIn(guard: Guard, call: CallExpression): boolean {
  if (guard.kind !== "catch") return false;
  const block = guard.at.parent;
  const isAlone = isTryStatement(block) && block.tryBlock.statements.length === 1;
  const parts: readonly Node[] = [call.expression, ...call.arguments];
  return !isAlone || parts.some(mayHaveEffects);
}

/** An assertion says what the promise is, so it stays inside of the `await`. */
function awaiting(value: Expression): ReportedFix {
  const outer = wrapped(value);
  const isAsserted = outer !== value && value.parent.kind !== SyntaxKind.ParenthesizedExpression;
  const from = isAsserted ? outer : value;
  const needsBrackets = isAsserted && from.kind !== SyntaxKind.ParenthesizedExpression;
  const start = { start: from.getStart(), end: from.getStart() };
  const end = { start: from.end, end: from.end };
  const edits = needsBrackets
    ? [
        { at: start, text: "await (" },
        { at: end, text: ")" },
      ]
    : [{ at: start, text: "await " }];
  return { title: "Add `await`", safety: "safe", edits };
}
