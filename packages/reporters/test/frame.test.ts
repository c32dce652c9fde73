import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutLines } from "../dist/places.js";
import { widthOf } from "../dist/pretty/cells.js";
import { drawFrame } from "../dist/pretty/frame.js";
import type { Mark } from "../dist/pretty/marks.js";
import { paint } from "../dist/pretty/row.js";

const size = { width: 80, digits: 3 };

describe("a code frame", () => {
  it("survives any text and spans, stays within its width and tells every label", () => {
    fc.assert(
      fc.property(
        sources,
        fc.array(marks, { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 40, max: 130 }),
        (text, seeds, width) => {
          const drawn = seeds.map((seed, index) => markOf(seed, index, text.length));
          const rows = rowsOf(text, drawn, width);
          for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(width);
          const words = drawn.flatMap(mark => mark.labels).flatMap(label => label.split(" "));
          const seen = rows.join("\n");
          for (const word of words) expect(seen).toContain(word);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("lets no character through that a terminal would obey", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.string({ unit: "binary", maxLength: 20 }),
        (text, label) => {
          const shown = rowsOf(text, [
            { span: { start: 0, end: text.length }, labels: [label], tone: "error", isPrimary: true },
          ]);
          expect(shown.join("")).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        },
      ),
    );
  });

  it("puts an underline exactly below wide characters, tabs and marks that combine", () => {
    expect(frame("\tx = «読み»; e\u0301 = «👩‍👩‍👧»")).toEqual([
      "  1 │     x = 読み; e\u0301 = 👩‍👩‍👧",
      "    │         ^^^^      ^^",
    ]);
  });

  it("hangs several labels of one line from their spans", () => {
    expect(frame("«a»(b, «c»)", ["first", "second"])).toEqual([
      "  1 │ a(b, c)",
      "    │ ^    ^ second",
      "    │ ╰─ first",
    ]);
  });

  it("brackets a span of several lines at its exact columns", () => {
    expect(frame("let x = «f(\n  1,\n  2,\n)»;", ["this call"])).toEqual([
      "  1 │   let x = f(",
      "    │ ╭─────────^",
      "  2 │ │   1,",
      "  3 │ │   2,",
      "  4 │ │ );",
      "    │ ╰─^ this call",
    ]);
  });

  it("leaves out the middle of a long span", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line${index};`).join("\n");
    const rows = frame(`«${lines}»`);
    expect(rows).toContain("    ⋮ │");
    expect(rows).toHaveLength(6);
  });

  it("clips a long line around its span on both sides", () => {
    const [code = "", underline = ""] = frame(`${"a".repeat(5000)}«needle»${"z".repeat(500_000)}`);
    expect(code).toMatch(/^ {2}1 │ …a+needlez+…$/);
    expect(underline.indexOf("^")).toBe(code.indexOf("needle"));
    expect(underline.match(/\^+/)?.[0]).toBe("^^^^^^");
  });

  it("keeps both ends of a line in sight when spans are far apart", () => {
    const [code] = frame(`«first»${"a".repeat(400)}«last»`);
    expect(code).toMatch(/first.*….*last$/);
  });

  it("marks a place behind the end of a line, and in an empty file", () => {
    expect(frame("abc«»\nd")).toEqual(["  1 │ abc", "    │    ^", "  2 │ d"]);
    expect(frame("«»")).toEqual(["  1 │", "    │ ^"]);
  });

  it("shows neither CRLF nor blank lines around the finding", () => {
    expect(frame("\r\n«a»\r\nb\r\n")).toEqual(["  2 │ a", "    │ ^", "  3 │ b"]);
  });
});

const sources = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\t",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "読",
        "👩‍👩‍👧",
        "é",
        "e\u0301",
        "\u0301",
        "\u001b[31m",
        "\u202e",
        "\ud800",
        "\u2028",
        "각",
        "🇫🇷",
      ),
      fc.string({ maxLength: 30 }),
      fc.constant("let x = call(a, b);"),
      fc.constant("0123456789".repeat(30)),
    ),
    { maxLength: 40 },
  )
  .map(parts => parts.join(""));

const marks = fc.record({
  start: fc.double({ min: -0.1, max: 1.1, noNaN: true }),
  length: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 400 })),
  words: fc.integer({ min: 0, max: 20 }),
  labels: fc.integer({ min: 0, max: 3 }),
});

/** A mark whose labels consist of words that no other mark has. */
function markOf(
  seed: { start: number; length: number; words: number; labels: number },
  index: number,
  size: number,
): Mark {
  const start = Math.floor(seed.start * size);
  const labels = Array.from({ length: seed.labels }, (_, label) =>
    Array.from({ length: seed.words + 1 }, (_, word) => `${index}l${label}w${word}.`).join(" "),
  );
  return {
    span: { start, end: start + seed.length },
    labels,
    tone: index === 0 ? "error" : "evidence",
    isPrimary: index === 0,
  };
}

/** Draws a source whose primary spans stand in guillemets. */
function frame(source: string, labels: readonly string[] = []): string[] {
  const parts = source.split(/[«»]/);
  const text = parts.join("");
  const marks: Mark[] = [];
  let offset = 0;
  for (const [index, part] of parts.entries()) {
    const label = labels[(index - 1) / 2];
    const span = { start: offset, end: offset + part.length };
    if (index % 2 === 1)
      marks.push({ span, labels: label === undefined ? [] : [label], tone: "error", isPrimary: true });
    offset += part.length;
  }
  return rowsOf(text, marks);
}

function rowsOf(text: string, marks: readonly Mark[], width: number = size.width): string[] {
  const rows = drawFrame(marks, cutLines(text), { ...size, width });
  return paint(rows, { colour: false, hyperlinks: false }).split("\n").slice(0, -1);
}
