/** Reads off a function where a promise is awaited or returned that may be rejected. */
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { isAssignedOnce } from "../helpers/assigned-once.ts";
import { PROMISE_METHODS } from "../helpers/builtins.ts";
import { valuesOf } from "../helpers/functions.ts";
import { asMethodCall, isGlobal } from "../helpers/names.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { builtinName, certainParts, isThenable } from "../helpers/types.ts";
import { calleeOf, namedCallee } from "./callee.ts";
import { note, UNKNOWN, UNSEEN, YES, type Gathering } from "./gathering.ts";
import { noteCallback, noteCallee, passedBy } from "./passing.ts";
import type { Lead } from "./record.ts";
import { isCaught } from "./throws.ts";

/** Notes what makes the promise reject that a call of the function returns. */
export function* noteRejections(g: Gathering): Ask<void> {
  if (g.isAsync) {
    for (const node of g.nodes) {
      if (isAwaitExpression(node) && !isCaught(g, node)) yield* noteRejecting(g, node.expression, 0);
      // What an iteration waits for is made elsewhere.
      if (
        node.kind === SyntaxKind.ForOfStatement &&
        "awaitModifier" in node &&
        node.awaitModifier &&
        !isCaught(g, node)
      )
        note(g, "rejects", node, "may wait for a promise that is rejected", UNKNOWN);
    }
  }
  // A promise that is returned without `await` is rejected outside of the `try` that it stands in.
  for (const returned of g.results) yield* noteRejecting(g, returned, 0);
}

/** The longest chain of handlers and names that is followed from a promise to what makes it. */
const LONGEST_CHAIN = 8;

/** Notes what may reject the promise that an expression is; nothing where it is none. */
function* noteRejecting(g: Gathering, expression: Expression, depth: number): Ask<void> {
  for (const value of valuesOf(expression)) {
    if (depth > LONGEST_CHAIN) note(g, "rejects", value, "may be rejected", UNKNOWN);
    else if (isCallExpression(value)) yield* noteCall(g, value, depth);
    else if (isNewExpression(value)) yield* noteNew(g, value);
    else if (isIdentifier(value)) yield* noteName(g, value, depth);
    else if (!isNoPromise(value)) yield* noteUnlessNoPromise(g, value);
  }
}

function isNoPromise({ kind }: Node): boolean {
  return NO_PROMISES.has(kind);
}

const NO_PROMISES: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.AwaitExpression, SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression],
  ...[SyntaxKind.StringLiteral, SyntaxKind.NumericLiteral, SyntaxKind.TemplateExpression],
  ...[SyntaxKind.NoSubstitutionTemplateLiteral, SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword],
  ...[SyntaxKind.NullKeyword, SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression, SyntaxKind.BinaryExpression],
  ...[SyntaxKind.PrefixUnaryExpression, SyntaxKind.PostfixUnaryExpression, SyntaxKind.TypeOfExpression],
  ...[SyntaxKind.JsxElement, SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxFragment, SyntaxKind.VoidExpression],
]);

/** A local that has one value is as good as that; nobody knows who rejects what else has a name. */
function* noteName(g: Gathering, name: Expression, depth: number): Ask<void> {
  const variable = g.scopes.variableOf(name);
  const [declared] = variable?.declarations ?? [];
  const declaration = declared?.parent;
  if (variable?.root === g.fn && declaration && isVariableDeclaration(declaration) && declaration.name === declared) {
    const { initializer } = declaration;
    if (initializer && isAssignedOnce(declaration)) return yield* noteRejecting(g, initializer, depth + 1);
  }
  if (!variable && isIdentifier(name) && name.text === "undefined") return;
  yield* noteUnlessNoPromise(g, name);
}

function* noteUnlessNoPromise(g: Gathering, value: Expression): Ask<void> {
  if (yield* isCertainlyNoPromise(g, value)) return;
  note(g, "rejects", value, "may be rejected", UNKNOWN);
}

function* isCertainlyNoPromise({ checker }: Gathering, value: Expression): Ask<boolean> {
  const parts = yield* certainParts(checker, yield* checker.typeOf(value));
  if (!parts) return false;
  for (const part of parts) if (yield* isThenable(checker, part)) return false;
  return true;
}

function* noteCall(g: Gathering, call: CallExpression, depth: number): Ask<void> {
  const method = asMethodCall(call);
  if (method && PROMISE_METHODS.has(method.name) && call.arguments.length > 0) {
    return yield* noteChain(g, call, method.object, method.name, depth);
  }
  if (method && (yield* isGlobal(g.checker, method.object, "Promise"))) {
    if (yield* noteCombined(g, call, method.name, depth)) return;
  }
  const callee = yield* calleeOf(g, call, g.fn);
  const because = "may be rejected";
  if (callee.kind === "function") {
    noteCallee(g, "rejects", "rejects", call, because, callee, yield* passedBy(g, call));
  } else if (callee.kind === "parameter") {
    const lead: Lead = { kind: "argument", parameter: callee.parameter, fact: "rejects" };
    const isUnseen = yield* isUnseenPromise(g, call);
    note(g, "rejects", call, because, isUnseen ? { ...lead, otherwise: "unseen" } : lead);
  } else if (callee.kind !== "model") {
    if (yield* isUnseenPromise(g, call)) note(g, "rejects", call, because, UNSEEN);
    else yield* noteUnlessNoPromise(g, call);
  } else if (callee.facts.rejects === "yes") note(g, "rejects", call, because, YES);
  else if (callee.facts.rejects === undefined && !callee.facts.returns?.fresh) yield* noteUnlessNoPromise(g, call);
}

