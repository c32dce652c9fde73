/** Reviews files as they are saved, one at a time and all in one compiler session. */
import type { Report } from "@review/reporters";
import { collectSources } from "@review/source";
import type { AnalysisJob } from "./jobs.ts";
import type { Ports, ReviewRequest } from "./request.ts";
import { review, reviewIn, type SessionSource } from "./review.ts";
import { runAnalysis, type AnalysisRun } from "./run-analysis.ts";
import { SessionThread } from "./session-thread.ts";

export interface LiveReview {
  /** The files that the request leads to now, absolute, with '/' separators. */
  files(): Promise<readonly string[]>;
  /** Reviews one of them as it stands on disk, as `review` does; call it again when this has ended. */
  review(file: string): Promise<Report>;
  /** Forgets all that was read, and reviews everything; if that succeeds, what comes after goes by this request. */
  renew(request: LiveReviewRequest): Promise<Report>;
  /** Ends the compiler. */
  close(): Promise<void>;
}

/** What is reviewed, and how; files are read with their own projects. */
export interface LiveReviewRequest extends Omit<ReviewRequest, "project"> {
  readonly target: Extract<ReviewRequest["target"], { readonly kind: "paths" }>;
}

/** The compiler starts with the first file, and again after a crash. */
export function openLiveReview(request: LiveReviewRequest, ports: Ports): LiveReview {
  const session = keptSession();
  let current = request;
  return {
    files: async () => (await collectSources(current.target, current.sources)).files.map(source => source.path),
    review: file => reviewIn(session, { ...current, target: { ...current.target, paths: [file] } }, ports),
    renew: async next => {
      await session.close();
      const report = await review(next, ports);
      current = next;
      return report;
    },
    close: () => session.close(),
  };
}

function keptSession(): SessionSource & Pick<LiveReview, "close"> {
  let kept: SessionThread | undefined;
  const close = async (): Promise<void> => {
    const thread = kept;
    kept = undefined;
    await thread?.close();
  };
  return {
    async analyse(job, options) {
      kept ??= new SessionThread(options);
      const run = await analyseIn(kept, job);
      if (run) return run;
      await close();
      options.signal.throwIfAborted();
      // A file that takes a compiler down does so alone.
      return runAnalysis(job, options);
    },
    release: async ({ thread }) => (thread === kept ? undefined : thread?.close()),
    close,
  };
}

/** Undefined where the session was lost with the file. */
async function analyseIn(thread: SessionThread, job: AnalysisJob): Promise<AnalysisRun | undefined> {
  try {
    const outcome = await thread.ask("analyse", { ...job, isLive: true });
    return outcome.gone.length === 0 ? { outcomes: [outcome], lost: [], thread } : undefined;
  } catch {
    return undefined;
  }
}
