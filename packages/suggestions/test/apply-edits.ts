/** Applies a fix to the text of a request's declaration. */
import type { Fix } from "@review/findings";
import type { SuggestionRequest } from "@review/suggestions";

export function applyEdits({ context }: SuggestionRequest, fix: Fix): string {
  const { text, start } = context.declaration;
  return fix.edits.reduceRight(
    (done, edit) => done.slice(0, edit.span.start - start) + edit.text + done.slice(edit.span.end - start),
    text,
  );
}
