/** Tries the fixes of a file before they are offered, as the command does: none may break the build or change nothing. */
import { readFileSync } from "node:fs";
import type { Rule } from "@review/analysis";
import type { DraftFinding } from "@review/findings";
import type { LiveSession, OpenProject } from "@review/program";
import { verifyFixes } from "@review/verification";
import type { Job } from "./job.ts";
import { nameOf, pathOf } from "./names.ts";

/** Milliseconds for which the fixes of one file are tried; what is left then is offered untried. */
const BUDGET = 1_000;

interface Trial {
  readonly session: LiveSession;
  readonly project: OpenProject;
  readonly rules: readonly Rule[];
  /** Everything that was found, also what is not shown. */
  readonly drafts: readonly DraftFinding[];
  readonly job: Job;
}

/** The findings without the fixes that failed. Of what a rule proposes the first alternative is the one that is tried. */
export function tryFixes(trial: Trial, findings: readonly DraftFinding[]): readonly DraftFinding[] {
  const { session, project, rules, drafts, job } = trial;
  const candidates = findings.flatMap(finding => {
    const own = finding.fixes.filter(fix => fix.origin === "rule");
    const kept = finding.fixes.filter(fix => fix.origin === "model");
    return [...own.slice(0, 1), ...kept].map(fix => ({ finding, fix }));
  });
  if (candidates.length === 0) return findings;
  const verdicts = verifyFixes(
    {
      session: { api: session.api, projects: [project], withTexts: texts => session.withTexts(texts) },
      rules,
      models: job.models,
      drafts,
      nameOf: path => nameOf(path, job.cwd),
      pathOf: name => pathOf(name, job.cwd),
      textOf: name => textOf(pathOf(name, job.cwd), job),
      deadline: Date.now() + BUDGET,
      now: Date.now,
    },
    candidates,
  );
  const rejected = new Set(
    candidates.filter((_, index) => verdicts[index]?.status === "rejected").map(({ fix }) => fix),
  );
  return findings.map(finding => ({ ...finding, fixes: finding.fixes.filter(fix => !rejected.has(fix)) }));
}

function textOf(path: string, job: Job): string {
  return path === job.path ? job.text : readFileSync(path, "utf8").replace(/^\uFEFF/, "");
}
