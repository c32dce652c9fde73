/** From verified fixes to the texts that a commit would have. */
import { applyFixes, lineStarts, type Position, type TextEdit } from "@review/findings";
import { isSuspicious } from "../words/comment.ts";
import { isVerified } from "./committable.ts";
import type { ReportedFinding, ReportedFix } from "./reported.ts";

export interface Applied {
  /** The new text of each file that changes, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** The findings that they mend. */
  readonly findings: readonly ReportedFinding[];
}

/** Applies the fix of each finding that has one to apply; of those in conflict the first. */
export function appliedFixes(findings: readonly ReportedFinding[], texts: ReadonlyMap<string, string>): Applied {
  const starts = new Map([...texts].map(([file, text]) => [file, lineStarts(text)]));
  const wanted = findings.flatMap(finding => {
    const fix = applicableFix(finding);
    return fix ? [{ finding, edits: fix.edits.map(edit => spanned(edit, starts.get(edit.file) ?? [])) }] : [];
  });
  const { changed, applied } = applyFixes(texts, wanted);
  return { texts: changed, findings: applied.map(({ finding }) => finding) };
}

/** The fix that the finding's comment tells of. A model's goes with what the model itself says against it: then people decide. */
export function applicableFix<
  F extends Pick<ReportedFix, "origin" | "verified"> & { readonly edits: readonly { readonly text: string }[] },
>({ fixes, suggestion }: Pick<ReportedFinding, "suggestion"> & { readonly fixes: readonly F[] }): F | undefined {
  const fix = fixes.find(isVerified);
  if (!fix || isSuspicious(fix.edits.flatMap(edit => edit.text.split("\n")))) return undefined;
  return fix.origin === "model" && suggestion.reason !== null ? undefined : fix;
}

function spanned({ file, range, text }: ReportedFix["edits"][number], starts: readonly number[]): TextEdit {
  const offset = ({ line, column }: Position): number => (starts[line - 1] ?? Infinity) + column - 1;
  return { file, span: { start: offset(range.start), end: offset(range.end) }, text };
}
