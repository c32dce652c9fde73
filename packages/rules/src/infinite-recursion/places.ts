/** The places in a function where it may come back to itself, by name and by what the language does on its own. */
import {
  isBinaryExpression,
  isCallExpression,
  isClassLikeDeclaration,
  isElementAccessExpression,
  isIdentifier,
  isJsxElement,
  isJsxFragment,
  isJsxSelfClosingElement,
  isNewExpression,
  isObjectLiteralExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isArrowFunction,
  isTemplateExpression,
  SyntaxKind,
  type CallExpression,
  type ClassLikeDeclaration,
  type Expression,
  type Node,
} from "@review/program/syntax";
import { ownNodesOf, unwrapped, isTarget, wrapped, type Scopes } from "@review/analysis";
import { nameOfMember, subjectOf, type Subject } from "./subjects.ts";

export interface Place {
  readonly node: Node;
  readonly kind: "call" | "access" | "set" | "compute";
  /** What happens there, for a message: "calls". */
  readonly does: string;
  /** The values that are given; undefined where that is not the point. */
  readonly given: readonly Expression[] | undefined;
  /** Another function, which may lead back here. */
  readonly partner: Subject | undefined;
}

/** Everything in a function that is the function again, or another one of the file that names it. */
export function placesIn(scopes: Scopes, subject: Subject): readonly Place[] {
  const places: Place[] = [];
  for (const root of rootsOf(subject)) {
    for (const node of ownNodesOf(root)) {
      const place = placeOf(scopes, subject, node);
      if (place) places.push(place);
    }
  }
  return places.length > 0 && isReplacedInside(subject) ? [] : places;
}

/** The values of a class's fields are computed by its constructor. */
function rootsOf({ kind, root, owner }: Subject): readonly Node[] {
  return kind === "constructor" && owner && owner !== root ? [owner, root] : [root];
}

/** A member that puts another in its place, as values that are made once do. */
function isReplacedInside({ member, root }: Subject): boolean {
  if (member === undefined) return false;
  const text = root.getText();
  if (/\bdefinePropert(?:y|ies)\b|\bdelete\s/.test(text)) return true;
  for (const node of ownNodesOf(root)) {
    if (isPropertyAccessExpression(node) && node.name.text === member && isTarget(node)) {
      if (!isSetAccessor(root)) return true;
    }
  }
  return false;
}

function isSetAccessor({ kind }: Node): boolean {
  return kind === SyntaxKind.SetAccessor;
}

function placeOf(scopes: Scopes, subject: Subject, node: Node): Place | undefined {
  if (isCallExpression(node)) return calledAt(scopes, subject, node) ?? convertedAt(subject, node);
  if (isNewExpression(node)) {
    const isOwn = subject.kind === "constructor" && names(scopes, subject, node.expression);
    return isOwn ? place(node, "call", "calls", node.arguments ?? []) : undefined;
  }
  if (isPropertyAccessExpression(node) || isElementAccessExpression(node)) return memberAt(scopes, subject, node);
  if (isJsxElement(node) || isJsxSelfClosingElement(node)) return elementAt(scopes, subject, node);
  return convertedAt(subject, node);
}

function place(node: Node, kind: Place["kind"], does: string, given?: readonly Expression[]): Place {
  return { node, kind, does, given, partner: undefined };
}

function calledAt(scopes: Scopes, subject: Subject, call: Node & { expression: Expression }): Place | undefined {
  if (!isCallExpression(call)) return undefined;
  const target = calleeAt(scopes, subject, call.expression);
  if (!target) return undefined;
  if (target === subject.root) return place(call, "call", "calls", call.arguments);
  const partner = subjectOf(scopes, target as Subject["root"]);
  const isPartner = partner && mentionsSubject(partner, subject);
  return isPartner ? { ...place(call, "call", "calls"), partner } : undefined;
}

