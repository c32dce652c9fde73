/** What a reader commits with one click, as GitHub carries it out: the lines of the block in place of those of its comment. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits, lineStarts } from "@review/findings";
import { changedFiles, parsePatch, type ReportedFinding } from "@review/pr-bot";
import { committableOf } from "../dist/plan/committable.js";
import { excerptsOf } from "../dist/plan/excerpts.js";
import { runs, timeFor } from "./chance.ts";
import { finding } from "./finding.ts";
import { ends, lines, textOf } from "./random-changes.ts";

const FILE = "src/a.ts";

type ReportedFix = ReportedFinding["fixes"][number];

const change = fc.record({
  lines,
  ends,
  places: fc.array(
    fc.record({
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(30),
      text: fc.constantFrom("", "await ", "x", "one();\nTWO", "\n", "  three();\n", "a\n\n"),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** Edits that do not touch, in the text's own line ends. */
function editsIn(
  text: string,
  end: string,
  places: readonly { from: number; length: number; text: string }[],
): ReportedFix["edits"] {
  const starts = lineStarts(text);
  const positionAt = (offset: number): { readonly line: number; readonly column: number } => {
    const line = starts.findLastIndex(start => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  // None between the two halves of a line end or of a letter.
  const sound = (offset: number): number =>
    text[offset] === "\n" && text[offset - 1] === "\r"
      ? offset - 1
      : offset - (/[\uDC00-\uDFFF]/.test(text[offset] ?? "") ? 1 : 0);
  let free = 0;
  return places
    .map(place => ({ ...place, start: sound(Math.floor(place.from * text.length)) }))
    .toSorted((a, b) => a.start - b.start)
    .flatMap(({ start, length, text: now }) => {
      const last = sound(Math.min(text.length, start + length));
      if (start < free) return [];
      free = last + 1;
      const range = { start: positionAt(start), end: positionAt(last) };
      return [{ file: FILE, range, text: now.replaceAll("\n", end) }];
    });
}

test(
  "a block committed on its lines gives just what the fix gives, whatever the text and its line ends are",
  timeFor(300_000),
  () => {
    const seen = { blocks: 0, patches: 0 };
    fc.assert(
      fc.property(change, ({ lines: content, ends: its, places }) => {
        const text = textOf(content, its);
        const edits = editsIn(text, its.end, places);
        const fix: ReportedFix = {
          title: "Mend it",
          safety: "suggested",
          origin: "rule",
          edits,
          verified: { types: true, rules: true, tests: null },
        };
        const count = text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
        const added = Array.from({ length: count }, () => "+x").join("\n");
        const files = changedFiles([
          { path: FILE, status: "added", hunks: parsePatch(`@@ -0,0 +1,${count} @@\n${added}`)[0] ?? [] },
        ]);
        const starts = lineStarts(text);
        const offset = ({ line, column }: { line: number; column: number }): number =>
          (starts[line - 1] ?? 0) + column - 1;
        const spans = edits.map(({ range, text: now }) => ({
          span: { start: offset(range.start), end: offset(range.end) },
          text: now,
        }));
        const applied = applyEdits(text, spans);
        const wanted = applied.kind === "applied" ? applied.text : undefined;
        const block = committableOf(
          finding(FILE, edits[0]?.range.start.line ?? 1, { fixes: [fix] }),
          files.get(FILE),
          text,
        );
        if (excerptsOf(new Map([[FILE, text]])).patchOf(fix)) seen.patches++;
        if (!block) return;
        seen.blocks++;
        const old = text.split(its.end);
        const committed = [...old.slice(0, block.start - 1), ...block.lines, ...old.slice(block.end)].join(its.end);
        // How many line ends a file has at its end is left to GitHub.
        const whole = (content: string | undefined): string | undefined =>
          block.end >= count ? content?.replace(/(?:\r?\n)+$/, "") : content;
        expect(whole(committed)).toBe(whole(wanted));
      }),
      runs(2_000),
    );
    expect(Math.min(seen.blocks, seen.patches)).toBeGreaterThan(200);
  },
);
