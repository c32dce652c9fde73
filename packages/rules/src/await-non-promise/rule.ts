/** Reports an `await` of what is no promise: a function that nobody calls, an array of promises, a plain value. */
import {
  asMethodCall,
  builtinName,
  defineRule,
  fixedLocalOf,
  isAsync,
  isGlobal,
  isNullish,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type ReportedFix,
  type Rule,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  SyntaxKind,
  type AwaitExpression,
  type CallExpression,
  type Expression,
  type ForOfStatement,
} from "@review/program/syntax";
import { isDoubtful, isSilent, kindOf, returnsNothing, type Kind } from "./kinds.ts";
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
    [SyntaxKind.AwaitExpression]: (node: AwaitExpression) => checkAwait(pass, node),
    [SyntaxKind.ForOfStatement]: (node: ForOfStatement) => (node.awaitModifier ? checkLoop(pass, node) : undefined),
    [SyntaxKind.CallExpression]: (node: CallExpression) => checkCombinator(pass, node),
  }),
});
export default rule;

function* checkAwait(pass: Pass, node: AwaitExpression): Ask<void> {
  const { checker, file } = pass;
  const type = yield* checker.typeOf(node.expression);
  const kind = yield* kindOf(checker, type, yield* returnsNothing(checker, node.expression, type));
  // A test that waits for nothing still fails where it has to.
  if (!kind || (kind === "value" && file.isTest) || (yield* isDoubtful(pass, node.expression, kind))) return;
  pass.report(node, {
    message: messageFor(kind, quoted(node.expression, file.sourceFile)),
    evidence: [{ at: node.expression, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
    fixes: yield* fixesFor(checker, node, kind, type),
  });
}

function messageFor(kind: Kind, name: string): string {
  if (kind === "function") return `Nobody calls ${name}: \`await\` gets the function itself and waits for nothing.`;
  if (kind === "promises") return `\`await\` does not wait for the promises inside the array ${name}.`;
  return `\`await\` waits for nothing: ${name} is no promise.`;
}

function* checkLoop(pass: Pass, node: ForOfStatement): Ask<void> {
  const { checker, file } = pass;
  const type = yield* checker.typeOf(node.expression);
  for (const part of yield* checker.partsOf(type)) {
    const isTuple = yield* checker.isTuple(part);
    const name = isTuple ? "Array" : yield* builtinName(checker, part);
    if (part.flags & TypeFlags.StringLike) continue;
    if (name === undefined || !SYNCHRONOUS_ITERABLES.has(name)) return;
    const elements = yield* checker.typeArgumentsOf(part);
    // A generator has further arguments: what it returns, and what it is given.
    for (const element of isTuple ? elements : elements.slice(0, 1)) {
      if (!(yield* kindOf(checker, element, false))) return;
    }
  }
  pass.report(node.expression, {
    message: `\`for await\` waits for nothing: neither ${quoted(node.expression, file.sourceFile)} nor its elements are asynchronous.`,
    evidence: [{ at: node.expression, message: `This is of type \`${yield* checker.textOf(type)}\`.` }],
    fixes: node.awaitModifier ? [removal(node.awaitModifier.pos, node.awaitModifier.end)] : [],
  });
}

/** An array that begins empty: what it is given by then has types by doc comments, which forget that a function is `async`. */
function* isFilledLater(checker: TypeChecker, list: Expression): Ask<boolean> {
  const value = unwrapped((yield* fixedLocalOf(checker, list))?.value ?? list);
  return isArrayLiteralExpression(value) && value.elements.length === 0;
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
  if (file.isJavaScript && (yield* isFilledLater(checker, list))) return;
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
