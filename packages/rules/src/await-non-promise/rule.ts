/** Reports an `await` of what is no promise: a function that nobody calls, an array of promises, a plain value. */
import {
  asMethodCall,
  builtinName,
  defineRule,
  functionOf,
  isAsync,
  isGlobal,
  isGuessedFromDefault,
  isNullish,
  isThenable,
  isUncertain,
  quoted,
  returnedBy,
  thenableParts,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isArrowFunction,
  isAsExpression,
  isBlock,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isParenthesizedExpression,
  isVariableDeclaration,
  SyntaxKind,
  type AwaitExpression,
  type CallExpression,
  type Expression,
  type ForOfStatement,
} from "@review/program/syntax";
import { COMBINATORS, SYNCHRONOUS_ITERABLES } from "./tables.ts";

const rule: Rule = defineRule({
  id: "await-non-promise",
  summary: "An `await` stands before a value that is no promise, so it waits for nothing.",
  category: "promises",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  repair:
    "Call the function, wrap an array of promises in `Promise.all`, return the promise from the callback, or remove the `await`.",
  listen: pass => ({
    *[SyntaxKind.AwaitExpression](node: AwaitExpression) {
      yield* checkAwait(pass, node);
    },
    *[SyntaxKind.ForOfStatement](node: ForOfStatement) {
      if (node.awaitModifier) yield* checkLoop(pass, node);
    },
    *[SyntaxKind.CallExpression](node: CallExpression) {
      yield* checkCombinator(pass, node);
    },
  }),
});
export default rule;

type Kind = "function" | "promises" | "value";

