/** The rest of the language: objects, text, numbers, dates, errors, JSON and its global functions. */
import type { ArgumentFacts, Facts, Library } from "../facts.ts";
import { constructors, EFFECT, FRESH, globals, membersOf, PURE, staticsOf } from "../rows.ts";

const PICKY: Facts = { pure: true, throws: "yes" };
const TEXT: ArgumentFacts = { uses: ["stringified"] };
const REPLACER: ArgumentFacts = { called: "many", when: "now", uses: ["stringified"] };
const CHANGES: Facts = { pure: false, throws: "no", changes: "receiver" };
const HANDS_BACK: Facts = { pure: false, throws: "no", changes: [0], returns: { same: 0 } };
const ERRORS = "Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError";

export const language: Library = {
  name: "language",
  versions: "ES5 - ES2024",
  models: [
    ...membersOf(
      "String",
      "charAt charCodeAt concat endsWith includes startsWith localeCompare normalize padEnd padStart repeat slice " +
        "substring substr toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase toString trim trimEnd trimStart " +
        "valueOf anchor isWellFormed toWellFormed",
      PURE,
    ),
    ...membersOf("String", "split matchAll", FRESH),
    ...membersOf("String", "indexOf lastIndexOf search", { ...PURE, returns: { absent: "-1" } }),
    ...membersOf("String", "match", { ...FRESH, returns: { fresh: true, absent: "null" } }),
    ...membersOf("String", "at codePointAt", { ...PURE, returns: { absent: "undefined" } }),
    ...membersOf("String", "replace replaceAll", { ...PURE, takes: { 1: REPLACER } }),
    staticsOf("String", "fromCharCode raw", PURE),
    staticsOf("String", "fromCodePoint", PICKY),
    ...membersOf("Number", "toString toFixed toPrecision toExponential toLocaleString valueOf", PURE),
    ...membersOf("BigInt", "toString toLocaleString valueOf", PURE),
    ...membersOf("Boolean", "valueOf", PURE),
    ...membersOf("Symbol", "toString valueOf", PURE),
    staticsOf("Number", "isFinite isInteger isNaN isSafeInteger parseFloat parseInt", PURE),
    staticsOf("BigInt", "asIntN asUintN", PURE),
    staticsOf("Symbol", "for keyFor", PURE),
    staticsOf(
      "Math",
      "abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log " +
        "log10 log1p log2 max min pow random round sign sin sinh sqrt tan tanh trunc",
      PURE,
    ),
    staticsOf("JSON", "parse", { pure: true, throws: "yes", returns: { fresh: true } }),
    staticsOf("JSON", "stringify", { pure: true, throws: "yes", takes: { 0: TEXT } }),
    staticsOf("Object", "keys values entries getOwnPropertyNames getOwnPropertySymbols", FRESH),
    staticsOf("Object", "fromEntries create groupBy getOwnPropertyDescriptors", FRESH),
    staticsOf("Object", "getOwnPropertyDescriptor", { ...PURE, returns: { absent: "undefined" } }),
    staticsOf("Object", "getPrototypeOf", { ...PURE, returns: { absent: "null" } }),
    staticsOf("Object", "is", { ...PURE, takes: { "*": { uses: ["compared"] } } }),
    staticsOf("Object", "hasOwn isFrozen isSealed isExtensible", PURE),
    staticsOf("Object", "assign", { ...HANDS_BACK, takes: { "*": { uses: ["spread"] }, 0: {} } }),
    staticsOf("Object", "freeze seal preventExtensions setPrototypeOf", HANDS_BACK),
    staticsOf("Object", "defineProperty defineProperties", { ...HANDS_BACK, throws: "yes" }),
    staticsOf("Reflect", "get has ownKeys getPrototypeOf getOwnPropertyDescriptor isExtensible", PURE),
    staticsOf("Reflect", "set deleteProperty defineProperty setPrototypeOf", { ...EFFECT, changes: [0] }),
    ...membersOf("Object", "hasOwnProperty isPrototypeOf propertyIsEnumerable", PURE),
    ...membersOf("Object", "toString toLocaleString valueOf", PURE),
    ...membersOf(
      "Date",
      "getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTimezoneOffset getUTCDate " +
        "getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds toDateString " +
        "toJSON toLocaleDateString toLocaleString toLocaleTimeString toString toTimeString toUTCString",
      PURE,
    ),
    ...membersOf("Date", "getTime valueOf", { ...PURE, returns: { unit: "ms" } }),
    ...membersOf("Date", "toISOString", PICKY),
    ...membersOf("Date", "setTime", { ...CHANGES, takes: { 0: { unit: "ms" } }, returns: { unit: "ms" } }),
    ...membersOf(
      "Date",
      "setDate setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setUTCDate setUTCFullYear " +
        "setUTCHours setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds",
      { ...CHANGES, returns: { unit: "ms" } },
    ),
    staticsOf("Date", "now parse UTC", { ...PURE, returns: { unit: "ms" } }),
    ...membersOf("RegExp", "test toString", PURE),
    ...membersOf("RegExp", "exec", { ...FRESH, returns: { fresh: true, absent: "null" } }),
    ...membersOf("Function", "bind", FRESH),
    ...membersOf("Function", "toString", PURE),
    ...membersOf("Error", "toString", PURE),
    globals("String", { ...PURE, takes: { 0: TEXT } }),
    globals("Boolean", { ...PURE, takes: { 0: { uses: ["tested"] } } }),
    globals("Number parseInt parseFloat isNaN isFinite Symbol escape unescape encodeURI encodeURIComponent", PURE),
    globals("BigInt decodeURI decodeURIComponent RegExp", PICKY),
    globals("Date Object Array Error TypeError RangeError", FRESH),
    constructors(`Date Object Boolean Number String ${ERRORS}`, FRESH),
    constructors("RegExp Proxy", { ...PICKY, returns: { fresh: true } }),
    constructors("Intl.NumberFormat Intl.DateTimeFormat Intl.Collator Intl.PluralRules Intl.RelativeTimeFormat", {
      ...PICKY,
      returns: { fresh: true },
    }),
    ...membersOf("NumberFormat DateTimeFormat", "format formatToParts resolvedOptions", PURE),
    ...membersOf("Collator", "compare", PURE),
  ],
};
