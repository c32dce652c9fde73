/** Where a finding is shown: on lines that the diff shows, or not on a line at all. A line outside makes GitHub refuse a whole review. */
import { changedWithin, hunkAround, type ChangedFile, type ChangedFiles } from "../change/changed-files.ts";
import { lastLine, type Place, type Range, type ReportedFinding } from "./reported.ts";

export interface LinePlacement {
  readonly kind: "line";
  readonly path: string;
  readonly line: number;
  /** Absent for one line: GitHub refuses a start that equals the end. */
  readonly startLine?: number;
  /** What the line is to the finding: its own, or one of the change, which causes it or is in one declaration with it. */
  readonly role: "own" | "cause" | "beside";
}

export type Placement = LinePlacement | { readonly kind: "file"; readonly path: string } | { readonly kind: "none" };

/** More lines than this are not marked; the first is enough to find them. */
const LONGEST = 10;

/** The best place that the diff offers. `isCountable` tells whether a file's lines are counted by git as by the report. */
export function placeOf(
  finding: ReportedFinding,
  files: ChangedFiles,
  isCountable: (file: string) => boolean,
): Placement {
  const own = files.get(finding.file);
  const placement = isCountable(finding.file) ? placeOn(finding, own) : undefined;
  if (placement) return placement;
  const cause = causeOf(finding, files, isCountable);
  if (cause) return cause;
  return own ? { kind: "file", path: own.path } : { kind: "none" };
}

function placeOn({ range }: Place, file: ChangedFile | undefined): Placement | undefined {
  if (!file) return undefined;
  const start = range.start.line;
  const end = lastLine(range);
  if (end > start && end - start < LONGEST && hunkAround(file, start, end)) return onLines(file.path, start, end);
  if (hunkAround(file, start, start)) return onLines(file.path, start, start);
  // Of a long expression the change may show only a later part.
  const changed = changedWithin(file, start + 1, end);
  return changed === undefined ? undefined : onLines(file.path, changed, changed);
}

/** Lines as a comment names them. */
export function onLines(path: string, start: number, end: number, role: LinePlacement["role"] = "own"): LinePlacement {
  return { kind: "line", path, line: end, ...(start < end ? { startLine: start } : {}), role };
}

/** The first step of the evidence in which something was changed, and there the line that is nearest to the finding. */
function causeOf(
  finding: ReportedFinding,
  files: ChangedFiles,
  isCountable: (file: string) => boolean,
): Placement | undefined {
  for (const fact of finding.evidence) {
    const changed = files.get(fact.file);
    if (!changed || !isCountable(fact.file)) continue;
    const isAround = fact.file === finding.file && isWithin(finding.range, fact.range);
    const near = isAround ? finding.range.start.line : fact.range.start.line;
    const line = changedWithin(changed, fact.range.start.line, lastLine(fact.range), near);
    if (line !== undefined) return onLines(fact.file, line, line, isAround ? "beside" : "cause");
  }
  return undefined;
}

function isWithin(inner: Range, outer: Range): boolean {
  return outer.start.line <= inner.start.line && lastLine(inner) <= lastLine(outer);
}
