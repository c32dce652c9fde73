/** The sentence: what a review does, in its order. */
import { resolve } from "node:path";
import type { Finding } from "@review/findings";
import type { Report } from "@review/reporters";
import { collectSources, type Sources } from "@review/source";
import { asReport } from "./as-report.ts";
import { findingsNamed, judgeFindings } from "./judge-findings.ts";
import { slashed } from "./paths.ts";
import type { Ports, ReviewRequest } from "./request.ts";
import { runAnalysis, type AnalysisRun } from "./run-analysis.ts";
import { selectRules, severitiesIn } from "./select-rules.ts";
import { statsOf, stopwatch } from "./stats.ts";
import { suggestTo } from "./suggest-to.ts";
import { tellCauses } from "./tell-causes.ts";
import { proveTogether, verifyOwnFixes } from "./verify-own-fixes.ts";

/**
 * Reviews one request. Every face calls this and nothing below it. Rejects with a `RequestError` or `SourceError` for a
 * request that cannot be met, and with the signal's reason when it is aborted; everything else is in the report.
 */
export function review(request: ReviewRequest, ports: Ports): Promise<Report> {
  return reviewIn(ownSession, request, ports);
}

/** Where the compiler session of a review comes from, and what becomes of it afterwards. */
export interface SessionSource {
  readonly analyse: typeof runAnalysis;
  readonly release: (run: AnalysisRun) => Promise<void>;
}

const ownSession: SessionSource = { analyse: runAnalysis, release: async run => run.thread?.close() };

/** The same in a session that may be kept for the next review. */
export async function reviewIn(session: SessionSource, request: ReviewRequest, ports: Ports): Promise<Report> {
  const watch = stopwatch();
  const rules = selectRules(request.rules ?? {});
  const severities = severitiesIn(request.rules ?? {}, request.target.cwd);
  const sources = await watch.time("sources", collectSources(request.target, request.sources ?? {}));
  const run = await watch.time(
    "analysis",
    analyseSources(session, request, ports, {
      sources,
      ruleIds: rules.map(rule => rule.id),
    }),
  );
  try {
    const all = judgeFindings(run.outcomes, sources, severities, request.severity ?? "warning", request.formerPaths);
    const named = request.only ? findingsNamed(all, request.only) : all;
    const beside = besideIn(run, session);
    const chosen = ports.select ? await ports.select(named, (...asked) => reviewIn(beside, ...asked)) : named;
    const found = await tellCauses(chosen, run.thread, ports, sources, request.target.cwd);
    const tried = await watch.time(
      "verification",
      request.verify === false ? found : verifyOwnFixes(found, run.thread, ports),
    );
    const findings: readonly Finding[] = await watch.time(
      "suggestions",
      suggestTo(tried, run.thread, ports, request.target),
    );
    await proveTogether(findings, run.thread, ports);
    ports.onStats?.(statsOf(run, watch.phasesMs()));
    return asReport({
      request,
      sources,
      run,
      rules,
      findings,
      usage: ports.suggester?.usage(),
      durationMs: watch.total(),
    });
  } finally {
    await session.release(run);
  }
}

/** A thread that has loaded the rules serves a second review as well, while the first one waits. */
function besideIn({ thread }: AnalysisRun, session: SessionSource): SessionSource {
  if (!thread) return session;
  return {
    analyse: async (job, options) => {
      const firstThread = await thread.beside(options).catch(() => undefined);
      return runAnalysis(job, { ...options, firstThread });
    },
    release: ownSession.release,
  };
}

interface Chosen {
  readonly sources: Sources;
  readonly ruleIds: readonly string[];
}

async function analyseSources(
  session: SessionSource,
  { target, project, models = [] }: ReviewRequest,
  ports: Ports,
  { sources, ruleIds }: Chosen,
): Promise<AnalysisRun> {
  const texts = target.kind === "stdin" ? new Map(sources.files.map(source => [source.path, source.text])) : undefined;
  const total = sources.files.length;
  const job = {
    cwd: target.cwd,
    files: sources.files.map(source => source.path),
    project: absolute(target.cwd, project),
    texts,
    ruleIds,
    models,
    measure: ports.onStats !== undefined,
  };
  if (total === 0) return { outcomes: [], lost: [], thread: undefined };
  const run = await session.analyse(job, {
    signal: ports.signal,
    stallMs: ports.stallMs ?? 120_000,
    onCompiler: ports.onCompiler,
    onProgress: done => ports.onProgress?.({ phase: "analysis", done, total }),
    onNote: text => ports.onNote?.(text),
  });
  for (const note of run.outcomes.flatMap(outcome => outcome.notes)) ports.onNote?.(note.message);
  for (const failure of run.outcomes.flatMap(outcome => outcome.failures)) ports.onDetail?.(failure.stack);
  return run;
}

function absolute(cwd: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : slashed(resolve(cwd, path));
}
