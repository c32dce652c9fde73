/** Where a repair may show in a file that it writes: the functions that it changes, and those that its finding speaks of. */
import type { DraftFinding, Location, Span, TextEdit } from "@review/findings";
import type { OpenProject } from "@review/program";
import { unitAround } from "./strict/reach.ts";

/** A finding and the edits that repair it. */
export interface Repair {
  readonly finding: DraftFinding;
  readonly edits: readonly TextEdit[];
}

/** The stretches of a file (as findings name it, and by its absolute path) after all edits of some repairs. */
export function stretchesIn(
  repairs: readonly Repair[],
  { file, path }: { readonly file: string; readonly path: string },
  before: readonly OpenProject[],
): readonly Span[] | undefined {
  const owner = before.find(({ plan }) => plan.files.includes(path));
  const sourceFile = owner?.program.getSourceFile(path);
  if (!sourceFile) return undefined;
  const inFile = ({ file: other }: Location): boolean => other === file;
  const edits = repairs.flatMap(repair => repair.edits).filter(inFile);
  const places = repairs.flatMap(({ finding }) => [finding, ...finding.evidence]).filter(inFile);
  const units = [...edits, ...places].map(({ span }) => unitAround(sourceFile, span));
  return units.map(({ start, end }) => ({
    start: start + growth(edits.filter(edit => edit.span.end < start)),
    end: end + growth(edits.filter(edit => edit.span.end <= end)),
  }));
}

/** By how many characters edits make a text longer. */
function growth(edits: readonly TextEdit[]): number {
  return edits.reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0);
}
