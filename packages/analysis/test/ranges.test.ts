import { isRepeatable, operandsOf, outcomeOf, rangeOf, type Comparison, type NumberRange } from "@review/analysis";
import { SyntaxKind } from "@review/program/syntax";
import { expect, it } from "vitest";
import { answersFor } from "./probe.ts";

/** `0..11`, `1..` for no upper end, `0..<1` for an open one, `?` behind a range that may be NaN. */
function written(range: NumberRange | undefined): string | undefined {
  if (!range) return undefined;
  const [min, max] = [range.min, range.max].map(end => (Number.isFinite(end) ? String(end) : ""));
  return `${String(min)}..${range.isOpen ? "<" : ""}${String(max)}${range.mayBeNaN ? "?" : ""}`;
}

function rangesIn(text: string): readonly unknown[] {
  return answersFor({ "a.ts": text }, function* ({ checker }, node) {
    return written(yield* rangeOf(checker, node));
  });
}

it("knows what builtin functions, properties and elements answer, and leaves a user's own alone", () => {
  const text = `
    declare const d: Date, s: string, xs: number[], bytes: Uint8Array, own: { length: number; getDay(): number }, n: any;
    d.getMonth(); s.length; xs["length"]; xs.indexOf(1); s.charCodeAt(0); bytes[0]; Math.random(); new Set().size;
    own.length; own.getDay(); n.getDay(); xs[0];
  `;
  expect(rangesIn(text)).toEqual([
    "0..11?",
    "0..",
    "0..",
    "-1..",
    "0..65535?",
    "0..255?",
    "0..<1",
    "0..",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it("carries ranges through arithmetic, rounding and bounds", () => {
  const text = `
    declare const d: Date, xs: number[], n: number;
    d.getMonth() + 1; 10 - xs.length; xs.length * 2; Math.floor(Math.random() * 6); Math.ceil(Math.random() * 6);
    n % 3; xs.length % 3; n & 7; n >>> 1; Math.max(n, 0); Math.min(xs.length, 9); Math.max(Math.min(n, 0), 10); n + 1;
  `;
  expect(rangesIn(text)).toEqual([
    "1..12?",
    "..10",
    "0..",
    "0..5",
    "0..6",
    "-3..<3?",
    "0..2?",
    "0..7",
    "0..4294967295",
    "0..?",
    "0..9",
    "10..10?",
    undefined,
  ]);
});

it("follows names that are written once and functions of the project, but no named literal", () => {
  const text = `
    declare const d: Date, xs: number[];
    const day = d.getDay(); let hour = d.getHours(); hour = 30; const limit = 0; const { length: count } = xs;
    function month() { return d.getMonth(); } const stub = () => 0; async function later() { return d.getMonth(); }
    day; hour; limit; count; month(); stub(); later();
  `;
  // The assignment to `hour` is the first statement.
  const ranges = ["0..6?", undefined, undefined, "0..", "0..11?", undefined, undefined];
  expect(rangesIn(text)).toEqual([undefined, ...ranges]);
});

it("counts the pieces of a text that is split", () => {
  const text = `
    declare const s: string; const kept = s.split(","); const emptied = s.split(","); emptied.pop();
    s.split(",").length; s.split("").length; s.split(s).length; s.split(/,/).length; s.split(/,*/).length;
    s.split(",", 2).length; kept.length; emptied.length;
  `;
  const counts = ["1..", "0..", "0..", "1..", "0..", "1..2", "1..", "0.."];
  expect(rangesIn(text)).toEqual([undefined, ...counts]);
});

it("decides a comparison where the range does, and never by NaN alone", () => {
  const index: NumberRange = { min: -1, max: Infinity, isInteger: true, isOpen: false, mayBeNaN: false };
  const chance: NumberRange = { min: 0, max: 1, isInteger: false, isOpen: true, mayBeNaN: false };
  const month: NumberRange = { min: 0, max: 11, isInteger: true, isOpen: false, mayBeNaN: true };
  const asked: readonly (readonly [NumberRange, Comparison, number, boolean | undefined])[] = [
    [index, "<", -1, false],
    [index, ">=", -1, true],
    [index, ">", -1, undefined],
    [index, "==", 1.5, false],
    [index, "==", Infinity, undefined],
    [chance, "<", 1, true],
    [chance, ">=", 1, false],
    [chance, "<=", 0.5, undefined],
    [month, "==", 12, false],
    [month, "!=", 12, true],
    [month, "<=", 11, undefined],
    [month, ">", 11, false],
  ];
  for (const [range, comparison, value, outcome] of asked) {
    expect({ comparison, value, outcome: outcomeOf(range, comparison, value) }).toEqual({ comparison, value, outcome });
  }
});

it("knows which expressions may be evaluated twice", () => {
  const text = `
    declare const a: any;
    a.b; a?.isOpen(); a.trim() + \`\${a}\`; a.next(); a.b++; new a(); a = 1; () => a; [a]; await a; -a; ++a;
    export {};
  `;
  expect(
    answersFor({ "a.ts": text }, function* (_pass, node) {
      return isRepeatable(node);
    }),
  ).toEqual([true, true, true, false, false, false, false, false, false, false, true, false]);
});

it("takes a chain of one operator apart", () => {
  expect(
    answersFor(
      { "a.ts": "declare const a: any, b: any, c: any; a && (b && c); a && (b || c); a;" },
      function* (_pass, node) {
        return operandsOf(node, SyntaxKind.AmpersandAmpersandToken).map(operand => operand.getText());
      },
    ),
  ).toEqual([["a", "b", "c"], ["a", "b || c"], ["a"]]);
});
