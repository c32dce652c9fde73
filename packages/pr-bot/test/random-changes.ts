/** Random texts and random changes of them, for properties. */
import fc from "fast-check";

/** A file's lines; few words, so that lines repeat and diffs are ambiguous. */
export const lines: fc.Arbitrary<readonly string[]> = fc.array(
  fc.constantFrom(
    "one();",
    "two();",
    "  three();",
    "",
    "}",
    "const é = '𐐀';",
    "-- a",
    "+++ b",
    "@@ -1 +1 @@",
    "diff --git a b",
    "\\ no newline",
  ),
  { minLength: 0, maxLength: 60, size: "max" },
);

export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly string[];
}

/** Edits at fractions of a text. */
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.integer({ min: 0, max: 6 }),
    insert: fc.array(fc.constantFrom("new();", "  other();", "one();", "const ñ = 1;"), { maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 5 },
);

/** Applies edits one after another. */
export function edited(from: readonly string[], changes: readonly Edit[]): readonly string[] {
  return changes.reduce<readonly string[]>(
    (text, { at, remove, insert }) => text.toSpliced(Math.floor(at * text.length), remove, ...insert),
    from,
  );
}

/** Line ends of a whole file, and whether its last line has one. */
export const ends: fc.Arbitrary<{ readonly end: string; readonly last: boolean }> = fc.record({
  end: fc.constantFrom("\n", "\r\n"),
  last: fc.boolean(),
});

/** A text of these lines. */
export function textOf(
  content: readonly string[],
  { end, last }: { readonly end: string; readonly last: boolean },
): string {
  return content.join(end) + (last && content.length > 0 ? end : "");
}
