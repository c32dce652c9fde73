/** Functions of the language and of libraries, as the tables know them. */
import {
  asMethodCall,
  builtinOf,
  catchingTryOf,
  functionOf,
  isUncertain,
  mayHaveEffects,
  quoted,
  type Ask,
  type Facts,
  type Pass,
  type TypeChecker,
} from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isSpreadElement,
  type Expression,
} from "@review/program/syntax";
import type { Loss, PlainCall } from "./rule.ts";

/** Why a call that a table describes does nothing; undefined where it may do something, or is not known. */
export function* knownLoss(pass: Pass, call: PlainCall): Ask<Loss | undefined> {
  // Classes are made for their constructors as well.
  if (isNewExpression(call)) return undefined;
  const facts = yield* pass.models.of(call);
  if (!facts?.pure || facts.throws !== "no" || isForSideEffect(call)) return undefined;
  if (yield* mayDrain(pass.checker, call)) return undefined;
  if ((yield* callsBack(pass, call, facts)) || (yield* isWantedItself(pass, call))) return undefined;
  const loss = yield* lossOf(pass, call);
  // What may be tried to see whether it works at all, unless it is a plain copy of text or of a list.
  return loss.isCopy || !catchingTryOf(call) ? loss : undefined;
}

/** What loads a module, measures a page, computes its layout, or reads a member whose getter may run. */
function isForSideEffect(call: PlainCall): boolean {
  const { expression } = call;
  if (isIdentifier(expression)) return FOR_EFFECT.has(expression.text) || ERRORS.test(expression.text);
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  if (!method) return false;
  return FOR_EFFECT.has(method.name) || (isIdentifier(method.object) && OBJECTS_FOR_EFFECT.has(method.object.text));
}

const FOR_EFFECT: ReadonlySet<string> = new Set([
  ...["require", "Symbol", "getBoundingClientRect", "getClientRects", "getComputedStyle", "deref", "then", "catch"],
  ...["finally", "randomBytes", "Promise", "valueOf"],
]);

/** A promise that is dropped is another rule's. */
const OBJECTS_FOR_EFFECT: ReadonlySet<string> = new Set(["Reflect", "Promise"]);

/** Errors that are made and dropped are another rule's. */
const ERRORS: RegExp = /Error$/;

/** What reads an iterator to its end changes the iterator. */
function* mayDrain(checker: TypeChecker, call: PlainCall): Ask<boolean> {
  const { expression } = call;
  const name = isIdentifier(expression) ? expression.text : isCallExpression(call) ? asMethodCall(call)?.name : "";
  const [first] = call.arguments ?? [];
  if (!first || !DRAINS.has(name ?? "")) return false;
  const builtin = isSpreadElement(first) ? undefined : yield* builtinOf(checker, first);
  return !STILL.has(builtin ?? "");
}

const DRAINS: ReadonlySet<string> = new Set(["from", "fromEntries", "Map", "Set", "WeakMap", "WeakSet", "groupBy"]);
const STILL: ReadonlySet<string> = new Set([
  "Array",
  "ReadonlyArray",
  "String",
  "Map",
  "Set",
  "ReadonlySet",
  "ReadonlyMap",
]);

/** Whether a function that is passed and called may have effects, be it on a variable around it. */
function* callsBack({ checker, summaries }: Pass, call: PlainCall, { takes = {} }: Facts): Ask<boolean> {
  for (const [position, argument] of (call.arguments ?? []).entries()) {
    const taken = takes[position] ?? takes["*"];
    if (taken?.called === undefined || !(yield* mayBeFunction(checker, argument))) continue;
    const fn = isSpreadElement(argument) ? undefined : yield* functionOf(checker, argument);
    if (!fn || (yield* summaries.ask(fn, "impure")).verdict !== "no") return true;
  }
  return false;
}

function* mayBeFunction(checker: TypeChecker, argument: Expression): Ask<boolean> {
  if (isSpreadElement(argument)) return true;
  const type = yield* checker.typeOf(argument);
  if (isUncertain(type)) return true;
  for (const part of yield* checker.partsOf(type)) {
    if ((yield* checker.callSignaturesOf(part)).length > 0) return true;
  }
  return false;
}

/** What a method is called on may be computed for its own sake: `open(path).toString()`. */
function* isWantedItself({ summaries }: Pass, call: PlainCall): Ask<boolean> {
  const object = isCallExpression(call) ? asMethodCall(call)?.object : undefined;
  if (!object || !mayHaveEffects(object)) return false;
  for (const fact of ["impure", "throws"] as const) {
    if ((yield* summaries.ask(object, fact)).verdict !== "no") return true;
  }
  return false;
}

/** What kinds of things a method gives a changed copy of. */
const COPIED: ReadonlyMap<string, string> = new Map([
  ["String", "string"],
  ["Array", "array"],
  ["ReadonlyArray", "array"],
]);

function* lossOf(pass: Pass, call: PlainCall): Ask<Loss & { readonly isCopy: boolean }> {
  const { checker, file } = pass;
  const method = isCallExpression(call) ? asMethodCall(call) : undefined;
  const object = method?.object;
  if (!object)
    return {
      because: "does nothing else",
      isCopy: false,
      evidence: [{ at: call, message: "This only computes its result." }],
    };
  const kind = COPIED.get((yield* builtinOf(checker, object)) ?? "");
  const isCopy = kind !== undefined && COPIED.get((yield* builtinOf(checker, call)) ?? "") === kind;
  const type = yield* checker.textOf(yield* checker.typeOf(object));
  return {
    isCopy,
    because: isCopy ? `leaves the ${kind} that it is made on as it is` : "changes nothing",
    evidence: [{ at: object, message: `${quoted(object, file.sourceFile)} is of type \`${shortened(type)}\`.` }],
  };
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
