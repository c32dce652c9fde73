/** Decides whether what is awaited is certainly no promise, and what it is instead. */
import {
  builtinName,
  fixedLocalOf,
  functionOf,
  isAsync,
  isGuess,
  isNullish,
  isUncertain,
  returnedBy,
  thenableParts,
  unwrapped,
  type Ask,
  type Pass,
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
  isIdentifier,
  isParenthesizedExpression,
  isVariableDeclaration,
  SyntaxKind,
  type Expression,
  type FunctionLikeDeclaration,
} from "@review/program/syntax";

/** A function that nobody calls, an array with promises inside, or any other value. */
export type Kind = "function" | "promises" | "value";

/**
 * What a value is that is certainly no promise; undefined where it may be one. A type parameter and `object` may stand
 * for a promise. Nothing but null and undefined is someone's way to wait for a tick, unless `nothing` says otherwise.
 */
export function* kindOf(checker: TypeChecker, type: Type, nothing: boolean): Ask<Kind | undefined> {
  let kind: Kind | undefined = nothing ? "value" : undefined;
  for (const part of yield* checker.partsOf(type)) {
    if (part.flags & TypeFlags.Void && !nothing) return undefined;
    if (isNullish(part)) continue;
    if (!(yield* isPlain(checker, part))) return undefined;
    const found = yield* kindOfPlain(checker, part);
    kind = found === "promises" ? found : (kind ?? found);
  }
  return kind;
}

function* kindOfPlain(checker: TypeChecker, type: Type): Ask<Kind> {
  const [element] = (yield* checker.isArray(type)) ? yield* checker.typeArgumentsOf(type) : [];
  if (element && (yield* thenableParts(checker, element)).length > 0) return "promises";
  return (yield* checker.callSignaturesOf(type)).length > 0 ? "function" : "value";
}

const OPEN: TypeFlags = TypeFlags.Instantiable | TypeFlags.NonPrimitive | TypeFlags.Never;

function* isPlain(checker: TypeChecker, type: Type): Ask<boolean> {
  if (isUncertain(type)) return false;
  if (type.flags & OPEN) return yield* isPrimitiveParameter(checker, type);
  if (type.flags & TypeFlags.Primitive) return true;
  // Whatever has a `then` is waited for, be it a promise or an object with a method of that name by accident.
  if (yield* checker.propertyOf(type, "then")) return false;
  for (const member of yield* checker.membersOf(type)) if (member.flags & OPEN) return false;
  // Every object is an `Object`, as comments in JavaScript like to say.
  if ((yield* builtinName(checker, type)) === "Object") return false;
  // `{}` takes promises too, and an interface without members says nothing.
  return (yield* checker.propertiesOf(type)).length > 0 || (yield* checker.callSignaturesOf(type)).length > 0;
}

/** `T extends number` stands for numbers alone. */
function* isPrimitiveParameter(checker: TypeChecker, type: Type): Ask<boolean> {
  const base = yield* checker.constraintOf(type);
  if (base === type || isUncertain(base)) return false;
  return (yield* checker.partsOf(base)).every(part => (part.flags & TypeFlags.Primitive) !== 0);
}

/**
 * Whether a call's `void` is what it says: a type of `() => void` takes async functions too, and a method may be
 * overridden by one, so that only a plain function whose body is at hand counts.
 */
export function* returnsNothing(checker: TypeChecker, expression: Expression, type: Type): Ask<boolean> {
  const call = unwrapped(expression);
  if (!(type.flags & TypeFlags.Void) || !isCallExpression(call)) return false;
  const callee = yield* functionOf(checker, call.expression);
  if (!callee || isAsync(callee)) return false;
  const isOwn = isFunctionDeclaration(callee) || isArrowFunction(callee) || isFunctionExpression(callee);
  return isOwn && isSilent(callee);
}

/** Whether a function has statements and none of them returns anything. */
export function isSilent(fn: FunctionLikeDeclaration): boolean {
  return fn.body !== undefined && isBlock(fn.body) && returnedBy(fn).length === 0;
}

/** Whether what is awaited has its type from an assertion, a default in JavaScript or JSDoc, and not from its value. */
export function* isDoubtful(pass: Pass, expression: Expression, kind: Kind): Ask<boolean> {
  if (pass.file.isJavaScript && (yield* isInferredWrong(pass.checker, expression, kind))) return true;
  if (isAsserted(expression)) return true;
  const name = unwrapped(expression);
  if (isCallExpression(name)) {
    // JSDoc may give an async function the type of what its promise resolves to.
    const callee = yield* functionOf(pass.checker, name.expression);
    return callee !== undefined && isAsync(callee);
  }
  const symbol = isIdentifier(name) ? yield* pass.checker.symbolOf(name) : undefined;
  const declaration = symbol && (yield* pass.checker.declarationOf(symbol));
  return declaration !== undefined && isVariableDeclaration(declaration) && isAsserted(declaration.initializer);
}

function* isInferredWrong(checker: TypeChecker, expression: Expression, kind: Kind): Ask<boolean> {
  if (yield* isGuess(checker, expression)) return true;
  return kind === "function" && (yield* isMadeByCall(checker, expression));
}

/** What a call gives is a function by inference, which a function that calls itself leads astray in JavaScript. */
function* isMadeByCall(checker: TypeChecker, expression: Expression): Ask<boolean> {
  return isCallExpression(unwrapped((yield* fixedLocalOf(checker, expression))?.value ?? expression));
}

function isAsserted(expression: Expression | undefined): boolean {
  if (!expression) return false;
  if (isParenthesizedExpression(expression)) return isAsserted(expression.expression);
  return isAsExpression(expression) || expression.kind === SyntaxKind.TypeAssertionExpression;
}
