import { lineStarts, positionAt } from "@review/findings";
import fc from "fast-check";
import { expect, test } from "vitest";

test("lines end at \\n, \\r\\n and \\r, and at no other character", () => {
  expect(lineStarts("a\nb\r\nc\rd\u2028e\u2029f\vg")).toEqual([0, 2, 5, 7]);
});

test("lines and columns count from 1, columns in UTF-16 units", () => {
  const text = "one\r\n😀 two";
  expect(positionAt(text, 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt(text, text.indexOf("two"))).toEqual({ line: 2, column: 4 });
});

test("an empty text and the end of a text have a position", () => {
  expect(positionAt("", 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt("a\n", 2)).toEqual({ line: 2, column: 1 });
});

test("a position leads back to its offset, on the line that holds it", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\r\n", "\u2028", "é"), maxLength: 40 });
  fc.assert(
    fc.property(texts, text => {
      const starts = lineStarts(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const { line, column } = positionAt(starts, offset);
        expect(starts[line - 1]! + column - 1).toBe(offset);
        expect(offset).toBeLessThan(starts[line] ?? Infinity);
        expect(positionAt(text, offset)).toEqual({ line, column });
      }
    }),
  );
});
