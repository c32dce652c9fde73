/** Decides whether a promise can reject, as far as the code that makes it says so. */
import {
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isForOfStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isThrowStatement,
  isTryStatement,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { functionOf, returnedBy, valuesOf } from "./functions.ts";
import { isWritten, scopeOf, usesOf } from "./locals.ts";
import { asMethodCall, isGlobal, type MethodCall } from "./names.ts";
import { isAsync, mentions, ownNodesOf, unwrapped } from "./nodes.ts";
import { isUncertain, thenableParts } from "./types.ts";

/** Functions that are being looked at: a function that calls itself is as calm as the rest of it. */
type Seen = ReadonlySet<Node>;

/** How many functions deep a call is followed. */
const DEEPEST = 4;

/**
 * Whether the promise of an expression cannot reject: a chain that ends with a handler that does not throw, a promise
 * that nothing rejects, a call of a function of the project that handles its own errors. False where it is unknown.
 */
export function* neverRejects(checker: TypeChecker, expression: Expression): Ask<boolean> {
  return yield* isHarmless(checker, expression, new Set());
}

/** Whether an argument of `then` or `catch` is there, and is not `null` or `undefined` in the place of a handler. */
export function isGivenHandler(argument: Expression | undefined): argument is Expression {
  const bare = argument && unwrapped(argument);
  return (
    bare !== undefined && bare.kind !== SyntaxKind.NullKeyword && !(isIdentifier(bare) && bare.text === "undefined")
  );
}

/** Whether the promise of an async function cannot reject, as far as its code shows (see `neverRejects`). */
export function* handlesOwnErrors(checker: TypeChecker, fn: FunctionLikeDeclaration): Ask<boolean> {
  return !(yield* mayReject(checker, fn, new Set()));
}

function* isHarmless(checker: TypeChecker, expression: Expression, seen: Seen): Ask<boolean> {
  for (const value of valuesOf(expression)) {
    if (isNewExpression(value)) {
      if (!(yield* isOnlyResolved(checker, value.expression, value.arguments ?? [], seen))) return false;
    } else if (isCallExpression(value)) {
      if (!(yield* isHarmlessCall(checker, value, seen))) return false;
    } else if ((yield* isPromising(checker, value)) && !(yield* isHarmlessLocal(checker, value, seen))) return false;
  }
  return true;
}

/** A local each of whose values is harmless: `const ready = Promise.resolve()`. */
function* isHarmlessLocal(checker: TypeChecker, name: Node, seen: Seen): Ask<boolean> {
  const symbol = isIdentifier(name) ? yield* checker.symbolOf(name) : undefined;
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  if (!declaration || !isVariableDeclaration(declaration) || !isIdentifier(declaration.name) || seen.has(declaration))
    return false;
  const within = new Set([...seen, declaration]);
  const { initializer } = declaration;
  if (initializer && !(yield* isHarmless(checker, initializer, within))) return false;
  for (const { parent } of usesOf(scopeOf(declaration), symbol.name).filter(isWritten)) {
    if (!isBinaryExpression(parent) || !(yield* isHarmless(checker, parent.right, within))) return false;
  }
  return true;
}

/** `new Promise(resolve => …)`: without `reject`, only a `throw` in the executor rejects it. */
function* isOnlyResolved(
  checker: TypeChecker,
  callee: Expression,
  [executor]: readonly Expression[],
  seen: Seen,
): Ask<boolean> {
  const fn = executor && unwrapped(executor);
  if (!fn || !isFunctionLikeDeclaration(fn) || !leavesReject(fn)) return false;
  return (yield* isGlobal(checker, callee, "Promise")) && (yield* isHandler(checker, fn, seen));
}

function leavesReject({ body, parameters: [, reject, more] }: FunctionLikeDeclaration): boolean {
  if (!reject) return true;
  return !more && !reject.dotDotDotToken && isIdentifier(reject.name) && !!body && !mentions(body, reject.name.text);
}

function* isHarmlessCall(checker: TypeChecker, call: CallExpression, seen: Seen): Ask<boolean> {
  const method = asMethodCall(call);
  if (method && CHAINING.has(method.name)) return yield* isHarmlessChain(checker, call, method, seen);
  if (method && (yield* isGlobal(checker, method.object, "Promise"))) {
    return yield* isHarmlessCombination(checker, method.name, call.arguments[0], seen);
  }
  const fn = yield* functionOf(checker, call.expression);
  return fn !== undefined && !(yield* mayReject(checker, fn, seen));
}

const CHAINING: ReadonlySet<string> = new Set(["catch", "finally", "then"]);

function* isHarmlessChain(checker: TypeChecker, call: CallExpression, method: MethodCall, seen: Seen): Ask<boolean> {
  const [first, second] = call.arguments;
  if (method.name === "catch" && isGivenHandler(first)) return yield* isHandler(checker, first, seen);
  if (method.name === "then" && isGivenHandler(second)) return yield* isHandler(checker, second, seen);
  if (!(yield* isHarmless(checker, method.object, seen))) return false;
  return !isGivenHandler(first) || (yield* isHarmlessCallback(checker, first, seen));
}

/** `Promise.allSettled(…)`, `Promise.all(xs.map(f))`, `Promise.resolve(x)`. */
function* isHarmlessCombination(
  checker: TypeChecker,
  name: string,
  argument: Expression | undefined,
  seen: Seen,
): Ask<boolean> {
  if (name === "allSettled") return true;
  if (name === "all") return argument !== undefined && (yield* areHarmless(checker, argument, seen));
  return name === "resolve" && (!argument || (yield* isHarmless(checker, argument, seen)));
}

/** A handler reports the error: it raises one only where its own code says so. */
function* isHandler(checker: TypeChecker, handler: Node, seen: Seen): Ask<boolean> {
  const fn = yield* functionOf(checker, handler);
  return !fn || !(yield* mayThrow(checker, fn, new Set([...seen, fn])));
}

/**
 * What a callback throws is reported with its stack, as that of a timer's callback is; only the promise that it
 * returns can keep an error for itself.
 */
function* isHarmlessCallback(checker: TypeChecker, callback: Expression, seen: Seen): Ask<boolean> {
  const fn = yield* functionOf(checker, callback);
  if (fn) return !(yield* mayReject(checker, fn, seen));
  const signatures = yield* checker.callSignaturesOf(yield* checker.typeOf(callback));
  for (const signature of signatures) {
    const returned = yield* checker.returnTypeOf(signature);
    if (isUncertain(returned) || (yield* thenableParts(checker, returned)).length > 0) return false;
  }
  return signatures.length > 0;
}

/** `xs.map(f)` where no promise that `f` returns rejects. */
function* areHarmless(checker: TypeChecker, list: Expression, seen: Seen): Ask<boolean> {
  const bare = unwrapped(list);
  const [callback] = isCallExpression(bare) && asMethodCall(bare)?.name === "map" ? bare.arguments : [];
  const fn = callback && (yield* functionOf(checker, callback));
  return fn !== undefined && !(yield* mayReject(checker, fn, seen));
}

function* mayReject(checker: TypeChecker, fn: FunctionLikeDeclaration, seen: Seen): Ask<boolean> {
  if (seen.has(fn)) return false;
  if (!fn.body || seen.size >= DEEPEST || ("asteriskToken" in fn && fn.asteriskToken)) return true;
  const within = new Set([...seen, fn]);
  if (isAsync(fn) && (yield* mayThrow(checker, fn, within))) return true;
  for (const returned of returnedBy(fn)) {
    const isDone = isAwaitExpression(unwrapped(returned));
    if (!isDone && !(yield* isHarmlessReturn(checker, returned, within))) return true;
  }
  return false;
}

function* isPromising(checker: TypeChecker, value: Expression): Ask<boolean> {
  return (yield* thenableParts(checker, yield* checker.typeOf(value))).length > 0;
}

function* isHarmlessReturn(checker: TypeChecker, returned: Expression, seen: Seen): Ask<boolean> {
  const type = yield* checker.typeOf(returned);
  if (!isUncertain(type) && (yield* thenableParts(checker, type)).length === 0) return true;
  return (yield* isHandledBefore(checker, returned)) || (yield* isHarmless(checker, returned, seen));
}

/** `let p = f(); if (quiet) p = p.catch(log); return p`: whoever wrote it has thought of the rejection. */
function* isHandledBefore(checker: TypeChecker, returned: Expression): Ask<boolean> {
  const name = unwrapped(returned);
  const symbol = isIdentifier(name) ? yield* checker.symbolOf(name) : undefined;
  const declaration = symbol && (yield* checker.declarationOf(symbol));
  if (!declaration || !isVariableDeclaration(declaration)) return false;
  return [...ownNodesOf(scopeOf(declaration))].some(node => {
    const method = isCallExpression(node) ? asMethodCall(node) : undefined;
    const object = method?.name === "catch" ? unwrapped(method.object) : undefined;
    return object !== undefined && isIdentifier(object) && object.text === symbol.name;
  });
}

function* mayThrow(checker: TypeChecker, fn: FunctionLikeDeclaration, seen: Seen): Ask<boolean> {
  return fn.body !== undefined && (yield* mayThrowIn(checker, fn.body, seen));
}

/**
 * Whether code shows that it may throw: a `throw`, an `await` of what may reject, a function that is there to throw.
 * Of any other call nothing is known, and an error in it is no different from one in a callback.
 */
function* mayThrowIn(checker: TypeChecker, node: Node, seen: Seen): Ask<boolean> {
  if (isFunctionLikeDeclaration(node)) return false;
  if (yield* isRaised(checker, node, seen)) return true;
  // What the block of a `try` throws ends in its `catch`.
  const guarded = isTryStatement(node) && node.catchClause ? node.tryBlock : undefined;
  const children: Node[] = [];
  node.forEachChild(child => {
    if (child !== guarded) children.push(child);
  });
  for (const child of children) if (yield* mayThrowIn(checker, child, seen)) return true;
  return false;
}

function* isRaised(checker: TypeChecker, node: Node, seen: Seen): Ask<boolean> {
  if (RAISERS.has(node.kind)) return true;
  if (isForOfStatement(node)) return node.awaitModifier !== undefined;
  if (isAwaitExpression(node)) return !(yield* isHarmless(checker, node.expression, seen));
  return (isCallExpression(node) || isNewExpression(node)) && (yield* isRaising(checker, node));
}

const RAISERS: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.ThrowStatement, SyntaxKind.YieldExpression]);

/** What reads a text, what asserts, and what works on the disk or runs a process while everyone waits. */
const RAISING = /(?:^|\.)(?:parse|decode\w*|assert\w*|invariant|\w+Sync|URL|RegExp)$/;

function* isRaising(checker: TypeChecker, call: CallExpression | NewExpression): Ask<boolean> {
  const callee = unwrapped(call.expression);
  const isNamed = isIdentifier(callee) || isPropertyAccessExpression(callee);
  if (isNamed && RAISING.test(callee.getText())) return true;
  const fn = isCallExpression(call) ? yield* functionOf(checker, callee) : undefined;
  if (!fn?.body || isAsync(fn) || !isBlock(fn.body)) return false;
  return fn.body.statements.some(isThrowStatement);
}
