/** Says what becomes of an error that a function returns, where that cannot be what is meant. */
import {
  asMethodCall,
  isAsync,
  isThenable,
  isUncertain,
  ownNodesOf,
  wrapped,
  type Ask,
  type Pass,
  type TypeChecker,
} from "@review/analysis";
import { TypeFlags, type Type } from "@review/program";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";

export interface Loss {
  /** The second half of the message. */
  readonly message: string;
  readonly at: Node;
  readonly evidence: string;
  /** Whether `throw` in place of `return` brings the error to where it belongs. */
  readonly isThrowable: boolean;
}

/** Code that looks at errors as values means to return them; the `ok` of a response is none. */
const LOOKS_AT_ERRORS = /\binstanceof\b|\bis\w*Error\b|(?<!\b(?:r|res|resp|response)!?)\.ok\b/;
const ERRORS_AS_VALUES = /Error|Exception|Fail|Result|Either|any|unknown/;

/** Why an error that `fn` returns is lost; undefined where its callers may be looking for it. */
export function* lossOf(pass: Pass, fn: FunctionLikeDeclaration): Ask<Loss | undefined> {
  if ("asteriskToken" in fn && fn.asteriskToken) return undefined;
  const looksAtErrors = LOOKS_AT_ERRORS.test(pass.file.text);
  if (isArrowFunction(fn) || isFunctionExpression(fn)) {
    if (yield* isResultIgnored(pass.checker, fn)) return ignoring(fn);
    if (!looksAtErrors && (yield* isPromiseCallback(pass.checker, fn))) return resolving(fn);
  }
  return isAsync(fn) && !looksAtErrors ? asyncLossOf(fn) : undefined;
}

function asyncLossOf(fn: FunctionLikeDeclaration): Loss | undefined {
  if (fn.type && ERRORS_AS_VALUES.test(fn.type.getText())) return undefined;
  const thrown = fn.body && [...ownNodesOf(fn.body)].find(node => node.kind === SyntaxKind.ThrowStatement);
  return thrown && { ...resolving(fn), at: thrown, evidence: "The same function throws its errors here." };
}

function ignoring(at: Node): Loss {
  return {
    message: "whoever calls this function ignores what it returns",
    at,
    evidence: "What is expected here is a function that returns nothing.",
    isThrowable: false,
  };
}

function resolving(at: Node): Loss {
  return {
    message: "the promise resolves with it, and no `catch` runs",
    at,
    evidence: "A promise settles with what this function returns.",
    isThrowable: true,
  };
}

/** Whether a function is expected that returns `void`, or a promise of it. */
function* isResultIgnored(checker: TypeChecker, fn: Expression & FunctionLikeDeclaration): Ask<boolean> {
  const expected = yield* checker.contextualTypeOf(fn);
  if (!expected || isUncertain(expected)) return false;
  let hasSignature = false;
  for (const part of yield* checker.partsOf(expected)) {
    for (const signature of yield* checker.callSignaturesOf(part)) {
      hasSignature = true;
      if (!(yield* isVoid(checker, yield* checker.returnTypeOf(signature)))) return false;
    }
  }
  return hasSignature;
}

function* isVoid(checker: TypeChecker, type: Type): Ask<boolean> {
  for (const part of yield* checker.partsOf(type)) {
    if (part.flags & TypeFlags.Void) continue;
    const awaited = (yield* isThenable(checker, part)) ? yield* checker.awaitedTypeOf(part) : undefined;
    if (!awaited || !(awaited.flags & TypeFlags.Void)) return false;
  }
  return true;
}

/** Whether a function is what a promise's `then` or `catch` calls. */
function* isPromiseCallback(checker: TypeChecker, fn: Expression): Ask<boolean> {
  const outer = wrapped(fn) as Expression;
  const call = outer.parent;
  if (!isCallExpression(call) || !call.arguments.includes(outer)) return false;
  const method = asMethodCall(call);
  if (!method || (method.name !== "then" && method.name !== "catch") || isRaced(call)) return false;
  return yield* isThenable(checker, yield* checker.typeOf(method.object));
}

/** `await Promise.race([work.then(() => undefined), delay(500).then(() => new Error("late"))])` tells what came first. */
function isRaced(chain: Node): boolean {
  let { parent } = wrapped(chain);
  if (isArrayLiteralExpression(parent)) ({ parent } = wrapped(parent));
  return isCallExpression(parent) && /\bPromise\.(?:race|any|all|allSettled)$/.test(parent.expression.getText());
}
