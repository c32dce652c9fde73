import { applyEdits, applyFixes, type SpanEdit, type TextEdit } from "@review/findings";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const edit = (start: number, end: number, text: string, file = "a.ts"): TextEdit => ({
  file,
  span: { start, end },
  text,
});

describe("edits of one text", () => {
  test("all refer to the text as given, in any order", () => {
    const edits = [edit(4, 7, "TWO"), edit(0, 3, ""), edit(8, 8, "and ")];
    expect(applyEdits("one two three", edits)).toEqual({ kind: "applied", text: " TWO and three" });
  });

  test("an insertion keeps its side of a replaced span that it touches", () => {
    const edits = [edit(3, 3, ">"), edit(0, 3, "x"), edit(0, 0, "<")];
    expect(applyEdits("one", edits)).toEqual({ kind: "applied", text: "<x>" });
  });

  test("alike ones count once", () => {
    expect(applyEdits("one", [edit(0, 0, "a "), edit(0, 0, "a ")])).toEqual({ kind: "applied", text: "a one" });
  });

  test.each([
    ["overlapping spans", edit(0, 2, "x"), edit(1, 3, "y")],
    ["one span with two texts", edit(0, 2, "x"), edit(0, 2, "y")],
    ["an insertion within a replaced span", edit(0, 2, "x"), edit(1, 1, "y")],
    ["two insertions at one place", edit(1, 1, "x"), edit(1, 1, "y")],
  ])("%s are a conflict that names both", (_, a, b) => {
    expect(applyEdits("one", [a, b])).toEqual({ kind: "conflict", edits: [a, b] });
  });

  test.each([edit(-1, 0, ""), edit(2, 4, ""), edit(2, 1, "")])("a span outside of the text is said: $span", wrong => {
    expect(applyEdits("one", [edit(0, 1, "x"), wrong])).toEqual({ kind: "outside", edit: wrong });
  });
});

describe("fixes", () => {
  test("are applied whole or not at all, and earlier ones win", () => {
    const texts = new Map([
      ["a.ts", "one"],
      ["b.ts", "two"],
    ]);
    const first = { edits: [edit(0, 1, "O")] };
    const second = { edits: [edit(0, 3, "2", "b.ts"), edit(0, 3, "1")] };
    const third = { edits: [edit(0, 0, "the ", "b.ts")] };
    const result = applyFixes(texts, [first, second, third]);
    expect(result.applied).toEqual([first, third]);
    expect(result.dropped).toEqual([{ fix: second, because: "conflict" }]);
    expect(Object.fromEntries(result.changed)).toEqual({ "a.ts": "One", "b.ts": "the two" });
  });

  test("that are the same count as applied together", () => {
    const [a, b] = [{ edits: [edit(0, 0, "await ")] }, { edits: [edit(0, 0, "await ")] }];
    const result = applyFixes(new Map([["a.ts", "f()"]]), [a, b]);
    expect(result.applied).toEqual([a, b]);
    expect(result.changed.get("a.ts")).toBe("await f()");
  });

  test("that share only some edits are in conflict: brackets must stay paired", () => {
    const inner = { edits: [edit(0, 0, "("), edit(1, 1, ")")] };
    const outer = { edits: [edit(0, 0, "("), edit(3, 3, ")")] };
    const result = applyFixes(new Map([["a.ts", "a.b"]]), [inner, outer]);
    expect(result.changed.get("a.ts")).toBe("(a).b");
    expect(result.dropped).toEqual([{ fix: outer, because: "conflict" }]);
  });

  test("for unknown files or places are dropped with that reason", () => {
    const fixes = [{ edits: [edit(0, 0, "x", "none.ts")] }, { edits: [edit(0, 1, "y"), edit(9, 9, "x")] }];
    const result = applyFixes(new Map([["a.ts", "one"]]), fixes);
    expect(result.dropped.map(({ because }) => because)).toEqual(["outside", "outside"]);
    expect(result.changed.size).toBe(0);
  });

  test("that leave a text as it is change no file", () => {
    expect(applyFixes(new Map([["a.ts", "one"]]), [{ edits: [edit(0, 3, "one")] }]).changed.size).toBe(0);
  });
});

/**
 * The model: a text is a row of cells, gap 0, character 0, gap 1, …; an insertion takes a gap, a replacement its characters and the
 * gaps between them, and two edits are in conflict when they take the same cell.
 */
function cells({ span: { start, end } }: SpanEdit): number[] {
  if (start === end) return [2 * start];
  return Array.from({ length: 2 * (end - start) - 1 }, (_, index) => 2 * start + 1 + index);
}

function modelText(text: string, edits: readonly SpanEdit[]): string {
  const taken = new Map(
    edits.flatMap(one => cells(one).map((cell, index) => [cell, index === 0 ? one.text : ""] as const)),
  );
  const row = Array.from({ length: 2 * text.length + 1 }, (_, cell) => (cell % 2 ? text.charAt((cell - 1) / 2) : ""));
  return row.map((content, cell) => taken.get(cell) ?? content).join("");
}

const key = (one: TextEdit): string => JSON.stringify(one);
const unique = (edits: readonly TextEdit[]): TextEdit[] => [...new Map(edits.map(one => [key(one), one])).values()];
const clash = (edits: readonly TextEdit[]): boolean => {
  const taken = edits.flatMap(one => cells(one).map(cell => `${one.file} ${cell}`));
  return new Set(taken).size < taken.length;
};

const TEXT = "abcdefgh";
const anyEdit = fc
  .tuple(fc.nat(TEXT.length), fc.nat(3), fc.constantFrom("", "X", "YZ"), fc.constantFrom("a.ts", "b.ts"))
  .map(([start, length, text, file]) => edit(start, Math.min(TEXT.length, start + length), text, file));

describe("against a model of cells", () => {
  test("edits are applied exactly when no two take the same cell, with the same text", () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 5 }), edits => {
        const inOneFile = edits.map(one => ({ ...one, file: "a.ts" }));
        const distinct = unique(inOneFile);
        const result = applyEdits(TEXT, inOneFile);
        if (clash(distinct)) expect(result.kind).toBe("conflict");
        else expect(result).toEqual({ kind: "applied", text: modelText(TEXT, distinct) });
      }),
      { numRuns: 1000 },
    );
  });

  test("fixes are applied one after the other as long as their cells are free", () => {
    const fixes = fc.array(fc.record({ edits: fc.array(anyEdit, { minLength: 1, maxLength: 3 }) }), { maxLength: 6 });
    fc.assert(
      fc.property(fixes, list => {
        const accepted: TextEdit[][] = [];
        const applied = list.filter(fix => {
          const edits = unique(fix.edits);
          const same = (other: readonly TextEdit[]): boolean =>
            JSON.stringify(other.map(key).sort()) === JSON.stringify(edits.map(key).sort());
          if (accepted.some(same)) return true;
          if (clash([...accepted.flat(), ...edits])) return false;
          accepted.push(edits);
          return true;
        });
        const texts = new Map([
          ["a.ts", TEXT],
          ["b.ts", TEXT],
        ]);
        const result = applyFixes(texts, list);
        expect(result.applied).toEqual(applied);
        expect(result.dropped.map(({ fix }) => fix)).toEqual(list.filter(fix => !applied.includes(fix)));
        for (const [file, text] of texts) {
          const ofFile = accepted.flat().filter(one => one.file === file);
          expect(result.changed.get(file) ?? text).toBe(modelText(text, ofFile));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
