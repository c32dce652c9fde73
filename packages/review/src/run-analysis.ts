/** Analyses files in a compiler session, and again in others what a crash or a hang of the first left over. */
import type { AnalysisJob, AnalysisOutcome } from "./jobs.ts";
import {
  SessionLost,
  SessionThread,
  STALLED,
  type AnalysisSession,
  type SessionThreadOptions,
} from "./session-thread.ts";

export interface AnalysisRun {
  readonly outcomes: readonly AnalysisOutcome[];
  /** Files that no session could analyse, absolute, with the reason. */
  readonly lost: readonly { readonly path: string; readonly reason: string }[];
  /** The session that analysed everything; undefined where it took several. Close it, or have it rest. */
  readonly thread: AnalysisSession | undefined;
}

/** A file that takes a compiler down is found by halving. Each half costs a session, and a hang costs its whole wait. */
const MOST_SESSIONS = 16;
const COST_OF_A_STALL = 4;

export interface AnalysisOptions extends SessionThreadOptions {
  readonly onNote: (text: string) => void;
  /** A session of a thread that has been used before; whatever a first one has lost goes to new ones. */
  readonly firstThread?: AnalysisSession | undefined;
}

export async function runAnalysis(job: AnalysisJob, options: AnalysisOptions): Promise<AnalysisRun> {
  const outcomes: AnalysisOutcome[] = [];
  const lost: { path: string; reason: string }[] = [];
  const pending: (readonly string[])[] = [job.files];
  let sessions = 0;
  for (let files = pending.shift(); files; files = pending.shift()) {
    const thread = (sessions === 0 ? options.firstThread : undefined) ?? new SessionThread(options);
    const { outcome, reason } = await attempt(thread, { ...job, files });
    if (outcome) outcomes.push(outcome);
    const left = outcome ? leftOver(outcome, files) : files;
    if (left.length === 0 && files === job.files) return { outcomes, lost, thread };
    sessions += thread.isStalled ? COST_OF_A_STALL : 1;
    await thread.close();
    options.signal.throwIfAborted();
    if (left.length === 0) continue;
    options.onNote(
      `The compiler ended before it was done with ${String(left.length)} of ${String(files.length)} files.`,
    );
    if (files.length === 1 || sessions >= MOST_SESSIONS) lost.push(...left.map(path => ({ path, reason })));
    else pending.push(...halves(left, files));
  }
  return { outcomes, lost, thread: undefined };
}

interface Attempt {
  /** If only in part; undefined where the session was lost with everything. */
  readonly outcome?: AnalysisOutcome;
  /** Why files may be left. */
  readonly reason: string;
}

/** Whatever goes wrong in a session costs the files that it has not got to, and no others. */
async function attempt(thread: AnalysisSession, job: AnalysisJob): Promise<Attempt> {
  const reason = (): string => (thread.isStalled ? STALLED : "the compiler crashed");
  try {
    const outcome = await thread.ask("analyse", job);
    return { outcome, reason: reason() };
  } catch (error) {
    if (error instanceof SessionLost) return { reason: reason() };
    return { reason: error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error) };
  }
}

/** The files that a session lost with its compiler, by their absolute paths. */
function leftOver(outcome: AnalysisOutcome, files: readonly string[]): readonly string[] {
  const missing = new Set(outcome.gone);
  return files.filter(path => missing.has(path));
}

/** The first loss may be chance: what is left is tried whole. A second one is the files' own doing. */
function halves(left: readonly string[], files: readonly string[]): readonly (readonly string[])[] {
  if (left.length < files.length || left.length === 1) return [left];
  const middle = Math.ceil(left.length / 2);
  return [left.slice(0, middle), left.slice(middle)];
}