function* checkAwait(pass: Pass, node: AwaitExpression): Ask<void> {
  const { checker, file } = pass;
  const type = yield* checker.typeOf(node.expression);
  const kind = yield* kindOf(checker, type, yield* returnsNothing(checker, node.expression, type));
  if (!kind || (yield* isDoubtful(pass, node.expression))) return;
  pass.report(node, {
    message: messageFor(kind, quoted(node.expression, file.sourceFile)),
    evidence: [{ at: node.expression, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
    fixes: yield* fixesFor(checker, node, kind, type),
  });
}

/** Whether what is awaited has its type from an assertion, or from a default in JavaScript, and not from its value. */
function* isDoubtful(pass: Pass, expression: Expression): Ask<boolean> {
  if (pass.file.isJavaScript && (yield* isGuessedFromDefault(pass.checker, expression))) return true;
  if (isAsserted(expression)) return true;
  const name = unwrapped(expression);
  const symbol = isIdentifier(name) ? yield* pass.checker.symbolOf(name) : undefined;
  const declaration = symbol && (yield* pass.checker.declarationOf(symbol));
  return declaration !== undefined && isVariableDeclaration(declaration) && isAsserted(declaration.initializer);
}

function isAsserted(expression: Expression | undefined): boolean {
  if (!expression) return false;
  if (isParenthesizedExpression(expression)) return isAsserted(expression.expression);
  return isAsExpression(expression) || expression.kind === SyntaxKind.TypeAssertionExpression;
}

function messageFor(kind: Kind, name: string): string {
  if (kind === "function") return `Nobody calls ${name}: \`await\` gets the function itself and waits for nothing.`;
  if (kind === "promises") return `\`await\` does not wait for the promises inside the array ${name}.`;
  return `\`await\` waits for nothing: ${name} is no promise.`;
}

/**
 * What a value is that is certainly no promise; undefined where it may be one. A type parameter and `object` may stand
 * for a promise. Nothing but null and undefined is someone's way to wait for a tick, unless `nothing` says otherwise.
 */
function* kindOf(checker: TypeChecker, type: Type, nothing: boolean): Ask<Kind | undefined> {
  let kind: Kind | undefined = nothing ? "value" : undefined;
  for (const part of yield* checker.partsOf(type)) {
    if (isNullish(part)) continue;
    if (!(yield* isPlain(checker, part))) return undefined;
    const [element] = (yield* checker.isArray(part)) ? yield* checker.typeArgumentsOf(part) : [];
    if (element && (yield* thenableParts(checker, element)).length > 0) kind = "promises";
    else if ((yield* checker.callSignaturesOf(part)).length > 0) kind ??= "function";
    else kind ??= "value";
  }
  return kind;
}

const OPEN: TypeFlags = TypeFlags.Instantiable | TypeFlags.NonPrimitive | TypeFlags.Never;

function* isPlain(checker: TypeChecker, type: Type): Ask<boolean> {
  if (isUncertain(type) || type.flags & OPEN) return false;
  if (type.flags & TypeFlags.Primitive) return true;
  if (yield* isThenable(checker, type)) return false;
  for (const member of yield* checker.membersOf(type)) if (member.flags & OPEN) return false;
  // `{}` takes promises too, and an interface without members says nothing.
  return (yield* checker.propertiesOf(type)).length > 0 || (yield* checker.callSignaturesOf(type)).length > 0;
}

/**
 * Whether a call's `void` is what it says: a type of `() => void` takes async functions too, and a method may be
 * overridden by one, so that only a plain function whose body is at hand counts.
 */
function* returnsNothing(checker: TypeChecker, expression: Expression, type: Type): Ask<boolean> {
  const call = unwrapped(expression);
  if (!(type.flags & TypeFlags.Void) || !isCallExpression(call)) return false;
  const callee = yield* functionOf(checker, call.expression);
  if (!callee || isAsync(callee)) return false;
  const isOwn = isFunctionDeclaration(callee) || isArrowFunction(callee) || isFunctionExpression(callee);
  return isOwn && isSilent(callee);
}

/** Whether a function has statements and none of them returns anything. */
function isSilent(fn: Parameters<typeof returnedBy>[0]): boolean {
  return fn.body !== undefined && isBlock(fn.body) && returnedBy(fn).length === 0;
}

function* checkLoop(pass: Pass, node: ForOfStatement): Ask<void> {
  const { checker, file } = pass;
  const type = yield* checker.typeOf(node.expression);
  for (const part of yield* checker.partsOf(type)) {
    const isTuple = yield* checker.isTuple(part);
    const name = isTuple ? "Array" : yield* builtinName(checker, part);
    if (part.flags & TypeFlags.StringLike) continue;
    if (name === undefined || !SYNCHRONOUS_ITERABLES.has(name)) return;
    for (const element of yield* checker.typeArgumentsOf(part)) {
      if (!(yield* kindOf(checker, element, false))) return;
    }
  }
  pass.report(node.expression, {
    message: `\`for await\` waits for nothing: neither ${quoted(node.expression, file.sourceFile)} nor its elements are asynchronous.`,
    evidence: [{ at: node.expression, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
    fixes: node.awaitModifier ? [removal(node.awaitModifier.pos, node.awaitModifier.end)] : [],
  });
}

/** `Promise.all(xs.map(x => { save(x); }))` and its like: what is waited for together are no promises. */
function* checkCombinator(pass: Pass, node: CallExpression): Ask<void> {
  const { checker, file } = pass;
  const method = asMethodCall(node);
  const [list, ...more] = node.arguments;
  if (!method || !COMBINATORS.has(method.name) || !list || more.length > 0) return;
  if (!(yield* isGlobal(checker, method.object, "Promise"))) return;
  const type = yield* checker.typeOf(list);
  const [element] = (yield* checker.isArray(type)) ? yield* checker.typeArgumentsOf(type) : [];
  if (!element || !(yield* kindOf(checker, element, callsBackForNothing(list)))) return;
  pass.report(list, {
    message: `\`Promise.${method.name}\` waits for nothing: the elements of ${quoted(nameOf(list), file.sourceFile)} are no promises.`,
    evidence: [{ at: list, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
  });
}

/** What stands for an expression in a message: `xs.map` for `xs.map(x => …)`. */
function nameOf(list: Expression): Expression {
  return isCallExpression(list) ? list.expression : list;
}

/** Whether a list is `xs.map(…)` with a callback, written on the spot, that has no `return`. */
function callsBackForNothing(list: Expression): boolean {
  const call = unwrapped(list);
  const [callback] = isCallExpression(call) && asMethodCall(call)?.name === "map" ? call.arguments : [];
  const fn = callback && unwrapped(callback);
  return fn !== undefined && isFunctionLikeDeclaration(fn) && !isAsync(fn) && isSilent(fn);
}

function* fixesFor(checker: TypeChecker, node: AwaitExpression, kind: Kind, type: Type): Ask<readonly ReportedFix[]> {
  const { expression } = node;
  const after = { start: expression.end, end: expression.end };
  if (kind === "promises") {
    const before = { start: expression.getStart(), end: expression.getStart() };
    const edits = [
      { at: before, text: "Promise.all(" },
      { at: after, text: ")" },
    ];
    return [{ title: "Wait for all of them with `Promise.all`", safety: "suggested", edits }];
  }
  if (kind === "function") {
    const [signature] = yield* checker.callSignaturesOf(yield* checker.nonNullable(type));
    if (!signature || (yield* checker.parametersOf(signature)).length > 0 || !isName(expression)) return [];
    const text = (yield* checker.partsOf(type)).some(isNullish) ? "?.()" : "()";
    return [{ title: "Call the function", safety: "suggested", edits: [{ at: after, text }] }];
  }
  // What begins with a bracket could become the end of the statement before it.
  if (!/^(?!function\b|class\b)[\w$"']/.test(expression.getText())) return [];
  return [removal(node.getStart(), expression.getStart())];
}

function removal(start: number, end: number): ReportedFix {
  return { title: "Remove `await`", safety: "suggested", edits: [{ at: { start, end }, text: "" }] };
}

function isName(node: Expression): boolean {
  return node.kind === SyntaxKind.Identifier || node.kind === SyntaxKind.PropertyAccessExpression;
}
