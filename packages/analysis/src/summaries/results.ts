/** Reads off a function what it returns: whether that may be null or undefined, and whether it is always new. */
import { TypeFlags } from "@review/program";
import {
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isClassLikeDeclaration,
  isConditionalExpression,
  isConstructorDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isReturnStatement,
  isVariableDeclaration,
  SyntaxKind,
  type BinaryExpression,
  type CallExpression,
  type Expression,
  type FunctionLikeDeclaration,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import { isAssignedOnce } from "../helpers/assigned-once.ts";
import { valuesOf } from "../helpers/functions.ts";
import { asMethodCall } from "../helpers/names.ts";
import { unwrapped } from "../helpers/nodes.ts";
import { isUncertain } from "../helpers/types.ts";
import { calleeOf } from "./callee.ts";
import { mayRunOff } from "./endings.ts";
import { note, UNKNOWN, YES, type Gathering } from "./gathering.ts";
import { noteCallee } from "./passing.ts";

/** Notes the values that the function returns, and where it returns none. */
export function* noteResults(g: Gathering): Ask<void> {
  const { subject } = g;
  const isFunction = isFunctionLikeDeclaration(subject);
  const isMaker = g.isAsync || (isFunction && subject.asteriskToken !== undefined);
  // What `new` gives is the object itself.
  if (isConstructorDeclaration(subject) || isClassLikeDeclaration(subject)) return;
  if (g.results.length === 0) {
    if (!isMaker) noteNothing(g);
    return;
  }
  if (isFunction) {
    noteBareReturns(g, isMaker);
    yield* noteEnd(g, subject, isMaker);
  }
  for (const each of g.results) {
    yield* noteAbsence(g, each, 0);
    // A promise or generator is new, whatever it gives.
    if (isMaker) continue;
    for (const value of valuesOf(each)) yield* noteSharing(g, value);
  }
}

/** What returns nothing at all returns nothing new, and nothing is absent that anybody could expect. */
function noteNothing(g: Gathering): void {
  note(g, "shared", g.subject, "returns nothing", YES);
}

function noteBareReturns(g: Gathering, isMaker: boolean): void {
  for (const node of g.nodes) {
    if (!isReturnStatement(node) || node.expression) continue;
    note(g, "absent", node, "returns nothing", YES);
    if (!isMaker) note(g, "shared", node, "returns nothing", YES);
  }
}

/** The compiler knows which switches and calls leave no way to the end; its word counts where it has one. */
function* noteEnd(g: Gathering, fn: FunctionLikeDeclaration, isMaker: boolean): Ask<void> {
  if (!fn.body || !isBlock(fn.body) || fn.asteriskToken || !mayRunOff(fn.body)) return;
  const signature = yield* g.checker.signatureOfDeclaration(fn);
  let type = yield* g.checker.returnTypeOf(signature);
  if (g.isAsync) type = (yield* g.checker.awaitedTypeOf(type)) ?? type;
  const isOpen = isUncertain(type) || (yield* mayBeNullish(g, type));
  if (!isOpen) return;
  const last = fn.body.statements.at(-1) ?? fn.body;
  note(g, "absent", last, "may be the last that the function does", isUncertain(type) ? UNKNOWN : YES);
  if (!isMaker) note(g, "shared", last, "may be the last that the function does", YES);
}

function* mayBeNullish(g: Gathering, type: Parameters<Gathering["checker"]["partsOf"]>[0]): Ask<boolean> {
  const parts = yield* g.checker.partsOf(type);
  return parts.some(part => (part.flags & (TypeFlags.Nullable | TypeFlags.Void)) !== 0);
}

/** The longest chain of names between a value that is returned and where it comes from. */
const LONGEST_CHAIN = 4;

function* noteAbsence(g: Gathering, expression: Expression, depth: number): Ask<void> {
  const value = unwrapped(expression) as Expression;
  if (isConditionalExpression(value)) {
    yield* noteAbsence(g, value.whenTrue, depth);
    yield* noteAbsence(g, value.whenFalse, depth);
  } else if (isBinaryExpression(value)) yield* noteAbsentOperand(g, value, depth);
  else yield* noteAbsentValue(g, value, depth);
}

/** `a || b` and `a ?? b` give `a` only where it is there; `a && b` gives it where it is not. */
function* noteAbsentOperand(g: Gathering, value: BinaryExpression, depth: number): Ask<void> {
  const { kind } = value.operatorToken;
  if (kind === SyntaxKind.AmpersandAmpersandToken) yield* noteByType(g, value);
  else if (GIVES_RIGHT.has(kind)) yield* noteAbsence(g, value.right, depth);
}

const GIVES_RIGHT: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken, SyntaxKind.CommaToken, SyntaxKind.EqualsToken],
]);

function* noteAbsentValue(g: Gathering, value: Expression, depth: number): Ask<void> {
  const bare = isAwaitExpression(value) ? (unwrapped(value.expression) as Expression) : value;
  if (isNull(g, bare)) note(g, "absent", value, "is returned", YES);
  else if (isCallExpression(bare)) yield* noteAbsentResult(g, bare);
  else if (!ALWAYS_THERE.has(bare.kind)) {
    const given = depth < LONGEST_CHAIN ? constantValue(g, bare) : undefined;
    if (!given) return yield* noteByType(g, value);
    yield* noteAbsence(g, given, depth + 1);
  }
}

