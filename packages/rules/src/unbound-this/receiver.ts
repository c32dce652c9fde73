/** Methods of one object that are called on an object of another class: `this.events.emit.apply(this, list)`. */
import {
  asMethodCall,
  hasLostBase,
  isNullish,
  isSameReference,
  isUncertain,
  quoted,
  unwrapped,
  type Ask,
  type Pass,
  type TypeChecker,
} from "@review/analysis";
import { SymbolFlags, type Symbol, type Type } from "@review/program";
import {
  isFunctionLikeDeclaration,
  isPropertyAccessExpression,
  isSpreadElement,
  type CallExpression,
  type Expression,
  type Node,
  type PropertyAccessExpression,
} from "@review/program/syntax";
import { isPrepared } from "./bound.ts";
import { isToBorrowFrom } from "./native.ts";

export function* checkReceiver(pass: Pass, call: CallExpression): Ask<void> {
  const { member, given } = calledOnAnother(call) ?? {};
  if (!member || !given) return;
  const { checker, file } = pass;
  const type = yield* checker.nonNullable(yield* checker.typeOf(member.expression));
  const owner = yield* ownerOfMethod(pass, type, member.name.text);
  if (!owner || !(yield* isAnother(checker, given, type))) return;
  const object = quoted(member.expression, file.sourceFile);
  pass.report(given, {
    message: `The method is ${object}'s, a \`${owner.name}\`, and is called on ${quoted(given, file.sourceFile)}, which is none.`,
    evidence: [
      { at: member, message: `This is a method of \`${owner.name}\`, which needs one.` },
      { at: given, message: "This becomes its `this`." },
    ],
    repair: `Pass ${object} as the object, or call the method on it: \`${member.getText(file.sourceFile)}(…)\`.`,
  });
}

interface Called {
  readonly member: PropertyAccessExpression;
  readonly given: Expression;
}

/** `a.method.call(b, …)`, unless the method was only borrowed from where it is written. */
function calledOnAnother(call: CallExpression): Called | undefined {
  const method = asMethodCall(call);
  if (!method || !/^(?:call|apply)$/.test(method.name)) return undefined;
  const member = unwrapped(method.object);
  const [given] = call.arguments;
  if (!given || isSpreadElement(given) || !isPropertyAccessExpression(member)) return undefined;
  if (isToBorrowFrom(member.expression) || isSameReference(given, member.expression)) return undefined;
  return { member, given };
}

/** The class of the project or of a library that has the method; the language's own are made to be borrowed from. */
function* ownerOfMethod(pass: Pass, type: Type, name: string): Ask<Symbol | undefined> {
  const { checker } = pass;
  const member = isUncertain(type) ? undefined : yield* checker.propertyOf(type, name);
  if (!member || (member.flags & SymbolFlags.Method) === 0 || isOfLanguage(member)) return undefined;
  const owner = yield* checker.symbolOfType(type);
  if (!owner || (owner.flags & SymbolFlags.Class) === 0) return undefined;
  if ((yield* checker.constructSignaturesOf(type)).length > 0) return undefined;
  return (yield* usesItsObject(pass, member)) ? owner : undefined;
}

function isOfLanguage({ declarations }: Symbol): boolean {
  return declarations.some(({ path }) => /\/lib\.[^/]*\.d\.[cm]?ts$/.test(path));
}

/** What a library declares is taken for a method like any other. */
function* usesItsObject({ checker, summaries }: Pass, member: Symbol): Ask<boolean> {
  if (member.declarations.every(({ path }) => /\.d\.[cm]?ts$/.test(path))) return true;
  const method: Node | undefined = yield* checker.declarationOf(member);
  if (!method || !isFunctionLikeDeclaration(method) || isPrepared(method)) return false;
  return (yield* summaries.ask(method, "this")).verdict === "yes";
}

/** Whether a value is null, undefined, or of a class that is known in full and not the one that is needed. */
function* isAnother(checker: TypeChecker, given: Expression, needed: Type): Ask<boolean> {
  const type = yield* checker.constraintOf(yield* checker.typeOf(given));
  if (isNullish(type)) return true;
  const symbol = isUncertain(type) ? undefined : yield* checker.symbolOfType(type);
  if (!symbol || (symbol.flags & SymbolFlags.Class) === 0 || (yield* hasLostBase(checker, type))) return false;
  return !(yield* checker.isAssignable(type, needed)) && !(yield* checker.isAssignable(needed, type));
}
