/** What names say: their words, how alike two of them are, whether they say anything at all. */
// cspell:ignore elem
import { slipsBetween } from "@review/findings";
import {
  isAwaitExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  type Node,
} from "@review/program/syntax";
import { unwrapped } from "./nodes.ts";

const known = new Map<string, readonly string[]>();
/** Names whose words are remembered; then all are forgotten, since memory must not grow with a run. */
const MOST_NAMES = 20_000;

/** The words of a name in lower case, numbers being words too: `http`, `server`, `2` of `HTTPServer2` and `http_server_2`. */
export function wordsOf(name: string): readonly string[] {
  let words = known.get(name);
  if (!words) {
    if (known.size >= MOST_NAMES) known.clear();
    known.set(name, (words = piecesOf(name).map(({ word }) => word)));
  }
  return words;
}

/** A word of a name where it stands. */
export interface NamePiece {
  /** In lower case. */
  readonly word: string;
  readonly text: string;
  readonly start: number;
}

/** The words of a name with their places. */
export function piecesOf(name: string): readonly NamePiece[] {
  const matches = name.matchAll(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+|\p{Lo}+/gu);
  return [...matches].map(({ 0: text, index }) => ({ word: text.toLowerCase(), text, start: index }));
}

/** Short forms that stand for the same word wherever they occur. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  [
    ...(["arg argument", "args arguments", "btn button", "cb callback", "char character", "col column"] as const),
    ...([
      "ctx context",
      "cur current",
      "curr current",
      "dest destination",
      "dir directory",
      "dst destination",
    ] as const),
    ...(["elem element", "el element", "err error", "evt event", "ext extension", "fn function", "idx index"] as const),
    ...(["len length", "msg message", "num number", "obj object", "opts options", "opt option"] as const),
    ...(["params parameters", "param parameter", "pos position", "prev previous", "prop property"] as const),
    ...(["ref reference", "req request", "res response", "src source", "str string", "val value"] as const),
    ...(["attr attribute", "attrs attributes", "desc description", "img image", "max maximum", "min minimum"] as const),
  ].map(pair => pair.split(" ") as [string, string]),
);

/** Words that only say in which role a value comes. */
const FILLERS: ReadonlySet<string> = new Set(["the", "my", "our", "a", "an", "this", "get"]);

/** The words without short forms and fillers: `previousIndex` and `the_prev_idx` have the same. */
export function meaningOf(name: string): readonly string[] {
  const words = wordsOf(name);
  const telling = words.filter(word => !FILLERS.has(word));
  return (telling.length > 0 ? telling : words).map(word => SHORT_FORMS.get(word) ?? word);
}

/**
 * How alike two names are: 1 for the same words, 0.8 where one is the other with something before it (`imageWidth` and
 * `width`), else at most 0.7 by the share of words that they have in common.
 */
export function similarityOf(one: string, other: string): number {
  const ours = meaningOf(one);
  const theirs = meaningOf(other);
  if (ours.length === 0 || theirs.length === 0) return 0;
  if (ours.join("") === theirs.join("")) return 1;
  if (endsWith(ours, theirs) || endsWith(theirs, ours)) return 0.8;
  const rest = [...theirs];
  let common = 0;
  for (const word of ours) {
    const at = rest.findIndex(each => isSameWord(word, each));
    if (at >= 0) {
      rest.splice(at, 1);
      common++;
    }
  }
  return (0.7 * 2 * common) / (ours.length + theirs.length);
}

function endsWith(words: readonly string[], end: readonly string[]): boolean {
  return end.length < words.length && end.every((word, index) => word === words[words.length - end.length + index]);
}

/** Long words with one letter more, less or other are the same, plurals among them. */
function isSameWord(one: string, other: string): boolean {
  return one === other || (Math.min(one.length, other.length) >= 5 && editDistance(one, other, 1) <= 1);
}

/** How many slips of typing lie between two texts; `limit + 1` where it is more than that. */
export function editDistance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  return Math.min(slipsBetween(one, other), limit + 1);
}

/** Whether one name has the letters of another in some order, whatever their case. */
export function isAnagram(name: string, other: string): boolean {
  return name.length === other.length && sumOf(name) === sumOf(other) && lettersOf(name) === lettersOf(other);
}

/** Told apart by it, most names need not be sorted: each of a program is compared with each of a vocabulary. */
function sumOf(name: string): number {
  const lower = name.toLowerCase();
  let sum = 0;
  for (let index = 0; index < lower.length; index++) sum += lower.charCodeAt(index);
  return sum;
}

/** The letters of a name in the order of the alphabet, whatever their case: the same for anagrams. */
export function lettersOf(name: string): string {
  return Array.from(name.toLowerCase()).sort().join("");
}

/** A letter too many or too few, or two exchanged: another letter in the same place makes another word, as in `get` and `set`. */
export function isMistyped(name: string, other: string): boolean {
  return editDistance(name, other, 1) <= 1 && (name.length !== other.length || isAnagram(name, other));
}

/** Words that nearly every value could be called by. */
const VAGUE: ReadonlySet<string> = new Set([
  ...(["arg", "args", "argument", "arguments", "array", "arr", "data", "elem", "el", "entry", "foo", "bar"] as const),
  ...(["baz", "input", "item", "items", "it", "key", "left", "right", "lhs", "rhs", "list", "me", "self"] as const),
  ...(["node", "obj", "object", "other", "out", "output", "param", "params", "payload", "props", "result"] as const),
  ...(["ret", "rest", "str", "string", "temp", "that", "thing", "tmp", "val", "value", "values", "var"] as const),
  ...(["number", "num", "boolean", "bool", "fn", "func", "function", "first", "second", "third", "element"] as const),
]);

/** Whether a name says next to nothing of its value: `i`, `x2`, `tmp`, `value`, `data`. */
export function isVague(name: string): boolean {
  const telling = wordsOf(name).filter(word => !/^\d+$/.test(word) && word.length > 1 && !VAGUE.has(word));
  return telling.length === 0;
}

const REVERSAL =
  /^(?:swap|revers|flip|inver[st]|transpos|mirror|rotat|rtl$|undo$|revert|rollback|backward|opposit|exchang|symmetr|reciproc|commut|desc$|descending|landscape|portrait|orient|vertical|horizontal|negat|complement|reflect|cross|anti|un(?:apply|do|wind)|down(?:grade)?$|angle|degree|quarter|perpendic|switch|bidirection|undirected|incoming|inbound|counter|converse|dual$|toggle)/;

/** Whether a word of a name or of a comment announces that things come the other way round. */
export function announcesReversal(text: string): boolean {
  return text.split(/[^\p{L}\p{N}]+/u).some(part => wordsOf(part).some(word => REVERSAL.test(word)));
}

/** The name by which an expression calls its value: `w` of `w`, `size.w`, `size["w"]`, `getW()` and `await w`. */
export function nameOfValue(node: Node): string | undefined {
  const bare = unwrapped(node);
  if (isIdentifier(bare)) return bare.text;
  if (isPropertyAccessExpression(bare)) return bare.name.text;
  if (isElementAccessExpression(bare)) {
    return isStringLiteralLikeNode(bare.argumentExpression) ? bare.argumentExpression.text : undefined;
  }
  if (isAwaitExpression(bare)) return nameOfValue(bare.expression);
  if (!isCallExpression(bare) || bare.arguments.length > 0) return undefined;
  const name = nameOfValue(bare.expression);
  return name !== undefined && /^get[A-Z_]/.test(name) ? name : undefined;
}
