/** Regular expressions in code: literals, `RegExp("…", "g")`, and the text that `match` and `search` make one of. */
import { RegExpParser, RegExpSyntaxError, type AST } from "@eslint-community/regexpp";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isRegularExpressionLiteral,
  isVariableDeclaration,
  ModifierFlags,
  SyntaxKind,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
  type PropertyAssignment,
  type PropertyDeclaration,
  type RegularExpressionLiteral,
} from "@review/program/syntax";
import type { Ask, Task } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import type { Listeners, Pass, Place } from "../rule.ts";
import { isAssignedOnce } from "./assigned-once.ts";
import { asMethodCall, builtinOf, isGlobal, nameNodeOf } from "./names.ts";
import { unwrapped, wrapped } from "./nodes.ts";
import { isWrittenSomewhere } from "./written-members.ts";
import { locatedText, type LocatedText } from "./pattern-text.ts";

export { visitRegExpAST } from "@eslint-community/regexpp";
export type { AST as RegexAST } from "@eslint-community/regexpp";

/** A regular expression whose pattern is known. */
export interface Regex {
  /** What makes it: the literal, the call of `RegExp`, or the text that a method makes a pattern of. */
  readonly node: Expression;
  readonly from: "literal" | "constructor" | "method";
  readonly pattern: string;
  /** Undefined where they are not known. */
  readonly flags: string | undefined;
  /** What the pattern and the flags mean; undefined if they are invalid, or the flags unknown. */
  readonly parsed: ParsedRegex | undefined;
  /** Why they are invalid. */
  readonly error: RegexError | undefined;
  /** Where a part of the pattern stands in the file, given by its offsets. */
  placeOf(part: Place): Place;
}

export interface ParsedRegex {
  readonly pattern: AST.Pattern;
  readonly flags: AST.Flags;
}

export interface RegexError {
  readonly message: string;
  /** Offset in the pattern; undefined if it is the flags that are wrong. */
  readonly index: number | undefined;
}

/** Listeners that show every regular expression of a file. */
export function onRegex({ checker }: Pick<Pass, "checker">, check: (regex: Regex) => Task | void): Listeners {
  function* whenMade(node: CallExpression | NewExpression): Task {
    const regex = yield* regexMadeBy(checker, node);
    const task = regex && check(regex);
    if (task) yield* task;
  }
  const onCall = (node: CallExpression | NewExpression): Task | void => (mayMake(node) ? whenMade(node) : undefined);
  return {
    [SyntaxKind.RegularExpressionLiteral]: (node: RegularExpressionLiteral) => check(regexOfLiteral(node)),
    [SyntaxKind.CallExpression]: onCall,
    [SyntaxKind.NewExpression]: onCall,
  };
}

/** Names that are followed from the use of a regular expression to what makes it. */
const LONGEST_CHAIN = 4;

/**
 * The regular expression that an expression is or names, through constants, imports and read-only fields. The object
 * may be shared with others, and so may its `lastIndex`.
 */
export function* regexOf(checker: TypeChecker, node: Node): Ask<Regex | undefined> {
  let at: Node | undefined = unwrapped(node);
  for (let step = 0; at && step < LONGEST_CHAIN; step++) {
    if (isRegularExpressionLiteral(at)) return regexOfLiteral(at);
    if (isCallExpression(at) || isNewExpression(at)) return yield* regexMadeBy(checker, at);
    if (!nameNodeOf(at)) return undefined;
    at = yield* valueOfName(checker, at);
  }
  return undefined;
}

function* valueOfName(checker: TypeChecker, node: Node): Ask<Node | undefined> {
  const symbol = yield* checker.symbolOf(nameNodeOf(node) ?? node);
  const declaration = symbol && (yield* checker.declarationOf(yield* checker.targetOf(symbol)));
  if (!declaration) return undefined;
  if (isVariableDeclaration(declaration)) {
    const isConstant = isIdentifier(declaration.name) && isAssignedOnce(declaration);
    return isConstant ? bare(declaration.initializer) : undefined;
  }
  if (isPropertyDeclaration(declaration)) return isFixedField(declaration) ? bare(declaration.initializer) : undefined;
  return isPropertyAssignment(declaration) && isFixedMember(declaration) ? bare(declaration.initializer) : undefined;
}

/** `readonly`, or of the file's own class and written nowhere in the file: `#pattern`, `private pattern`, `static PATTERN`. */
function isFixedField({ modifierFlags, name }: PropertyDeclaration): boolean {
  if (modifierFlags & ModifierFlags.Readonly) return true;
  const isOwn = isPrivateIdentifier(name) || (modifierFlags & (ModifierFlags.Private | ModifierFlags.Static)) !== 0;
  return isOwn && isWrittenOnce(name);
}

/** `const PATTERNS = { date: /…/ }`. */
function isFixedMember({ name, parent }: PropertyAssignment): boolean {
  const variable = wrapped(parent).parent;
  if (!isVariableDeclaration(variable) || !isIdentifier(name)) return false;
  return isAssignedOnce(variable) && isWrittenOnce(name);
}

function isWrittenOnce(name: Node): boolean {
  return !isWrittenSomewhere(name.getSourceFile(), name.getText());
}

