/** Writes edits into one text. */
import type { Span, TextEdit } from "./finding.ts";

/** An edit of a text whose file is known from elsewhere. */
export type SpanEdit = Pick<TextEdit, "span" | "text">;

export type EditResult =
  | { readonly kind: "applied"; readonly text: string }
  | { readonly kind: "conflict"; readonly edits: readonly [SpanEdit, SpanEdit] }
  | { readonly kind: "outside"; readonly edit: SpanEdit };

/**
 * Applies edits, in any order, whose spans all refer to the text as given; alike ones count once.
 *
 * Nothing is applied when two edits overlap, when two insertions at one place differ (their order would be a guess), or when a
 * span lies outside the text. An insertion may touch a replaced span and keeps its side of it.
 */
export function applyEdits(text: string, edits: readonly SpanEdit[]): EditResult {
  const outside = edits.find(edit => !isWithin(edit.span, text.length));
  if (outside) return { kind: "outside", edit: outside };
  const sorted = edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const pieces: string[] = [];
  let previous: SpanEdit | undefined;
  for (const edit of sorted) {
    if (previous && isSameEdit(previous, edit)) continue;
    if (previous && areInConflict(previous, edit)) return { kind: "conflict", edits: [previous, edit] };
    pieces.push(text.slice(previous?.span.end ?? 0, edit.span.start), edit.text);
    previous = edit;
  }
  pieces.push(text.slice(previous?.span.end ?? 0));
  return { kind: "applied", text: pieces.join("") };
}

/** Whether a span lies within a text of this length (in UTF-16 units) and does not run backwards. */
export function isWithin(span: Span, length: number): boolean {
  return span.start >= 0 && span.start <= span.end && span.end <= length;
}

/** Whether two edits of one text put the same text in the same place. */
export function isSameEdit(a: SpanEdit, b: SpanEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}

/** Whether two different edits of one text cannot both be made: their spans overlap, or both insert at one place. */
export function areInConflict(a: SpanEdit, b: SpanEdit): boolean {
  if (isInsertion(a) && isInsertion(b)) return a.span.start === b.span.start;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}

function isInsertion(edit: SpanEdit): boolean {
  return edit.span.start === edit.span.end;
}
