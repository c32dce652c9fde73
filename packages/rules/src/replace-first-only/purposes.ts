/** What a replacement of one text by another is for, where that needs all places. */
import { asMethodCall, enclosingFunction, unwrapped } from "@review/analysis";
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isVariableDeclaration,
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
  const escaping = escapingOf(pattern, replacement);
  if (escaping !== undefined) return escaping;
  if (
    isUrlPair(call, object, pattern, replacement) ||
    (UNSAFE.test(pattern) && replacement === "" && isSanitizer(call))
  ) {
    return "the rest stays in the text";
  }
  if (pattern.length === 1 && isInRow(call, object, pattern) && SEPARATORS.has(pattern) && replacement !== pattern) {
    return "the rest stays in the text";
  }
  return isCleaning(object, pattern, replacement) ? "the rest stays in the text" : undefined;
}

/** The same, for an escape alone. */
export function escapingOf(pattern: string, replacement: string): string | undefined {
  return isEscape(pattern, replacement) ? "the rest stays as it is, and the text is not escaped" : undefined;
}

/** `text.replace("+", "-").replace("/", "_")`: Base64 for URLs, or the reverse; `=` at its end may be taken off as well. */
function isUrlPair(call: CallExpression, object: Node, pattern: string, replacement: string): boolean {
  const other = URL_PAIRS.get(pattern + replacement);
  if (other === undefined) return false;
  return [unwrapped(object), call.parent?.parent].some(node => {
    const [from, to] = node && isCallExpression(node) && isReplacement(node) ? node.arguments : [];
    const given = [from, to].map(each => (each && isStringLiteralLikeNode(each) ? each.text : ""));
    return (
      given.join("") === other ||
      (from !== undefined && from.getText().replaceAll("\\", "") === `/${other.charAt(0)}/g`)
    );
  });
}

const URL_PAIRS: ReadonlyMap<string, string> = new Map([
  ["+-", "/_"],
  ["/_", "+-"],
  ["-+", "_/"],
  ["_/", "-+"],
]);

/** What a function that makes text harmless takes out. */
const UNSAFE = /^(?:\.\.[/\\]?|<\/?script>?|javascript:|["'`<>;])$/i;

/** Whether the function around says that it makes text harmless. */
function isSanitizer(node: Node): boolean {
  const fn = enclosingFunction(node);
  const named = fn && (fn as Node & { name?: Node }).name;
  const name = named ?? (fn && isVariableDeclaration(fn.parent) ? fn.parent.name : undefined);
  return name !== undefined && /sanitize|sanitise|escape|clean|secure|safe/i.test(name.getText());
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
function isInRow(call: CallExpression, object: Node, pattern: string): boolean {
  return isSeparatorCall(unwrapped(object), pattern) || isSeparatorCall(call.parent?.parent, pattern);
}

/** Two of the same, as in `text.replace("'", "").replace("'", "")`, are for the two around a text. */
function isSeparatorCall(node: Node | undefined, not: string): boolean {
  if (!node || !isCallExpression(node) || asMethodCall(node)?.name !== "replace") return false;
  const [pattern] = node.arguments;
  const text = pattern && isStringLiteralLikeNode(pattern) ? pattern.text : "";
  return text.length === 1 && SEPARATORS.has(text) && text !== not;
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

function isReplacement(node: CallExpression): boolean {
  return /^replace(?:All)?$/.test(asMethodCall(node)?.name ?? "");
}

function nameOf(node: Node): string {
  const bare = unwrapped(node);
  if (isIdentifier(bare)) return bare.text;
  if (isPropertyAccessExpression(bare)) return `${nameOf(bare.expression)} ${bare.name.text}`;
  return isCallExpression(bare) ? nameOf(bare.expression) : "";
}
