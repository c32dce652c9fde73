/** `--fix`: applies safe fixes, reviews what came of it, and goes on while there is something to fix. */
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { applyFixes, type Finding, type Fix } from "@review/findings";
import type { Report } from "@review/reporters";
import { messageOf } from "./errors.ts";

/** One fix may make another one possible; fixes that undo each other must end some time. */
const MOST_ROUNDS = 10;

export interface Fixed extends Applied {
  /** The review of the files as they are now. */
  readonly report: Report;
}

export interface Applied {
  readonly applied: number;
  /** Files that have fixes and could not be written, with the reason. */
  readonly left: ReadonlyMap<string, string>;
}

export async function fixUntilStable(reviewAgain: () => Promise<Report>, cwd: string): Promise<Fixed> {
  const left = new Map<string, string>();
  let report = await reviewAgain();
  let applied = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const once = applyOnce(report, safeFixOf, cwd, left);
    if (once.applied === 0) break;
    applied += once.applied;
    report = await reviewAgain();
  }
  return { report, applied, left };
}

/** Chooses what of a finding's fixes is applied: none or one. */
export type Choice = (finding: Finding) => readonly Fix[];

/** Applies the chosen fix of each finding of a report; of those in conflict the first. */
export function applyOnce(report: Report, choose: Choice, cwd: string, left: Map<string, string> = new Map()): Applied {
  const fixes = report.findings.flatMap(choose);
  for (const [file, reason] of obstacles(fixes, report.texts, cwd)) left.set(file, reason);
  const writable = fixes.filter(fix => fix.edits.every(edit => !left.has(edit.file)));
  const result = applyFixes(report.texts, writable);
  for (const [file, text] of result.changed) writeText(resolve(cwd, file), text);
  return { applied: result.changed.size === 0 ? 0 : result.applied.length, left };
}

/** A model's fix that compiles and leaves no finding, of which it does not itself say that it changes more. */
export function verifiedFixOf({ fixes, suggestion }: Finding): readonly Fix[] {
  if (suggestion.status !== "verified" || suggestion.reason !== null) return [];
  return fixes.filter(({ origin, verified }) => origin === "model" && verified.rules === true).slice(0, 1);
}

/** A later report with what the model said of the same findings; its edits are left out, since places may have moved. */
export function carriedOver(asked: Report, later: Report): Report {
  const known = new Map(asked.findings.map(({ fingerprint, suggestion }) => [fingerprint, suggestion]));
  const findings = later.findings.map(finding => {
    const suggestion = known.get(finding.fingerprint) ?? finding.suggestion;
    const isStale = suggestion.status === "verified";
    return isStale ? finding : { ...finding, suggestion };
  });
  return { ...later, findings, usage: asked.usage };
}

function safeFixOf({ fixes }: Finding): readonly Fix[] {
  return fixes.filter(fix => fix.safety === "safe" && fix.origin === "rule").slice(0, 1);
}

/** The files that must not or cannot be written: a fix that spans several is then left out as a whole. */
function obstacles(fixes: readonly Fix[], texts: Report["texts"], cwd: string): ReadonlyMap<string, string> {
  const files = new Set(fixes.flatMap(fix => fix.edits.map(edit => edit.file)));
  const found = new Map<string, string>();
  for (const file of files) {
    const reason = obstacle(resolve(cwd, file), texts.get(file));
    if (reason !== undefined) found.set(file, reason);
  }
  return found;
}

function obstacle(path: string, reviewed: string | undefined): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return withoutMark(readFileSync(path, "utf8")) === reviewed ? undefined : "it changed while it was reviewed";
  } catch (error) {
    return messageOf(error);
  }
}

/** In place, so that links, owner and mode stay; with the byte-order mark that reviewed texts are without. */
function writeText(path: string, text: string): void {
  const before = readFileSync(path, "utf8");
  const mark = before.slice(0, before.length - withoutMark(before).length);
  writeFileSync(path, mark + text);
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}
