/** What a replacement of one text by another is for, where that needs all places. */
import { asMethodCall, unwrapped } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  type CallExpression,
  type Node,
} from "@review/program/syntax";

/** What is wrong with replacing once, as the end of a sentence; undefined where once may be enough. */
export function purposeOf(
  call: CallExpression,
  object: Node,
  pattern: string,
  replacement: string,
): string | undefined {
  if (isEscape(pattern, replacement)) return "the rest stays as it is, and the text is not escaped";
  if (pattern.length === 1 && isInRow(call, object) && SEPARATORS.has(pattern) && replacement !== pattern) {
    return "the rest stays in the text";
  }
  return isCleaning(object, pattern, replacement) ? "the rest stays in the text" : undefined;
}

const ENTITIES: ReadonlyMap<string, RegExp> = new Map([
  ["&", /^&(?:amp|#38|#x26);$/],
  ["<", /^&(?:lt|#60|#x3c);$|^\\u003c$/i],
  [">", /^&(?:gt|#62|#x3e);$|^\\u003e$/i],
  ['"', /^&(?:quot|#34|#x22);$/i],
  ["'", /^&(?:apos|#0?39|#x27);$|^''$|^'\\''$/i],
]);

/** Characters that are escaped because they end or join something. */
const ESCAPED = /^(?:["'`\\$|*+?()[\]{}^./%_&<>#;,:= ]|\r?\n|\r|\t)$/;

/** A character that gets a backslash, is doubled, or becomes its entity or its code in a URL, or the reverse. */
function isEscape(pattern: string, replacement: string): boolean {
  if (ENTITIES.get(pattern)?.test(replacement) || ENTITIES.get(replacement)?.test(pattern)) return true;
  if (/^\r?\n$/.test(pattern)) return /^(?:\\n|\\r\\n|<br ?\/?>)$/.test(replacement);
  if (pattern.length !== 1) return false;
  if (ESCAPED.test(pattern) && [`\\${pattern}`, `\\\\${pattern}`].includes(replacement)) return true;
  return (/["'`]/.test(pattern) && replacement === pattern + pattern) || replacement.toLowerCase() === encoded(pattern);
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/** Characters that stand between the parts of a text, and seldom once. */
const SEPARATORS: ReadonlySet<string> = new Set([" ", "_", ",", "-", "\n", "\t", '"', "'", "`", "<", ">"]);

/** `a.replace(…).replace(…)` goes through the characters of a text one by one. */
function isInRow(call: CallExpression, object: Node): boolean {
  return isSeparatorCall(unwrapped(object)) || isSeparatorCall(call.parent?.parent);
}

function isSeparatorCall(node: Node | undefined): boolean {
  if (!node || !isCallExpression(node) || asMethodCall(node)?.name !== "replace") return false;
  const [pattern] = node.arguments;
  return (
    pattern !== undefined &&
    isStringLiteralLikeNode(pattern) &&
    pattern.text.length === 1 &&
    SEPARATORS.has(pattern.text)
  );
}

/** Spaces and underscores of names, commas of numbers, line breaks; codes of languages have one separator. */
function isCleaning(object: Node, pattern: string, replacement: string): boolean {
  if (/locale|lang|tag|culture|time|date|iso/i.test(nameOf(object))) return false;
  if (pattern === " ") return ["", "-", "_", "+", "."].includes(replacement);
  if (pattern === "_") return [" ", "-"].includes(replacement);
  if (pattern === ",") return replacement === "" && isPassedToNumber(object);
  // Without anything in its place it is the end of the one line of a command's output.
  if (/^\r?\n$/.test(pattern)) return [" ", ", "].includes(replacement);
  return pattern === "\t" && ["", " ", ", "].includes(replacement);
}

function isPassedToNumber(object: Node): boolean {
  let at: Node = object.parent.parent;
  while (isPropertyAccessExpression(at.parent) || asReplace(at.parent)) at = at.parent;
  const { parent } = at;
  return (
    isCallExpression(parent) &&
    isIdentifier(parent.expression) &&
    /^(?:Number|parseInt|parseFloat)$/.test(parent.expression.text)
  );
}

function asReplace(node: Node): boolean {
  return isCallExpression(node) && asMethodCall(node)?.name === "replace";
}

function nameOf(node: Node): string {
  const bare = unwrapped(node);
  if (isIdentifier(bare)) return bare.text;
  if (isPropertyAccessExpression(bare)) return `${nameOf(bare.expression)} ${bare.name.text}`;
  return isCallExpression(bare) ? nameOf(bare.expression) : "";
}
