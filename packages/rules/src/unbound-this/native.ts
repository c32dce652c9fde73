/** Methods of the platform's own classes, which throw where they are called without their object. */
import {
  asMethodCall,
  isBuiltin,
  isUncertain,
  quoted,
  unwrapped,
  wrapped,
  type Ask,
  type Pass,
  type TypeChecker,
} from "@review/analysis";
import { SymbolFlags, type Symbol, type Type } from "@review/program";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  SyntaxKind,
  type Expression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { lostCallOf, mayBeLost, type LostCall } from "./calls.ts";

/** `setTimeout(controller.abort, 1000)`, `texts.filter(pattern.test)` */
export function* checkNativeLoss(pass: Pass, member: PropertyAccessExpression): Ask<void> {
  if (isToBorrowFrom(member.expression) || !mayBeLost(pass.scopes(), member) || isGivenBehind(member)) return;
  const type = yield* pass.checker.typeOf(member.expression);
  if (!(yield* isNativeMethod(pass.checker, type, member.name.text))) return;
  const lost = yield* lostCallOf(pass, member, member.expression);
  if (lost) reportNative(pass, member, lost);
}

export function reportNative(pass: Pass, at: Node, lost: LostCall): void {
  pass.report(at, {
    message: `${quoted(at, pass.file.sourceFile)} needs its object, and is called without it, which throws a TypeError.`,
    evidence: [
      { at, message: "This is a method of a class of the platform." },
      { at: lost.at, message: lost.because },
    ],
  });
}

/** `[].slice`, `"".trim`, `Array.prototype.map`: whoever writes that wants the function, for any object. */
export function isToBorrowFrom(object: Expression): boolean {
  const bare = unwrapped(object);
  if (LITERALS.has(bare.kind) || bare.kind === SyntaxKind.SuperKeyword) return true;
  return isPropertyAccessExpression(bare) && bare.name.text === "prototype";
}

const LITERALS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ArrayLiteralExpression, SyntaxKind.ObjectLiteralExpression, SyntaxKind.StringLiteral],
  SyntaxKind.NoSubstitutionTemplateLiteral,
]);

/** `promisify(request.get).bind(request)` */
function isGivenBehind(member: Node): boolean {
  const { parent } = wrapped(member);
  const method = isCallExpression(parent) ? wrapped(parent).parent : undefined;
  return method !== undefined && isPropertyAccessExpression(method) && /^(?:call|apply|bind)$/.test(method.name.text);
}

/** Whether a member of every possible object is a method of such a class. */
export function* isNativeMethod(checker: TypeChecker, type: Type, name: string): Ask<boolean> {
  if (isUncertain(type)) return false;
  for (const part of yield* checker.partsOf(yield* checker.nonNullable(type))) {
    const member = yield* checker.propertyOf(part, name);
    if (!member || (member.flags & SymbolFlags.Method) === 0 || !isBuiltin(member)) return false;
    if (!(yield* isOfClass(checker, part, member))) return false;
  }
  return true;
}

function* isOfClass(checker: TypeChecker, type: Type, member: Symbol): Ask<boolean> {
  const owner = yield* checker.parentOf(member);
  if (!owner || EXEMPT.test(owner.name) || BOUND.get(owner.name) === member.name) return false;
  if (owner.name === "PromiseConstructor") return true;
  // Parts of an interface, `json` of what has a body for one, are of no class themselves.
  const own = yield* checker.symbolOfType(type);
  const isInstance = isClass(owner) || (own !== undefined && !EXEMPT.test(own.name) && isClass(own));
  return isInstance && (yield* checker.constructSignaturesOf(type)).length === 0;
}

/** A class, or `interface Headers` beside `declare var Headers: { new(): Headers }`. */
function isClass({ flags }: Symbol): boolean {
  if ((flags & SymbolFlags.Class) !== 0) return true;
  return (flags & SymbolFlags.Interface) !== 0 && (flags & SymbolFlags.Variable) !== 0;
}

/**
 * What needs no object: the global one, namespaces, functions, what engines differ in, and iterators, which anybody may have
 * written.
 */
const EXEMPT =
  /^(?:Window|\w*GlobalScope|Console|Math|JSON|Atomics|Reflect|Intl|Function|CallableFunction|NewableFunction|Performance|Process|\w*Iterator|\w*Generator|IteratorObject)$/;

/** Getters that give a bound function. */
const BOUND: ReadonlyMap<string, string> = new Map([
  ["NumberFormat", "format"],
  ["DateTimeFormat", "format"],
  ["Collator", "compare"],
]);

/** Methods that throw where their object is no target of events. */
const OF_TARGETS: ReadonlySet<string> = new Set(["addEventListener", "removeEventListener", "dispatchEvent"]);

/** `{ removeEventListener: this.target.removeEventListener }`: called as a method of the new object, it throws. */
export function* checkNative(pass: Pass, member: PropertyAccessExpression): Ask<void> {
  const { parent } = wrapped(member);
  if (!OF_TARGETS.has(member.name.text) || !isPropertyAssignment(parent)) return;
  if (!isIdentifier(parent.name) || parent.name.text !== member.name.text || isBound(member)) return;
  const symbol = yield* pass.checker.symbolOf(member.name);
  if (!symbol || !isBuiltin(symbol)) return;
  pass.report(member, {
    message: `${quoted(member, pass.file.sourceFile)} becomes a method of another object, and throws when that calls it.`,
    evidence: [{ at: member, message: "This is a method of the platform, which needs its own object." }],
    repair: "Bind it, or write a function that calls it on its object.",
  });
}

function isBound(member: Node): boolean {
  const { parent } = wrapped(member);
  return isCallExpression(parent) && asMethodCall(parent)?.name === "bind";
}
