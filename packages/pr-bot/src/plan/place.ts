/** Where a finding is shown: on lines that the diff shows, or not on a line at all. A line outside makes GitHub refuse a whole review. */
import { addedWithin, hunkAround, type ChangedFile, type ChangedFiles } from "../change/changed-files.ts";
import { lastLine, type Place, type ReportedFinding } from "./reported.ts";

export type Placement =
  /** `startLine` is absent for one line: GitHub refuses a start that equals the end. */
  | {
      readonly kind: "line";
      readonly path: string;
      readonly line: number;
      readonly startLine?: number;
      /** The finding itself is elsewhere; this line of the change causes it. */
      readonly isCause: boolean;
    }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "none" };

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
  const added = addedWithin(file, start + 1, end);
  return added === undefined ? undefined : onLines(file.path, added, added);
}

/** Lines as a comment names them. */
export function onLines(path: string, start: number, end: number, isCause = false): Placement {
  return { kind: "line", path, line: end, ...(start < end ? { startLine: start } : {}), isCause };
}

/** The first step of the evidence that stands on a line which the change has added. */
function causeOf(
  { evidence }: ReportedFinding,
  files: ChangedFiles,
  isCountable: (file: string) => boolean,
): Placement | undefined {
  for (const { file, range } of evidence) {
    const changed = files.get(file);
    if (!changed || !isCountable(file)) continue;
    const line = addedWithin(changed, range.start.line, lastLine(range));
    if (line !== undefined) return onLines(file, line, line, true);
  }
  return undefined;
}