/** The code of a function of this file that is called by the name of its variable or of a member of the own object. */
function calleeAt(scopes: Scopes, subject: Subject, callee: Expression): Node | undefined {
  const target = unwrapped(callee);
  if (isIdentifier(target)) return functionAt(scopes, subject, target);
  const name = keyOf(target);
  if (name === undefined || subject.member === undefined) return undefined;
  if (!isOwnObject(scopes, subject, (target as Node & { expression: Node }).expression)) return undefined;
  return subject.kind === "method" && name === subject.member ? subject.root : hiddenMember(subject, name);
}

function functionAt(scopes: Scopes, { kind, root, variable }: Subject, name: Node): Node | undefined {
  const called = scopes.variableOf(name);
  if (!called) return undefined;
  return called === variable && kind === "function" ? root : namedBy(called.declarations);
}

function namedBy(declarations: readonly Node[]): Node | undefined {
  const bodies = declarations.map(({ parent }) => parent).filter(each => each.kind === SyntaxKind.FunctionDeclaration);
  const [first, ...others] = bodies.filter(each => (each as Node & { body?: Node }).body);
  return first && others.length === 0 ? first : undefined;
}

/** Another method that no heir can replace: two methods may be written in terms of each other for heirs to choose. */
function hiddenMember({ owner, isStatic }: Subject, name: string): Node | undefined {
  if (!owner || !isClassLikeDeclaration(owner)) return undefined;
  const [method, ...others] = methodsOf(owner).get(name) ?? [];
  if (!method || others.length > 0) return undefined;
  const { modifiers } = method as Node & { modifiers?: readonly Node[] };
  const has = (kind: SyntaxKind): boolean => modifiers?.some(each => each.kind === kind) ?? false;
  if (has(SyntaxKind.StaticKeyword) !== isStatic) return undefined;
  return name.startsWith("#") || has(SyntaxKind.PrivateKeyword) ? method : undefined;
}

/** By name; asked at each call in each method of the class. */
function methodsOf(owner: ClassLikeDeclaration): ReadonlyMap<string, readonly Node[]> {
  const seen = known.get(owner);
  if (seen) return seen;
  const methods = new Map<string, Node[]>();
  for (const member of owner.members) {
    const { name: own } = member as Node & { name?: Node };
    const name = own && member.kind === SyntaxKind.MethodDeclaration ? nameOfMember(own) : undefined;
    if (name !== undefined) methods.set(name, [...(methods.get(name) ?? []), member]);
  }
  known.set(owner, methods);
  return methods;
}

const known = new WeakMap<Node, ReadonlyMap<string, readonly Node[]>>();

function mentionsSubject(partner: Subject, subject: Subject): boolean {
  const sought = subject.member ?? subject.variable?.name;
  if (sought === undefined) return false;
  for (const node of ownNodesOf(partner.root)) {
    if (isCallExpression(node) && node.expression.getText().endsWith(sought)) return true;
  }
  return false;
}

/** `this`, or the variable that holds the class (of a static member) or the object literal. */
function isOwnObject(scopes: Scopes, subject: Subject, object: Node): boolean {
  const value = unwrapped(object);
  if (value.kind === SyntaxKind.ThisKeyword) return !isArrowFunction(subject.root) || isClassMember(subject);
  return isIdentifier(value) && isNamedOwner(subject) && names(scopes, subject, value);
}

/** An arrow function has the `this` of what surrounds it: of a class's field, the object. */
function isClassMember({ owner }: Subject): boolean {
  return owner !== undefined && isClassLikeDeclaration(owner);
}

function isNamedOwner({ owner, isStatic }: Subject): boolean {
  return owner !== undefined && (isObjectLiteralExpression(owner) || isStatic);
}

function names(scopes: Scopes, { variable }: Subject, node: Node): boolean {
  const name = unwrapped(node);
  return variable !== undefined && isIdentifier(name) && scopes.variableOf(name) === variable;
}