function bare(node: Node | undefined): Node | undefined {
  return node && unwrapped(node);
}

/** What was made of each node: a dozen rules ask. */
const known = new WeakMap<Node, Regex>();

function regexOfLiteral(node: RegularExpressionLiteral): Regex {
  let regex = known.get(node);
  if (!regex) {
    const { text } = node;
    const end = text.lastIndexOf("/");
    const start = node.getStart() + 1;
    const placeOf = (part: Place): Place => ({ start: start + part.start, end: start + part.end });
    const parts = { node, from: "literal" as const, pattern: text.slice(1, end), flags: text.slice(end + 1), placeOf };
    known.set(node, (regex = { ...parts, ...parse(parts.pattern, parts.flags) }));
  }
  return regex;
}

/** The regular expression that a call makes: `RegExp("a")`, `new RegExp("a")`, `text.match("a")`. */
export function* regexMadeBy(checker: TypeChecker, node: CallExpression | NewExpression): Ask<Regex | undefined> {
  const before = known.get(node);
  if (before || !mayMake(node)) return before;
  const regex = (yield* fromConstructor(checker, node)) ?? (yield* fromMethod(checker, node));
  if (regex) known.set(node, regex);
  return regex;
}

/** What is in a call without asking. */
function mayMake(node: CallExpression | NewExpression): boolean {
  const [first] = node.arguments ?? [];
  return first !== undefined && isText(first) && (isNamedRegExp(node.expression) || methodOf(node) !== undefined);
}

const NO_TEXT: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.CallExpression,
  SyntaxKind.SpreadElement,
]);

function isText(node: Node): boolean {
  return !NO_TEXT.has(unwrapped(node).kind);
}

function isNamedRegExp(callee: Expression): boolean {
  const name = isPropertyAccessExpression(callee) ? callee.name : callee;
  return isIdentifier(name) && name.text === "RegExp";
}

/** The methods that make a pattern of text, with the flags that it gets. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ["match", ""],
  ["matchAll", "g"],
  ["search", ""],
]);

function methodOf(node: CallExpression | NewExpression): string | undefined {
  const method = isCallExpression(node) && node.arguments.length === 1 ? asMethodCall(node) : undefined;
  return method && METHODS.get(method.name);
}

function* fromConstructor(checker: TypeChecker, node: CallExpression | NewExpression): Ask<Regex | undefined> {
  const [first, second] = node.arguments ?? [];
  if (!first || !isNamedRegExp(node.expression)) return undefined;
  const text = yield* locatedText(checker, first);
  if (!text || !(yield* isGlobal(checker, node.expression, "RegExp"))) return undefined;
  const flags = second ? (yield* locatedText(checker, second))?.text : "";
  return made(node, "constructor", text, flags);
}

function* fromMethod(checker: TypeChecker, node: CallExpression | NewExpression): Ask<Regex | undefined> {
  const flags = methodOf(node);
  const [first] = node.arguments ?? [];
  if (flags === undefined || !first || !isCallExpression(node)) return undefined;
  const text = yield* locatedText(checker, first);
  const method = text && asMethodCall(node);
  if (!method || (yield* builtinOf(checker, method.object)) !== "String") return undefined;
  return made(first, "method", text, flags);
}

function made(node: Expression, from: Regex["from"], { text, places }: LocatedText, flags: string | undefined): Regex {
  const whole = { start: node.getStart(), end: node.end };
  const placeOf = ({ start, end }: Place): Place => {
    const first = places[start];
    const last = places[Math.max(start, end - 1)];
    return first && last && first.start < last.end ? { start: first.start, end: last.end } : whole;
  };
  return { node, from, pattern: text, flags, placeOf, ...parse(text, flags) };
}

const parser = new RegExpParser({ ecmaVersion: 2025 });

function parse(pattern: string, flags: string | undefined): Pick<Regex, "parsed" | "error"> {
  if (flags === undefined) {
    // It is invalid for sure if it is so whatever the flags are.
    const attempts = ["", "u", "v"].map(each => parse(pattern, each).error);
    return { parsed: undefined, error: attempts.every(each => each !== undefined) ? attempts[0] : undefined };
  }
  const parsedFlags = attempt(() => parser.parseFlags(flags));
  if (parsedFlags instanceof RegExpSyntaxError) return failed(parsedFlags.message.replace(PREFIX, ""));
  const { unicode, unicodeSets } = parsedFlags;
  if (unicode && unicodeSets) return failed("The flags u and v exclude each other");
  const parsed = attempt(() => parser.parsePattern(pattern, 0, pattern.length, { unicode, unicodeSets }));
  if (!(parsed instanceof RegExpSyntaxError))
    return { parsed: { pattern: parsed, flags: parsedFlags }, error: undefined };
  return failed(parsed.message.replace(PREFIX, "").replace(`/${pattern}/: `, ""), parsed.index);
}

const PREFIX = "Invalid regular expression: ";

function attempt<T>(run: () => T): T | RegExpSyntaxError {
  try {
    return run();
  } catch (error) {
    if (error instanceof RegExpSyntaxError) return error;
    throw error;
  }
}

function failed(message: string, index?: number): Pick<Regex, "parsed" | "error"> {
  return { parsed: undefined, error: { message, index } };
}
