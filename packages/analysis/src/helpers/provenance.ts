/** Text that comes from a number, or from outside of the program, where everything is text. */
import {
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isObjectBindingPattern,
  isStringLiteralLikeNode,
  isTemplateExpression,
  isVariableDeclaration,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import { asMethodCall, builtinOf, isGlobal, memberName } from "./names.ts";
import { isAccess, unwrapped } from "./nodes.ts";
import { scopesOf } from "../flow/scope.ts";

/** `number`: a number was turned into text. The others are named: a variable, a parameter, a header, a field. */
export interface Provenance {
  readonly kind: "number" | "environment" | "query" | "parameter" | "header" | "cookie" | "input";
  /** What it is called there; the empty text for a number. */
  readonly name: string;
}

/** Where the text of an expression comes from, if it is an origin (see `originsOf`); undefined for any other value. */
export function* provenanceOf(checker: TypeChecker, origin: Node): Ask<Provenance | undefined> {
  const value = unwrapped(origin);
  const member = memberRead(value);
  if (member) return yield* ofMember(checker, member);
  if (isCallExpression(value)) return yield* ofCall(checker, value);
  return (yield* isNumberInText(checker, value)) ? NUMBER : undefined;
}

const NUMBER: Provenance = { kind: "number", name: "" };

/** A member that is read: by its name, or by a name in a pattern. */
export interface MemberRead {
  readonly object: Expression;
  readonly name: string;
}

/** The member whose value an origin is: `a.b`, `a["b"]`, `b` of `const { b } = a`. */
export function memberRead(value: Node): MemberRead | undefined {
  if (isAccess(value)) {
    const name = memberName(value);
    return name === undefined ? undefined : { object: value.expression, name };
  }
  return boundMember(value);
}

/** `b` of `const { b } = a`, with its default or without. */
function boundMember(name: Node): MemberRead | undefined {
  const binding = name.parent;
  if (!isIdentifier(name) || !isBindingElement(binding) || binding.name !== name || binding.dotDotDotToken) {
    return undefined;
  }
  const key = binding.propertyName ?? name;
  const declaration = binding.parent.parent;
  if (!isObjectBindingPattern(binding.parent) || !isVariableDeclaration(declaration)) return undefined;
  const { initializer: object } = declaration;
  return object && (isIdentifier(key) || isStringLiteralLikeNode(key)) ? { object, name: key.text } : undefined;
}

/** What the objects of a request are called that hold text from outside. */
const HOLDERS: ReadonlyMap<string, Provenance["kind"]> = new Map([
  ["query", "query"],
  ["params", "parameter"],
  ["headers", "header"],
  ["cookies", "cookie"],
]);

const REQUEST: RegExp = /^(?:req|request|ctx|context)$/i;

function* ofMember(checker: TypeChecker, { object, name }: MemberRead): Ask<Provenance | undefined> {
  const holder = unwrapped(object);
  if (yield* isEnvironment(checker, holder)) return { kind: "environment", name };
  const outer = isAccess(holder) ? HOLDERS.get(memberName(holder) ?? "") : undefined;
  if (outer && isAccess(holder) && isRequest(holder.expression)) return { kind: outer, name };
  if (name !== "value") return undefined;
  const builtin = yield* builtinOf(checker, holder);
  return builtin === "HTMLInputElement" || builtin === "HTMLSelectElement"
    ? { kind: "input", name: nameOf(holder) }
    : undefined;
}

/** `req` of `req.query`, `ctx.request` of `ctx.request.query`. */
function isRequest(node: Node): boolean {
  const value = unwrapped(node);
  return REQUEST.test(nameOf(value));
}

/** `process.env`, `import.meta.env`, and what the latter is called elsewhere. */
function* isEnvironment(checker: TypeChecker, holder: Node): Ask<boolean> {
  const node = asEnvironmentName(holder) ?? holder;
  if (!isAccess(node) || memberName(node) !== "env") return false;
  const owner = unwrapped(node.expression);
  if (owner.kind === SyntaxKind.MetaProperty) return true;
  return yield* isGlobal(checker, owner, "process");
}

/** `process.env` of `const env = process.env`, whose name is then used in its place. */
export function asEnvironmentName(name: Node): Node | undefined {
  const variable = isIdentifier(name) ? scopesOf(name.getSourceFile()).variableOf(name) : undefined;
  const declaration = variable?.declarations[0]?.parent;
  if (!declaration || !isVariableDeclaration(declaration) || declaration.name !== variable.declarations[0])
    return undefined;
  if (variable.references.some(({ isWritten }) => isWritten)) return undefined;
  const value = declaration.initializer && unwrapped(declaration.initializer);
  return value && memberName(value) === "env" ? value : undefined;
}

const GETTERS: ReadonlyMap<string, Provenance["kind"]> = new Map([
  ["URLSearchParams", "query"],
  ["FormData", "input"],
  ["Headers", "header"],
]);

function* ofCall(checker: TypeChecker, call: CallExpression): Ask<Provenance | undefined> {
  const method = asMethodCall(call);
  if (!method) {
    const [first] = call.arguments;
    const isText = first && (yield* isGlobal(checker, call.expression, "String"));
    return isText && (yield* isNumber(checker, first)) ? NUMBER : undefined;
  }
  if (FORMATS.has(method.name)) return (yield* isNumber(checker, method.object)) ? NUMBER : undefined;
  const [key] = call.arguments;
  if (method.name !== "get" || !key || !isStringLiteralLikeNode(key)) return undefined;
  const kind = GETTERS.get((yield* builtinOf(checker, method.object)) ?? "");
  return kind && { kind, name: key.text };
}

const FORMATS: ReadonlySet<string> = new Set(["toFixed", "toPrecision", "toExponential", "toString"]);

function* isNumber(checker: TypeChecker, node: Node): Ask<boolean> {
  return (yield* builtinOf(checker, node)) === "Number";
}

/** A template that is nothing but one number, or `n + ""`. */
function* isNumberInText(checker: TypeChecker, value: Node): Ask<boolean> {
  if (isTemplateExpression(value)) {
    const [span] = value.templateSpans;
    const isAlone = value.templateSpans.length === 1 && value.head.text === "" && span?.literal.text === "";
    return isAlone && (yield* isNumber(checker, span.expression));
  }
  if (!isBinaryExpression(value) || value.operatorToken.kind !== SyntaxKind.PlusToken) return false;
  const [text, other] = isEmpty(value.left) ? [value.left, value.right] : [value.right, value.left];
  return isEmpty(text) && (yield* isNumber(checker, other));
}

function isEmpty(node: Node): boolean {
  return (isStringLiteralLikeNode(node) || isNoSubstitutionTemplateLiteral(node)) && node.text === "";
}

function nameOf(node: Node): string {
  if (isIdentifier(node)) return node.text;
  return memberName(node) ?? "";
}
