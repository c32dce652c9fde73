/** The platform's own sequences, what `for…in` gives for each of them, and what the text of a key can do. */

/** Sequences whose members are enumerable too, so that the loop also sees `length`, `item` and their like. */
const LISTS = names(
  "CSSRuleList DataTransferItemList DOMRectList DOMTokenList FileList HTMLAllCollection HTMLCollection",
  "HTMLCollectionOf HTMLFormControlsCollection HTMLOptionsCollection NamedNodeMap NodeList NodeListOf RadioNodeList",
  "StyleSheetList TouchList",
);

/** Arrays by another name. */
const ARRAYS = names(
  "Array ReadonlyArray Buffer Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array",
  "Float16Array Float32Array Float64Array BigInt64Array BigUint64Array IArguments RegExpMatchArray RegExpExecArray",
  "TemplateStringsArray",
);

export type SequenceKind = "array" | "list";

/** Which kind of sequence a builtin is; undefined for any other thing. */
export function sequenceKind(builtin: string): SequenceKind | undefined {
  if (ARRAYS.has(builtin)) return "array";
  return LISTS.has(builtin) ? "list" : undefined;
}

/** Ways to ask whether a key is the array's own. */
export const GUARDS: readonly string[] = ["hasOwn", "hasOwnProperty", "propertyIsEnumerable"];

/** Whether a string has a member of this name. */
export function isMemberOfText(name: string): boolean {
  return name in String.prototype;
}

function names(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap(line => line.split(" ")));
}
