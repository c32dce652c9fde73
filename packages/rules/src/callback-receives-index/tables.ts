/** Methods that pass an index to their callback, and names that say a parameter expects one. */

// `reduce` puts what it has gathered so far before the element.
const INDEX_AT: ReadonlyMap<string, number> = new Map([
  ["map", 1],
  ["forEach", 1],
  ["filter", 1],
  ["flatMap", 1],
  ["some", 1],
  ["every", 1],
  ["find", 1],
  ["findIndex", 1],
  ["findLast", 1],
  ["findLastIndex", 1],
  ["reduce", 2],
  ["reduceRight", 2],
]);

/** The position of the index among the arguments that a method of arrays gives its callback. */
export function indexPosition(method: string): number | undefined {
  return INDEX_AT.get(method);
}

/** Static methods of `Array` that call their second argument with an element and its index. */
export const CONVERTERS: ReadonlySet<string> = new Set(["from", "fromAsync"]);

/** Functions of the language that take any number of numbers, so that an index is one more of them. */
export const TAKES_EVERY_NUMBER: readonly { readonly owner: string; readonly name: string }[] = [
  { owner: "Math", name: "max" },
  { owner: "Math", name: "min" },
  { owner: "Math", name: "hypot" },
  { owner: "String", name: "fromCharCode" },
  { owner: "String", name: "fromCodePoint" },
];

const PLACES: ReadonlySet<string> = new Set(
  "i j k n ix idx ndx index at pos position nth ordinal order rank row col column key id num number no seq slot".split(
    " ",
  ),
);

/** Whether a parameter's name says that it is the place of the element in a row: `i`, `rowIndex`, `start_idx`. */
export function meansIndex(name: string): boolean {
  const words = name.split(/(?=[A-Z])|[_$\d]+/).filter(word => word !== "");
  return words.length === 0 || words.some(word => PLACES.has(word.toLowerCase()));
}
