/** Text that is known before the program runs, and where in the file each of its characters is written. */
import {
  isBinaryExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
  SyntaxKind,
  type Node,
} from "@review/program/syntax";
import type { Ask } from "../ask.ts";
import type { TypeChecker } from "../checker.ts";
import type { Place } from "../rule.ts";
import { constantValue } from "./constants.ts";
import { isGlobal } from "./names.ts";
import { unwrapped } from "./nodes.ts";

/** A text with one place for each of its UTF-16 units. */
export interface LocatedText {
  readonly text: string;
  readonly places: readonly Place[];
}

/**
 * The text that an expression is: a literal, literals that are joined, a template of such, `String.raw`, or the name of
 * a constant, all of whose characters stand where the name does. Undefined where it is not known.
 */
export function* locatedText(checker: TypeChecker, node: Node): Ask<LocatedText | undefined> {
  const expression = unwrapped(node);
  if (isStringLiteral(expression) || isNoSubstitutionTemplateLiteral(expression)) return written(expression);
  if (isTaggedTemplateExpression(expression)) return yield* rawText(checker, expression);
  if (isTemplateExpression(expression)) return yield* filledTemplate(checker, expression);
  if (isBinaryExpression(expression) && expression.operatorToken.kind === SyntaxKind.PlusToken) {
    const left = yield* locatedText(checker, expression.left);
    const right = left && (yield* locatedText(checker, expression.right));
    return right && joined(left, right);
  }
  if (!isIdentifier(expression) && !isPropertyAccessExpression(expression)) return undefined;
  const value = yield* constantValue(checker, expression);
  return typeof value === "string" ? named(expression, value) : undefined;
}

function joined(left: LocatedText, right: LocatedText): LocatedText {
  return { text: left.text + right.text, places: [...left.places, ...right.places] };
}

function named(node: Node, text: string): LocatedText {
  const place = { start: node.getStart(), end: node.end };
  return { text, places: Array.from({ length: text.length }, () => place) };
}

type Piece = Node & { readonly text: string };

/** A literal with its escapes; what is written in a way that is not understood stands where the whole does. */
function written(literal: Piece): LocatedText {
  const start = literal.getStart();
  const code = literal.getText();
  return decoded(code.slice(1, -1), start + 1, literal.text) ?? named(literal, literal.text);
}

/** `String.raw`: a backslash stands for itself. */
function* rawText(checker: TypeChecker, node: Node): Ask<LocatedText | undefined> {
  if (!isTaggedTemplateExpression(node) || !isNoSubstitutionTemplateLiteral(node.template)) return undefined;
  const { tag, template } = node;
  if (!isPropertyAccessExpression(tag) || tag.name.text !== "raw") return undefined;
  if (!(yield* isGlobal(checker, tag.expression, "String"))) return undefined;
  const text = template.getText().slice(1, -1);
  const start = template.getStart() + 1;
  const places = Array.from({ length: text.length }, (_, at) => unit(start + at, 1));
  return text.includes("\r") ? undefined : { text, places };
}

function* filledTemplate(checker: TypeChecker, node: Node): Ask<LocatedText | undefined> {
  if (!isTemplateExpression(node)) return undefined;
  let whole = between(node.head, 2);
  for (const span of node.templateSpans) {
    const filled = yield* locatedText(checker, span.expression);
    if (!filled) return undefined;
    whole = joined(joined(whole, filled), between(span.literal, span.literal.kind === SyntaxKind.TemplateTail ? 1 : 2));
  }
  return whole;
}

/** A piece of a template, whose text lies between a character and `after` characters. */
function between(piece: Piece, after: number): LocatedText {
  const code = piece.getText();
  return decoded(code.slice(1, -after), piece.getStart() + 1, piece.text) ?? named(piece, piece.text);
}

const ESCAPE =
  /\\(?:\r\n|u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([0-3][0-7]{0,2}|[4-7][0-7]?)|([^]))|\r\n|[^]/giy;

/** The characters that code between quotes stands for; undefined if they are not those that the compiler read. */
function decoded(code: string, start: number, expected: string): LocatedText | undefined {
  let text = "";
  const places: Place[] = [];
  for (const match of code.matchAll(ESCAPE)) {
    const value = valueOf(match);
    text += value;
    for (let at = 0; at < value.length; at++) places.push(unit(start + match.index, match[0].length));
  }
  return text === expected ? { text, places } : undefined;
}

function unit(start: number, length: number): Place {
  return { start, end: start + length };
}

const SINGLE: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["\n", ""],
  ["\r", ""],
  ["\u2028", ""],
  ["\u2029", ""],
]);

function valueOf([all, point, unicode, hex, octal, single]: RegExpExecArray): string {
  const code = point ?? unicode ?? hex;
  if (code !== undefined) return String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff));
  if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
  if (single !== undefined) return SINGLE.get(single) ?? single;
  if (all === "\r\n") return "\n";
  return all === "\\\r\n" ? "" : all;
}
