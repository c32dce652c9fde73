/** Analyses files in one compiler session, as ESLint asks for them. */
import { type Analysis, analyse } from "@review/analysis";
import { type DraftFinding, parseSuppressions, suppress, uniqueFindings } from "@review/findings";
import { type LiveSession, openLiveSession } from "@review/program";
import { catalogue } from "./catalogue.ts";
import type { Answer, Job } from "./job.ts";
import { withKeptSuggestions } from "./kept-suggestions.ts";
import { type LookAhead, lookAhead } from "./look-ahead.ts";
import { nameOf } from "./names.ts";
import { rulesOf } from "./rules-of.ts";
import { tryFixes } from "./try-fixes.ts";
import { watchOver } from "./watch-over.ts";

export interface Analyser {
  /** Opens the project of a configuration before a file of it is asked for. */
  prepare(configFile: string): void;
  analyse(job: Job): Answer;
  /** Makes use of spare time; false when there is nothing to use it for. */
  step(): boolean;
  /** Ends the compiler. */
  close(): void;
}

/** Opens a session; the compiler's process id is told as soon as it runs. Throws when there can be no compiler. */
export function openAnalyser(root: string, onCompiler: (pid: number) => void): Analyser {
  const session = openLiveSession({
    cwd: root,
    onCompiler(pid) {
      if (pid === undefined) return;
      onCompiler(pid);
      watchOver(pid);
    },
  });
  const ahead = lookAhead(session);
  return {
    prepare: configFile => session.prepare(configFile),
    analyse: job => analyseFile(session, ahead, job),
    step: () => ahead.step(),
    close: () => session.close(),
  };
}

function analyseFile(session: LiveSession, ahead: LookAhead, job: Job): Answer {
  const project = session.open(job.path, job.text);
  if (!project) return { kind: "findings", findings: [], failures: [] };
  const { cwd, models } = job;
  const rules = rulesOf(job.ruleIds);
  const analysis =
    ahead.take(job, project) ??
    analyse({ session, projects: [project], rules, models, nameOf: path => nameOf(path, cwd) });
  if (analysis.gone.length > 0) return { kind: "lost", reason: "the compiler crashed" };
  const wanted = new Set(job.ruleIds);
  const shown = unsuppressed(analysis, job.text, wanted).filter(draft => wanted.has(draft.ruleId));
  const offered = withKeptSuggestions(uniqueFindings(shown), job);
  const findings = tryFixes({ session, project, rules, drafts: analysis.drafts, job }, offered);
  const failures = analysis.failures.map(({ ruleId, file, message }) => `${ruleId} failed on ${file}: ${message}`);
  return { kind: "findings", findings, failures };
}

/** What no `review-ignore` hides. ESLint's own comments are left to ESLint, which also tells of those that hide nothing. */
function unsuppressed(
  { drafts, files, failures }: Analysis,
  text: string,
  wanted: ReadonlySet<string>,
): readonly DraftFinding[] {
  const [analysed] = files;
  if (!analysed || analysed.comments.length === 0) return drafts;
  const failed = new Set(failures.map(failure => failure.ruleId));
  const { kept, extra } = suppress(
    drafts,
    { ...parseSuppressions({ text, ...analysed }), eslint: [] },
    new Set([...wanted].filter(id => !failed.has(id))),
    new Set(catalogue().map(card => card.id)),
  );
  return [...kept, ...extra];
}
