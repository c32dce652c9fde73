/** The forms in which a finding can be asked about, for models with little room: from all that is known of it to what it cannot do without. */
import type { SuggestionRequest } from "./request.ts";

/** A request that tells less of the same finding. */
export interface Form {
  readonly request: SuggestionRequest;
  /** What it leaves out, in words; the empty string: nothing. */
  readonly without: string;
  /** Whether it saves enough to be worth a try after a server refused a longer one. */
  readonly isMuchShorter: boolean;
}

/** So many lines before and after the finding are left in the end. */
const LINES_AROUND = 12;

/** The forms of a request, the longest first; each differs from the others. */
export function formsOf(request: SuggestionRequest): readonly Form[] {
  const { context } = request;
  const { example: _left, ...rulePage } = context.rulePage;
  const forms: Form[] = [{ request, without: "", isMuchShorter: false }];
  const say = (less: Partial<SuggestionRequest["context"]>, without: string, isMuchShorter: boolean): void => {
    const before = forms.at(-1) as Form;
    const shorter = { ...before.request, context: { ...before.request.context, ...less } };
    const all = [before.without, without].filter(Boolean).join(", ");
    forms.push({ request: shorter, without: all, isMuchShorter });
  };
  if (context.rulePage.example !== undefined) say({ rulePage }, "example", false);
  if (context.types.length > 0) say({ types: [] }, "definitions", true);
  const declaration = linesAround(request);
  if (context.imports || declaration.text !== context.declaration.text)
    say({ declaration, imports: undefined }, "imports and outer lines", true);
  return forms;
}

/** The lines of the declaration around the finding, whole, so that edits are still found in them. */
function linesAround({ finding, context }: SuggestionRequest): SuggestionRequest["context"]["declaration"] {
  const { text, start } = context.declaration;
  const lines = text.split(/(?<=\n)/);
  const at = linesBefore(text, finding.span.start - start);
  const last = Math.min(linesBefore(text, finding.span.end - start), at + LINES_AROUND);
  const first = Math.max(0, at - LINES_AROUND);
  const ahead = lines.slice(0, first).join("").length;
  const shown = lines.slice(first, last + LINES_AROUND + 1).join("");
  return { text: shown, start: start + ahead };
}

function linesBefore(text: string, position: number): number {
  return text.slice(0, Math.max(0, position)).split("\n").length - 1;
}
