/** `--fix`: applies safe fixes, reviews what came of it, and goes on while there is something to fix. */
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { applyFixes } from "@review/findings";
import type { Report } from "@review/reporters";

/** One fix may make another one possible; fixes that undo each other must end some time. */
const MOST_ROUNDS = 10;

export interface Fixed {
  /** The review of the files as they are now. */
  readonly report: Report;
  readonly applied: number;
}

export async function fixUntilStable(reviewAgain: () => Promise<Report>, cwd: string): Promise<Fixed> {
  let report = await reviewAgain();
  let applied = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = report.findings.flatMap(finding => finding.fixes.filter(fix => fix.safety === "safe").slice(0, 1));
    const result = applyFixes(report.texts, fixes);
    if (result.changed.size === 0) break;
    for (const [file, text] of result.changed) writeText(resolve(cwd, file), text);
    applied += result.applied.length;
    report = await reviewAgain();
  }
  return { report, applied };
}

/** Puts back the byte-order mark that texts are shown without; readers never see half a file. */
function writeText(path: string, text: string): void {
  const mark = readFileSync(path).subarray(0, 3).toString("utf8") === "\uFEFF" ? "\uFEFF" : "";
  const beside = `${path}.review-${String(process.pid)}`;
  writeFileSync(beside, mark + text, { mode: statSync(path).mode });
  renameSync(beside, path);
}
