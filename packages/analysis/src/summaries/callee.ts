/** Which function a call means: one of the project, one that a table describes, a parameter, or nobody knows. */
import type { Symbol } from "@review/program";
import {
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isConstructorDeclaration,
  isFunctionLikeDeclaration,
  isIdentifier,
  isNewExpression,
  isParameterDeclaration,
  isShorthandPropertyAssignment,
  isTaggedTemplateExpression,
  ModifierFlags,
  SyntaxKind,
  type CallExpression,
  type ClassLikeDeclaration,
  type Expression,
  type FunctionLikeDeclaration,
  type Identifier,
  type NewExpression,
  type Node,
  type TaggedTemplateExpression,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { constructorOf } from "../flow/roots.ts";
import { scopesOf } from "../flow/scope.ts";
import { functionOf } from "../helpers/functions.ts";
import { memberName, nameNodeOf } from "../helpers/names.ts";
import { isAccess, unwrapped } from "../helpers/nodes.ts";
import type { Facts } from "../models/facts.ts";
import type { Callable, Knowledge } from "./gathering.ts";

export type Call = CallExpression | NewExpression | TaggedTemplateExpression;

/**
 * `overridden`: the class of a method that its heirs may replace. `nothing`: there is no code to run. A `parameter` is
 * one of the function that the call stands in, by position.
 */
export type Callee =
  | { readonly kind: "function"; readonly fn: Callable; readonly overridden?: string }
  | { readonly kind: "model"; readonly facts: Facts }
  | { readonly kind: "parameter"; readonly parameter: number }
  | { readonly kind: "nothing" | "unknown" };

const NOBODY_KNOWS: Callee = { kind: "unknown" };

export function isCall(node: Node): node is Call {
  return isCallExpression(node) || isNewExpression(node) || isTaggedTemplateExpression(node);
}

/** The arguments of a call; a tagged template's are not counted as such. */
export function argumentsOf(call: Call): readonly Expression[] {
  return isTaggedTemplateExpression(call) ? [] : (call.arguments ?? []);
}

/** `within` is the function that the call stands in. */
export function* calleeOf(known: Knowledge, call: Call, within: Node): Ask<Callee> {
  if (isTaggedTemplateExpression(call)) return yield* namedCallee(known, call.tag, within);
  const target = calledIn(call.expression);
  if (target.kind === SyntaxKind.ImportKeyword) return NOBODY_KNOWS;
  if (target.kind === SyntaxKind.SuperKeyword) return (yield* baseConstructor(known, within)) ?? NOBODY_KNOWS;
  if (isNewExpression(call)) return yield* constructorCallee(known, call);
  const through = borrowed(target);
  const callee = yield* namedCallee(known, through ?? target, within);
  if (callee.kind !== "unknown") return callee;
  const facts = yield* known.models.named(target);
  return facts ? { kind: "model", facts } : NOBODY_KNOWS;
}

/** The function that an expression which is no call of it means: a callback, or what is called by another name. */
export function* namedCallee(known: Knowledge, expression: Node, within: Node): Ask<Callee> {
  const target = unwrapped(expression);
  if (isFunctionLikeDeclaration(target)) return { kind: "function", fn: target };
  const parameter = parameterOf(target, within);
  if (parameter !== undefined) return { kind: "parameter", parameter };
  const fn = yield* projectFunction(known.checker, target);
  if (!fn) return NOBODY_KNOWS;
  const overridden = overridableClass(fn, target);
  return overridden === undefined ? { kind: "function", fn } : { kind: "function", fn, overridden };
}

/** The position of the parameter that a name means, if it is never written. */
export function parameterOf(expression: Node, within: Node): number | undefined {
  if (!isIdentifier(expression) || !isFunctionLikeDeclaration(within)) return undefined;
  const variable = scopesOf(within.getSourceFile()).variableOf(expression);
  if (variable?.kind !== "parameter" || variable.root !== within) return undefined;
  if (variable.references.some(({ isWritten }) => isWritten)) return undefined;
  const index = within.parameters.findIndex(({ name }) => variable.declarations.some(each => each === name));
  return index < 0 || within.parameters[index]?.dotDotDotToken ? undefined : index;
}

/** What is called: compiled code writes `(0, a.f)(…)`, so that `a` does not become the receiver. */
function calledIn(callee: Expression): Node {
  const target = unwrapped(callee);
  return isBinaryExpression(target) && target.operatorToken.kind === SyntaxKind.CommaToken
    ? unwrapped(target.right)
    : target;
}

/** `f` of `f.call(…)` and `f.apply(…)`. */
function borrowed(target: Node): Expression | undefined {
  if (!isAccess(target)) return undefined;
  const name = memberName(target);
  return name === "call" || name === "apply" ? target.expression : undefined;
}

/** What has a body in the project, and only one: a method of one of several classes is none. */
function* projectFunction(checker: TypeChecker, target: Node): Ask<FunctionLikeDeclaration | undefined> {
  const name = nameNodeOf(target);
  const symbol = name && (yield* checker.symbolOf(name));
  if (!symbol) return undefined;
  const meant = yield* checker.targetOf(symbol);
  if (!isOfProject(meant)) return undefined;
  let bodies = 0;
  for (const declaration of yield* checker.declarationsOf(meant)) {
    const named = shorthandName(declaration);
    if (named) return yield* projectFunction(checker, named);
    if (isFunctionLikeDeclaration(declaration) && declaration.body) bodies++;
  }
  return bodies > 1 ? undefined : yield* functionOf(checker, target);
}

/** The variable that `{ f }` takes its value from, at the name that declares it, if it is never written again. */
function shorthandName(declaration: Node): Identifier | undefined {
  if (!isShorthandPropertyAssignment(declaration)) return undefined;
  const variable = scopesOf(declaration.getSourceFile()).variableOf(declaration.name);
  return variable?.references.some(({ isWritten }) => isWritten) ? undefined : variable?.declarations[0];
}

/** Looking at a library's declarations would fetch its whole tree, and they have no bodies. */
function isOfProject(symbol: Symbol): boolean {
  return symbol.declarations.length > 0 && symbol.declarations.every(({ path }) => !/\.d\.[cm]?ts$/.test(path));
}

/** The class whose heirs may have another method of the name; undefined where the very method is known. */
function overridableClass(fn: Node, target: Node): string | undefined {
  const member = fn.parent.kind === SyntaxKind.PropertyDeclaration ? fn.parent : fn;
  const owner = member.parent;
  if (!isClassLikeDeclaration(owner) || !isAccess(target)) return undefined;
  const { modifierFlags = 0, name } = member as Node & { modifierFlags?: ModifierFlags; name?: Node };
  if (modifierFlags & ModifierFlags.Private || name?.kind === SyntaxKind.PrivateIdentifier) return undefined;
  const receiver = unwrapped(target.expression);
  // A static method says `this` for whichever class it is called on.
  if (modifierFlags & ModifierFlags.Static && receiver.kind !== SyntaxKind.ThisKeyword) return undefined;
  if (receiver.kind === SyntaxKind.SuperKeyword || isNewExpression(receiver)) return undefined;
  return owner.name?.text ?? "";
}

function* constructorCallee(known: Knowledge, call: NewExpression): Ask<Callee> {
  return yield* constructorOfClass(known, calledIn(call.expression));
}

function* constructorOfClass(known: Knowledge, expression: Node): Ask<Callee> {
  const declaration = yield* classOf(known.checker, expression);
  if (declaration) return yield* constructorCode(known, declaration);
  const facts = yield* known.models.constructed(expression);
  return facts ? { kind: "model", facts } : NOBODY_KNOWS;
}

function* classOf(checker: TypeChecker, expression: Node): Ask<ClassLikeDeclaration | undefined> {
  const target = unwrapped(expression);
  if (isClassLikeDeclaration(target)) return target;
  const name = nameNodeOf(target);
  const symbol = name && (yield* checker.symbolOf(name));
  const meant = symbol && (yield* checker.targetOf(symbol));
  if (!meant || !isOfProject(meant)) return undefined;
  const declaration = yield* checker.declarationOf(meant);
  const named = declaration && shorthandName(declaration);
  if (named) return yield* classOf(checker, named);
  return declaration && isClassLikeDeclaration(declaration) ? declaration : undefined;
}

/** The constructor of a class: its own, or that of the nearest class above; fields alone are code as well. */
function* constructorCode(known: Knowledge, declaration: ClassLikeDeclaration): Ask<Callee> {
  const own = constructorOf(declaration);
  if (own && isConstructorDeclaration(own)) return { kind: "function", fn: own };
  const hasFields = declaration.members.some(({ kind }) => kind === SyntaxKind.PropertyDeclaration);
  if (hasFields) return { kind: "function", fn: declaration };
  const base = baseOf(declaration);
  return base ? yield* constructorOfClass(known, base) : { kind: "nothing" };
}

/** What `super(…)` calls in a constructor, or by itself in a class that has none; undefined for a class without base. */
export function* baseConstructor(known: Knowledge, within: Node): Ask<Callee | undefined> {
  const owner = isClassLikeDeclaration(within) ? within : within.parent;
  const base = isClassLikeDeclaration(owner) ? baseOf(owner) : undefined;
  return base && (yield* constructorOfClass(known, unwrapped(base)));
}

function baseOf(declaration: ClassLikeDeclaration): Expression | undefined {
  const clause = declaration.heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword);
  const [type] = clause?.types ?? [];
  return type && "expression" in type ? type.expression : undefined;
}

/** The parameter of a function that takes an argument at a position. */
export function parameterAt(fn: Callable, position: number): { readonly index: number; readonly isRest: boolean } {
  const parameters = isFunctionLikeDeclaration(fn) ? fn.parameters : [];
  const rest = parameters.findIndex(each => isParameterDeclaration(each) && each.dotDotDotToken);
  return rest >= 0 && position >= rest ? { index: rest, isRest: true } : { index: position, isRest: false };
}
