/** Applies several fixes that were all made for the same texts, like commits with one parent. */
import { applyEdits, areInConflict, isSameEdit, isWithin } from "./apply-edits.ts";
import type { Fix, TextEdit } from "./finding.ts";

export interface AppliedFixes<F> {
  /** The new text of each file that is not what it was. */
  readonly changed: ReadonlyMap<string, string>;
  readonly applied: readonly F[];
  /** Fixes of which nothing was applied; a new analysis of the changed texts may offer those in conflict again. */
  readonly dropped: readonly { readonly fix: F; readonly because: DropReason }[];
}

/** `conflict`: with itself or an earlier fix; `outside`: an edit names a file or a place that the texts do not have. */
export type DropReason = "conflict" | "outside";

/**
 * Applies each fix whole or not at all; earlier fixes win.
 *
 * A fix with the very edits of an earlier one counts as applied with it. Sharing only some edits is a conflict: two fixes that
 * each insert "(" at one place and ")" at different ones must not be merged.
 */
export function applyFixes<F extends Pick<Fix, "edits">>(
  texts: ReadonlyMap<string, string>,
  fixes: readonly F[],
): AppliedFixes<F> {
  const applied: F[] = [];
  const dropped: { fix: F; because: DropReason }[] = [];
  const accepted = new Map<string, TextEdit[]>();
  const seen = new Set<string>();
  for (const fix of fixes) {
    const key = keyOf(fix);
    const because = seen.has(key) ? undefined : obstacle(texts, accepted, fix);
    if (because) {
      dropped.push({ fix, because });
      continue;
    }
    applied.push(fix);
    if (!seen.has(key)) accept(accepted, fix);
    seen.add(key);
  }
  return { changed: changedTexts(texts, accepted), applied, dropped };
}

function keyOf(fix: Pick<Fix, "edits">): string {
  const edits = fix.edits.map(edit => JSON.stringify([edit.file, edit.span.start, edit.span.end, edit.text]));
  return [...new Set(edits)].sort().join("\n");
}

function obstacle(
  texts: ReadonlyMap<string, string>,
  accepted: ReadonlyMap<string, readonly TextEdit[]>,
  fix: Pick<Fix, "edits">,
): DropReason | undefined {
  for (const [index, edit] of fix.edits.entries()) {
    const text = texts.get(edit.file);
    if (text === undefined || !isWithin(edit.span, text.length)) return "outside";
    const earlier = accepted.get(edit.file) ?? [];
    if (earlier.some(other => isSameEdit(other, edit) || areInConflict(other, edit))) return "conflict";
    const own = fix.edits.slice(0, index).filter(other => other.file === edit.file && !isSameEdit(other, edit));
    if (own.some(other => areInConflict(other, edit))) return "conflict";
  }
  return undefined;
}

function accept(accepted: Map<string, TextEdit[]>, fix: Pick<Fix, "edits">): void {
  for (const edit of fix.edits) {
    const edits = accepted.get(edit.file);
    if (edits) edits.push(edit);
    else accepted.set(edit.file, [edit]);
  }
}

function changedTexts(
  texts: ReadonlyMap<string, string>,
  accepted: ReadonlyMap<string, readonly TextEdit[]>,
): Map<string, string> {
  const changed = new Map<string, string>();
  for (const [file, edits] of accepted) {
    const before = texts.get(file) ?? "";
    const result = applyEdits(before, edits);
    if (result.kind !== "applied") throw new Error(`Accepted edits of ${file} are in conflict`);
    if (result.text !== before) changed.set(file, result.text);
  }
  return changed;
}