/** Whether a call of code that cannot be looked into gives a promise, and not one that only lets time pass. */
function* isUnseenPromise({ checker }: Gathering, call: CallExpression): Ask<boolean> {
  const callee = unwrapped(call.expression);
  const name = asMethodCall(call)?.name ?? (isIdentifier(callee) ? callee.text : undefined);
  if (name === undefined || PASSES_TIME.test(name)) return false;
  return (yield* builtinName(checker, yield* checker.typeOf(call))) === "Promise";
}

/** `map(load)` with a function that cannot be looked into and gives a promise. */
function* isUnseenMaker(g: Gathering, callback: Expression): Ask<boolean> {
  const name = unwrapped(callback);
  if (!isIdentifier(name) || PASSES_TIME.test(name.text)) return false;
  if ((yield* namedCallee(g, callback, g.fn)).kind !== "unknown") return false;
  const [signature] = yield* g.checker.callSignaturesOf(yield* g.checker.typeOf(callback));
  if (!signature) return false;
  return (yield* builtinName(g.checker, yield* g.checker.returnTypeOf(signature))) === "Promise";
}

const PASSES_TIME =
  /^(?:_?(?:delay|sleep|wait|pause|tick|timeout|settle|idle)|.*(?:Delay|Sleep|Timeout|Tick|Frame|Idle|Settled)|nextTick|waitFor(?:Ms|Time|Idle|Frame).*|raf|setTimeout|setImmediate)$/;

/** A handler for rejections replaces what came before it; all others only add. */
function* noteChain(g: Gathering, call: CallExpression, before: Expression, name: string, depth: number): Ask<void> {
  const [first, second] = call.arguments;
  const handles = name === "catch" ? first : name === "then" ? second : undefined;
  if (!handles || isNothing(handles)) yield* noteRejecting(g, before, depth + 1);
  for (const handler of call.arguments.slice(0, 2)) {
    if (isNothing(handler)) continue;
    yield* noteCallback(g, "rejects", "throws", handler);
    yield* noteCallback(g, "rejects", "rejects", handler);
  }
}

function isNothing(node: Node): boolean {
  const bare = unwrapped(node);
  return bare.kind === SyntaxKind.NullKeyword || (isIdentifier(bare) && bare.text === "undefined");
}

/** Promises that are made of others; false where the name is none of these. */
function* noteCombined(g: Gathering, call: CallExpression, name: string, depth: number): Ask<boolean> {
  const [first] = call.arguments;
  if (name === "allSettled") return true;
  if (name === "resolve") {
    if (first) yield* noteRejecting(g, first, depth + 1);
    return true;
  }
  if (name !== "all" && name !== "race" && name !== "any") return false;
  if (first) yield* noteElements(g, first, depth);
  return true;
}

function* noteElements(g: Gathering, list: Expression, depth: number): Ask<void> {
  const bare = unwrapped(list);
  if (isArrayLiteralExpression(bare) && !bare.elements.some(({ kind }) => kind === SyntaxKind.SpreadElement)) {
    for (const element of bare.elements) yield* noteRejecting(g, element, depth + 1);
    return;
  }
  const [callback] = isCallExpression(bare) && asMethodCall(bare)?.name === "map" ? bare.arguments : [];
  if (callback && (yield* isUnseenMaker(g, callback))) note(g, "rejects", callback, "may be rejected", UNSEEN);
  else if (callback) yield* noteCallback(g, "rejects", "rejects", callback);
  else note(g, "rejects", list, "may hold a promise that is rejected", UNKNOWN);
}

/** `new Promise(executor)` is rejected by what the executor throws, and by whoever gets its second parameter. */
function* noteNew(g: Gathering, made: NewExpression): Ask<void> {
  const executor = made.arguments?.[0] && unwrapped(made.arguments[0]);
  if (!(yield* isGlobal(g.checker, made.expression, "Promise"))) return yield* noteUnlessNoPromise(g, made);
  if (!executor || !isFunctionLikeDeclaration(executor)) {
    note(g, "rejects", made, "may be rejected", UNKNOWN);
    return;
  }
  yield* noteCallback(g, "rejects", "throws", executor as Expression);
  const reject = executor.parameters[1]?.name;
  if (!reject) return;
  const to = g.keyOf(executor);
  note(g, "rejects", reject, "may be called", { kind: "callee", to, fact: "called:1" });
  note(g, "rejects", reject, "may be kept", { kind: "callee", to, fact: "stored:1" });
}