function keyOf(access: Node): string | undefined {
  if (isPropertyAccessExpression(access)) return access.name.text;
  if (!isElementAccessExpression(access)) return undefined;
  const text = unwrapped(access.argumentExpression).getText();
  return /^Symbol\.\w+$/.test(text) ? `[${text}]` : /^(["']).*\1$/.exec(text)?.[0].slice(1, -1);
}

function memberAt(scopes: Scopes, subject: Subject, access: Node & { expression: Expression }): Place | undefined {
  if (subject.kind !== "getter" && subject.kind !== "setter") return undefined;
  if (keyOf(access) !== subject.member || !isOwnObject(scopes, subject, access.expression)) return undefined;
  const isWritten = isTarget(access);
  if (subject.kind === "getter") return isWritten ? undefined : place(access, "access", "reads", []);
  if (!isWritten) return undefined;
  const { parent } = wrapped(access);
  const given =
    isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken ? [parent.right] : undefined;
  return place(access, "set", "writes", given);
}

/** A component that is part of what it renders itself, and stands there for certain. */
function elementAt(scopes: Scopes, subject: Subject, element: Node): Place | undefined {
  if (subject.kind !== "function") return undefined;
  const tag = isJsxElement(element) ? element.openingElement.tagName : (element as Node & { tagName: Node }).tagName;
  if (!isIdentifier(tag) || !names(scopes, subject, tag)) return undefined;
  return isRendered(subject, element) ? place(element, "compute", "renders") : undefined;
}

function isRendered({ root }: Subject, element: Node): boolean {
  for (let at = wrapped(element); ; at = wrapped(at.parent)) {
    const { parent } = at;
    if (isReturnStatement(parent)) return true;
    if (parent === root) return true;
    if (isJsxFragment(parent)) continue;
    if (!isJsxElement(parent) || !/^[a-z]/.test(parent.openingElement.tagName.getText())) return false;
  }
}

/** Where the language itself asks an object for its text, number or JSON. */
function convertedAt(subject: Subject, node: Node): Place | undefined {
  const { kind, member, isStatic } = subject;
  if (kind !== "method" || isStatic || member === undefined) return undefined;
  const hints = HINTS.get(member);
  const asked = hints && conversionAt(node);
  if (!asked?.some(each => hints?.includes(each)) || isOverruled(subject)) return undefined;
  return place(node, isCallExpression(node) ? "call" : "compute", "calls", []);
}

type Hint = "string" | "default" | "number" | "json";

/** The conversions that call a method, if nothing else comes first. */
const HINTS: ReadonlyMap<string, readonly Hint[]> = new Map([
  ["toString", ["string"]],
  ["valueOf", ["default", "number"]],
  ["[Symbol.toPrimitive]", ["string", "default", "number"]],
  ["toJSON", ["json"]],
]);

function isOverruled({ owner, member }: Subject): boolean {
  if (member === "[Symbol.toPrimitive]" || member === "toJSON") return false;
  return owner?.getText().includes("Symbol.toPrimitive") ?? true;
}

const CALLS: ReadonlyMap<string, Hint> = new Map([
  ["String", "string"],
  ["Number", "number"],
  ["JSON.stringify", "json"],
]);

function conversionAt(node: Node): readonly Hint[] {
  if (isTemplateExpression(node)) {
    return node.templateSpans.some(span => isThis(span.expression)) ? ["string"] : [];
  }
  if (isBinaryExpression(node)) {
    const isSum = node.operatorToken.kind === SyntaxKind.PlusToken;
    return isSum && (isThis(node.left) || isThis(node.right)) ? ["default"] : [];
  }
  if (isPrefixUnaryExpression(node)) {
    return node.operator === SyntaxKind.PlusToken && isThis(node.operand) ? ["number"] : [];
  }
  return isCallExpression(node) ? conversionBy(node) : [];
}

function conversionBy({ expression, arguments: [first] }: CallExpression): readonly Hint[] {
  const hint = first && isThis(first) ? CALLS.get(expression.getText()) : undefined;
  return hint ? [hint] : [];
}

function isThis(node: Node): boolean {
  return unwrapped(node).kind === SyntaxKind.ThisKeyword;
}
