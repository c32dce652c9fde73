/** Puts together what a reporter is given. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Finding } from "@review/findings";
import { compilerVersion } from "@review/program/compiler-version";
import type { Incomplete, Report, RuleDescriptor } from "@review/reporters";
import type { Sources } from "@review/source";
import type { Usage } from "@review/suggestions";
import { relativeTo } from "./paths.ts";
import type { ReviewRequest } from "./request.ts";
import type { AnalysisRun } from "./run-analysis.ts";
import { version } from "./version.ts";

export interface ReportParts {
  readonly request: ReviewRequest;
  readonly sources: Sources;
  readonly run: AnalysisRun;
  readonly rules: readonly RuleDescriptor[];
  readonly findings: readonly Finding[];
  readonly usage: Usage | undefined;
  readonly durationMs: number;
}

export function asReport({ request, sources, run, rules, findings, usage, durationMs }: ReportParts): Report {
  const { cwd } = request.target;
  const analysed = new Set(run.outcomes.flatMap(outcome => outcome.files.map(({ file }) => file)));
  return {
    tool: { name: "review", version, typescript: compilerVersion },
    findings,
    summary: {
      files: sources.files.length + sources.skipped.length,
      analysed: analysed.size,
      skipped: sources.skipped,
      incomplete: incompleteOf(run, cwd),
      durationMs,
    },
    usage: {
      requests: usage?.requests ?? 0,
      inputTokens: usage?.inputTokens ?? 0,
      outputTokens: usage?.outputTokens ?? 0,
      costUsd: usage?.costUsd ?? null,
      unreported: usage?.unreported,
    },
    rules,
    texts: textsOf(findings, sources, cwd),
  };
}

function incompleteOf(run: AnalysisRun, cwd: string): readonly Incomplete[] {
  const found = [
    ...run.lost.map(({ path, reason }) => ({ file: relativeTo(cwd, path), reason })),
    ...run.outcomes.flatMap(outcome => [
      ...outcome.problems.map(({ file, reason }) => ({ file: relativeTo(cwd, file), reason })),
      ...outcome.missing,
      ...outcome.failures.map(({ file, ruleId, message }) => ({
        file,
        reason: `the rule ${ruleId} failed: ${message}`,
      })),
    ]),
  ];
  const unique = new Map(found.map(entry => [`${entry.file}\0${entry.reason}`, entry]));
  return [...unique.values()].sort((left, right) => (left.file < right.file ? -1 : left.file > right.file ? 1 : 0));
}

/** The text of every file that is shown; one that cannot be read any more is shown without its code. */
function textsOf(findings: readonly Finding[], sources: Sources, cwd: string): ReadonlyMap<string, string> {
  const known = new Map(sources.files.map(source => [source.file, source.text]));
  const texts = new Map<string, string>();
  for (const { file, evidence, fixes } of findings) {
    const names = [file, ...evidence.map(fact => fact.file), ...fixes.flatMap(fix => fix.edits.map(edit => edit.file))];
    for (const name of names) {
      if (!texts.has(name)) texts.set(name, known.get(name) ?? readText(resolve(cwd, name)));
    }
  }
  return texts;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return "";
  }
}