function isNull(g: Gathering, node: Node): boolean {
  if (node.kind === SyntaxKind.NullKeyword || node.kind === SyntaxKind.VoidExpression) return true;
  return isIdentifier(node) && node.text === "undefined" && !g.scopes.variableOf(node);
}

const ALWAYS_THERE: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression, SyntaxKind.NewExpression],
  ...[SyntaxKind.StringLiteral, SyntaxKind.NumericLiteral, SyntaxKind.TemplateExpression],
  ...[SyntaxKind.NoSubstitutionTemplateLiteral, SyntaxKind.TrueKeyword, SyntaxKind.FalseKeyword],
  ...[SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression, SyntaxKind.ClassExpression],
  ...[SyntaxKind.RegularExpressionLiteral, SyntaxKind.TypeOfExpression, SyntaxKind.ThisKeyword],
  ...[SyntaxKind.JsxElement, SyntaxKind.JsxSelfClosingElement, SyntaxKind.JsxFragment, SyntaxKind.BigIntLiteral],
  ...[SyntaxKind.PostfixUnaryExpression, SyntaxKind.PrefixUnaryExpression],
]);

/** The value of a variable of this function that is only read once. */
function constantValue(g: Gathering, name: Node): Expression | undefined {
  const variable = g.scopes.variableOf(name);
  const [declared] = variable?.declarations ?? [];
  const declaration = declared?.parent;
  if (variable?.root !== g.fn || !declaration || !isVariableDeclaration(declaration)) return undefined;
  if (declaration.name !== declared || !isAssignedOnce(declaration)) return undefined;
  // After a test, the name stands for less than its value: only the type knows.
  return variable.references.length === 1 ? declaration.initializer : undefined;
}

function* noteAbsentResult(g: Gathering, call: CallExpression): Ask<void> {
  const callee = yield* calleeOf(g, call, g.fn);
  if (callee.kind === "function") {
    noteCallee(g, "absent", "absent", call, "may be null or undefined", callee);
    return;
  }
  const absent = callee.kind === "model" ? callee.facts.returns?.absent : undefined;
  if (absent === "null" || absent === "undefined") note(g, "absent", call, `may be ${absent}`, YES);
  else if (isSearch(call)) note(g, "absent", call, "may find nothing", YES);
  else yield* noteByType(g, call);
}

/** `list.find(each => …)`: whoever the list is, what is asked of one element after the other may be true of none. */
function isSearch(call: CallExpression): boolean {
  const [predicate] = call.arguments;
  const name = asMethodCall(call)?.name;
  if ((name !== "find" && name !== "findLast") || call.arguments.length !== 1 || !predicate) return false;
  const bare = unwrapped(predicate);
  return isArrowFunction(bare) && bare.parameters.length === 1 && !isBlock(bare.body) && isTest(bare.body);
}

function isTest(body: Node): boolean {
  return isBinaryExpression(body) && TESTS.has(body.operatorToken.kind);
}

const TESTS: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.EqualsEqualsToken, SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.AmpersandAmpersandToken],
  ...[SyntaxKind.LessThanToken, SyntaxKind.GreaterThanToken, SyntaxKind.InstanceOfKeyword],
]);

/** Types are believed when they say that a value may be missing, and when they are strict enough to say that it is not. */
function* noteByType(g: Gathering, value: Expression): Ask<void> {
  const type = yield* g.checker.typeOf(value);
  const because = "may be null or undefined";
  if (isUncertain(type)) note(g, "absent", value, because, UNKNOWN);
  else if (yield* mayBeNullish(g, type)) note(g, "absent", value, because, YES);
  else if (value.kind === SyntaxKind.ElementAccessExpression) note(g, "absent", value, because, UNKNOWN);
}

/** A value that is made by the expression that returns it, or comes new from another function. */
function* noteSharing(g: Gathering, value: Expression): Ask<void> {
  if (MADE_HERE.has(value.kind)) return;
  const because = "was there before";
  const given = constantValue(g, value);
  if (given && MADE_HERE.has(unwrapped(given).kind)) return;
  const call = given ? unwrapped(given) : value;
  if (!isCallExpression(call)) {
    note(g, "shared", value, because, isOld(g, value) ? YES : UNKNOWN);
    return;
  }
  const callee = yield* calleeOf(g, call, g.fn);
  if (callee.kind === "function") noteCallee(g, "shared", "shared", value, because, callee);
  else if (callee.kind !== "model" || !callee.facts.returns?.fresh || callee.facts.returns.absent !== undefined) {
    note(g, "shared", value, because, UNKNOWN);
  }
}

const MADE_HERE: ReadonlySet<SyntaxKind> = new Set([
  ...[SyntaxKind.ObjectLiteralExpression, SyntaxKind.ArrayLiteralExpression, SyntaxKind.NewExpression],
  ...[SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression, SyntaxKind.ClassExpression],
  ...[SyntaxKind.RegularExpressionLiteral, SyntaxKind.JsxElement, SyntaxKind.JsxSelfClosingElement],
  SyntaxKind.JsxFragment,
]);

/** Literals of primitives, `this`, members and what is declared outside: all but locals that may hold anything. */
function isOld(g: Gathering, value: Expression): boolean {
  if (!isIdentifier(value)) return true;
  const variable = g.scopes.variableOf(value);
  return !variable || variable.kind === "parameter" || variable.root !== g.fn;
}
