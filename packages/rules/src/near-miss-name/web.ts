/** Texts that are one slip away from a word of the web: media types, names of headers and events, methods of requests. */
// cspell:ignore Lenght eaders
import { asMethodCall, editDistance, isMistyped, literalValue, perFile } from "@review/analysis";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  type Node,
  type StringLiteral,
} from "@review/program/syntax";
import { DOM_EVENTS, HEADERS, MEDIA_TYPES, OTHER_NAMES_OF_TYPES, REQUEST_METHODS } from "./web-words.ts";

export interface WebSlip {
  readonly meant: string;
  readonly what: string;
}

/** The word that a text stands for, where it stands where such a word is expected. */
export function slipOfWeb(literal: StringLiteral): WebSlip | undefined {
  const { text } = literal;
  if (MEDIA_TYPE.test(text)) {
    const isKnown = OTHER_NAMES_OF_TYPES.has(text) || isTableOfTypes(literal.getSourceFile());
    const found = isKnown ? undefined : slip("a media type", text, MEDIA_TYPES);
    return found && isListedToo(literal, found.meant) ? undefined : found;
  }
  if (/^[A-Za-z]+(?:-[A-Za-z]+)+$|^[A-Za-z]{8,}$/.test(text) && isHeader(literal)) {
    return inItsCase(text, slip("the name of a header", text.toLowerCase(), HEADERS));
  }
  if (/^[A-Za-z]{5,}$/.test(text) && isListened(literal)) return slipOfEvent(text);
  if (/^[A-Z]{5,}$/.test(text) && isRequestMethod(literal)) return slip("a method of requests", text, REQUEST_METHODS);
  return undefined;
}

/** Whether the same list has both, as `"image/tiff", "image/tif"` for what others write. */
function isListedToo({ parent }: Node, meant: string): boolean {
  return isArrayLiteralExpression(parent) && parent.elements.some(each => literalValue(each) === meant);
}

/** `addEventListener("onclick", …)` waits for an event that no page sends. */
function slipOfEvent(text: string): WebSlip | undefined {
  const what = "an event of pages";
  const bare = text.replace(/^on/, "");
  return bare !== text && DOM_EVENTS.has(bare) && !DOM_EVENTS.has(text)
    ? { meant: bare, what }
    : slip(what, text, DOM_EVENTS);
}

const MEDIA_TYPE = /^(?:application|audio|font|image|multipart|text|video)\/[a-z0-9.+-]{3,}$/;

/** Who lists them all has the rare ones as well: `application/cdf` beside `application/pdf`. */
const isTableOfTypes = perFile(({ text }) => (text.match(MEDIA_TYPES_IN_TEXT)?.length ?? 0) > MANY_TYPES);

const MEDIA_TYPES_IN_TEXT = /["'](?:application|audio|font|image|multipart|text|video)\/[a-z0-9.+-]{3,}["']/g;
const MANY_TYPES = 40;

function slip(what: string, text: string, known: ReadonlySet<string>): WebSlip | undefined {
  const words = [...known];
  // An ending makes another word: `changed` is an event of one's own beside `change`.
  if (words.some(word => text.startsWith(word))) return undefined;
  for (const meant of words) if (isSlip(text, meant)) return { meant, what };
  return undefined;
}

/**
 * One letter too many or too few, or two exchanged. Another letter in the same place makes another word of a short one, as another
 * number does.
 */
function isSlip(text: string, known: string): boolean {
  if (text.replace(/\D/g, "") !== known.replace(/\D/g, "")) return false;
  if (`${text}s` === known) return false;
  return text.length >= LONG ? editDistance(text, known, 1) <= 1 : isMistyped(text, known);
}

const LONG = 10;

/** `Content-Length` for `Content-Lenght`. */
function inItsCase(text: string, found: WebSlip | undefined): WebSlip | undefined {
  if (!found || !/^[A-Z]/.test(text)) return found;
  return { ...found, meant: found.meant.replace(/(?:^|-)[a-z]/g, letter => letter.toUpperCase()) };
}

/** A key of `headers: { … }`, or what a method is given that reads or sets one. */
function isHeader(literal: Node): boolean {
  const { parent } = literal;
  if (isPropertyAssignment(parent) && parent.name === literal) {
    const owner = parent.parent.parent;
    if (isPropertyAssignment(owner)) return owner.name.getText() === "headers";
    return (
      isNewExpression(owner) && owner.expression.getText() === "Headers" && isObjectLiteralExpression(parent.parent)
    );
  }
  if (!isCallExpression(parent) || parent.arguments[0] !== literal) return false;
  const method = asMethodCall(parent);
  if (!method) return false;
  if (/^(?:set|get|remove|has)Header$/.test(method.name)) return true;
  return /^(?:set|get|has|append|delete)$/.test(method.name) && /(?:^|\.)\w*[hH]eaders$/.test(method.object.getText());
}

function isListened({ parent }: Node): boolean {
  const name = isCallExpression(parent) ? asMethodCall(parent)?.name : undefined;
  return name === "addEventListener" || name === "removeEventListener";
}

function isRequestMethod({ parent }: Node): boolean {
  if (!isPropertyAssignment(parent) || parent.name.getText() !== "method") return false;
  return (
    parent.parent.getText().includes("headers") || /^(?:fetch|request|axios)\b/.test(parent.parent.parent.getText())
  );
}
