/** What the language's own functions and properties answer, as ranges. */
import { TYPED_ARRAYS } from "./builtins.ts";
import { ANY_NUMBER, integers, largestOf, numbers, orNaN, rounded, smallestOf, type NumberRange } from "./intervals.ts";

const ARRAYS: readonly string[] = ["Array", "ReadonlyArray", "Buffer", ...TYPED_ARRAYS];

const LISTS: readonly string[] = ["String", "IArguments", "Function", "NodeList", "NodeListOf", "FileList"];

/** Whose `length` or `size` counts something. */
export const SIZED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["length", new Set([...ARRAYS, ...LISTS, "HTMLCollection", "HTMLCollectionOf", "DOMTokenList", "Storage"])],
  ["size", new Set(["Map", "ReadonlyMap", "Set", "ReadonlySet", "Blob", "File"])],
]);

/** Zero and up. */
export const COUNT: NumberRange = integers(0, Infinity);

interface Answer {
  readonly owners: ReadonlySet<string>;
  readonly range: NumberRange;
}

const INDEX: NumberRange = integers(-1, Infinity);
const DATE: ReadonlySet<string> = new Set(["Date"]);
const TEXT: ReadonlySet<string> = new Set(["String"]);
const INDEXED: ReadonlySet<string> = new Set([...ARRAYS, "String"]);

function dateParts(): readonly (readonly [string, Answer])[] {
  const parts = { Month: [0, 11], Date: [1, 31], Day: [0, 6], Hours: [0, 23], Minutes: [0, 59], Seconds: [0, 59] };
  // The parts of an invalid date are NaN.
  return Object.entries({ ...parts, Milliseconds: [0, 999] }).flatMap(([name, [min = 0, max = 0]]) => {
    const answer = { owners: DATE, range: orNaN(integers(min, max)) };
    return [
      [`get${name}`, answer],
      [`getUTC${name}`, answer],
    ] as const;
  });
}

/** Methods by name: whose they are and what they answer. */
export const METHODS: ReadonlyMap<string, Answer> = new Map([
  ...dateParts(),
  ["indexOf", { owners: INDEXED, range: INDEX }],
  ["lastIndexOf", { owners: INDEXED, range: INDEX }],
  ["findIndex", { owners: new Set(ARRAYS), range: INDEX }],
  ["findLastIndex", { owners: new Set(ARRAYS), range: INDEX }],
  ["search", { owners: TEXT, range: INDEX }],
  ["charCodeAt", { owners: TEXT, range: orNaN(integers(0, 0xffff)) }],
  ["codePointAt", { owners: TEXT, range: orNaN(integers(0, 0x10ffff)) }],
  ["getUint8", { owners: new Set(["DataView"]), range: integers(0, 0xff) }],
  ["getInt8", { owners: new Set(["DataView"]), range: integers(-0x80, 0x7f) }],
  ["getUint16", { owners: new Set(["DataView"]), range: integers(0, 0xffff) }],
  ["readUInt8", { owners: new Set(["Buffer"]), range: integers(0, 0xff) }],
  ["readUint8", { owners: new Set(["Buffer"]), range: integers(0, 0xff) }],
  ["readInt8", { owners: new Set(["Buffer"]), range: integers(-0x80, 0x7f) }],
]);

/** The elements of typed arrays; beyond the end they are undefined. */
export const ELEMENTS: ReadonlyMap<string, NumberRange> = new Map([
  ["Uint8Array", orNaN(integers(0, 0xff))],
  ["Uint8ClampedArray", orNaN(integers(0, 0xff))],
  ["Buffer", orNaN(integers(0, 0xff))],
  ["Int8Array", orNaN(integers(-0x80, 0x7f))],
  ["Uint16Array", orNaN(integers(0, 0xffff))],
  ["Int16Array", orNaN(integers(-0x8000, 0x7fff))],
  ["Uint32Array", orNaN(integers(0, 0xffff_ffff))],
  ["Int32Array", orNaN(integers(-(2 ** 31), 2 ** 31 - 1))],
]);

type Calculation = (ranges: readonly NumberRange[]) => NumberRange | undefined;

/** Functions of `Math`, from the ranges of their arguments; an argument that nothing bounds is any number. */
export const CALCULATIONS: ReadonlyMap<string, Calculation> = new Map<string, Calculation>([
  ["random", () => ({ ...numbers(0, 1), isOpen: true })],
  ["sign", () => orNaN(integers(-1, 1))],
  ["sin", () => orNaN(numbers(-1, 1))],
  ["cos", () => orNaN(numbers(-1, 1))],
  ["tanh", () => orNaN(numbers(-1, 1))],
  ["sqrt", () => orNaN(numbers(0, Infinity))],
  ["abs", ofFirst(({ min, max, isInteger }) => ({ ...orNaN(numbers(0, Math.max(-min, max))), isInteger }))],
  ["floor", ofFirst(range => rounded(range, Math.floor))],
  ["ceil", ofFirst(range => rounded(range, Math.ceil))],
  ["round", ofFirst(range => rounded(range, Math.round))],
  ["trunc", ofFirst(range => rounded(range, Math.trunc))],
  ["min", ranges => (ranges.length > 0 ? smallestOf(ranges) : undefined)],
  ["max", ranges => (ranges.length > 0 ? largestOf(ranges) : undefined)],
]);

function ofFirst(calculate: (range: NumberRange) => NumberRange): Calculation {
  return ([first = ANY_NUMBER]) => calculate(first);
}

/** What operators on 32-bit integers answer, whatever the numbers are. */
export const INTEGER_32: NumberRange = integers(-(2 ** 31), 2 ** 31 - 1);
