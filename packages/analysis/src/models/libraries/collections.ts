/** The language's arrays, maps and sets. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { constructors, FRESH, membersOf, packageMembersOf, PURE, staticsOf } from "../rows.ts";

const ARRAYS = "Array ReadonlyArray";
const TYPED =
  "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array";
const COLLECTIONS = "Map ReadonlyMap Set ReadonlySet";

const EACH: ArgumentFacts = { called: "many", when: "now" };
const IGNORED: ArgumentFacts = { ...EACH, promise: "ignored" };
/** The promises that the callback returns are kept: in the new array, or by the callback itself. */
const KEPT: ArgumentFacts = { ...EACH, promise: "returned" };
const TESTED: ArgumentFacts = { ...EACH, uses: ["tested"] };
const HELD: ArgumentFacts = { uses: ["stored"] };
const COMPARED: ArgumentFacts = { uses: ["compared"] };
const CHANGES: Facts = { pure: false, throws: "no", changes: "receiver" };

export const collections: Library = {
  name: "collections",
  versions: "ES2015 - ES2024",
  models: [
    ...membersOf(`${ARRAYS} ${TYPED}`, "indexOf lastIndexOf", {
      ...PURE,
      returns: { absent: "-1" },
      takes: { 0: COMPARED },
    }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "includes", { ...PURE, takes: { 0: COMPARED } }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "at", { ...PURE, returns: { absent: "undefined" } }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "find findLast", {
      ...PURE,
      returns: { absent: "undefined" },
      takes: { 0: TESTED },
    }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "findIndex findLastIndex", {
      ...PURE,
      returns: { absent: "-1" },
      takes: { 0: TESTED },
    }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "some every", { ...PURE, takes: { 0: TESTED } }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "filter", { ...FRESH, takes: { 0: TESTED } }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "map", { ...FRESH, takes: { 0: KEPT } }),
    ...membersOf(ARRAYS, "flatMap", { ...FRESH, takes: { 0: KEPT } }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "reduce reduceRight", { pure: true, throws: "yes", takes: { 0: KEPT } }),
    ...membersOf(`${ARRAYS} ${TYPED} ${COLLECTIONS}`, "forEach", {
      ...{ pure: false, throws: "no", changes: [] },
      takes: { 0: IGNORED },
    }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "slice entries keys values toSorted toReversed with", FRESH),
    ...membersOf(ARRAYS, "concat flat toSpliced", FRESH),
    ...membersOf(`${ARRAYS} ${TYPED}`, "toSorted", { ...FRESH, takes: { 0: IGNORED } }),
    ...membersOf(`${ARRAYS} ${TYPED}`, "join toString toLocaleString", { ...PURE, takes: {} }),
    ...membersOf("Array", "push unshift", { ...CHANGES, takes: { "*": HELD } }),
    ...membersOf("Array", "pop shift", { ...CHANGES, returns: { absent: "undefined" } }),
    ...membersOf("Array", "splice", { ...CHANGES, returns: { fresh: true }, takes: { "*": HELD } }),
    ...membersOf(`Array ${TYPED}`, "fill copyWithin reverse", { ...CHANGES, returns: { same: "receiver" } }),
    ...membersOf(`Array ${TYPED}`, "sort", { ...CHANGES, returns: { same: "receiver" }, takes: { 0: IGNORED } }),
    ...membersOf(TYPED, "set", { ...CHANGES, throws: "yes" }),
    ...membersOf(TYPED, "subarray", PURE),
    ...membersOf(`${COLLECTIONS} WeakMap WeakSet`, "has", { ...PURE, takes: { 0: COMPARED } }),
    ...membersOf(COLLECTIONS, "keys values entries", FRESH),
    ...membersOf("Map ReadonlyMap WeakMap", "get", {
      ...PURE,
      returns: { absent: "undefined" },
      takes: { 0: COMPARED },
    }),
    ...membersOf("Map WeakMap", "set", {
      ...CHANGES,
      returns: { same: "receiver" },
      takes: { 0: HELD, 1: HELD },
    }),
    ...membersOf("Set WeakSet", "add", { ...CHANGES, returns: { same: "receiver" }, takes: { 0: HELD } }),
    ...membersOf("Map WeakMap Set WeakSet", "delete", { ...CHANGES, takes: { 0: COMPARED } }),
    ...membersOf("Map Set", "clear", CHANGES),
    ...membersOf("WeakRef", "deref", { ...PURE, returns: { absent: "undefined" } }),
    staticsOf("Array", "from", { ...FRESH, takes: { 1: KEPT } }),
    staticsOf("Array", "of", { ...FRESH, takes: { "*": HELD } }),
    staticsOf("Array", "isArray", PURE),
    constructors("Map Set WeakMap WeakSet WeakRef", FRESH),
    constructors(`Array ArrayBuffer ${TYPED}`, FRESH),
  ],
};

const IMMUTABLE = "Collection List Map OrderedMap Set OrderedSet Stack Seq Record";

/** Collections that never change: what a method is called for, it gives back. */
export const immutable: Library = {
  name: "immutable",
  versions: ">=4 <6",
  unchecked: "one row names what several of its classes have, and none has all of it",
  models: [
    ...packageMembersOf("immutable", IMMUTABLE, "set setIn delete deleteIn remove removeIn push pop unshift", PURE),
    ...packageMembersOf("immutable", IMMUTABLE, "add insert merge mergeDeep concat clear union subtract slice", PURE),
    ...packageMembersOf("immutable", IMMUTABLE, "reverse sort sortBy take skip toJS toArray toList toMap toSet", PURE),
  ],
};
