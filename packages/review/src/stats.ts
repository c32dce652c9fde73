/** How long the stages of a review took, and what was asked of the compiler. */
import type { ReviewStats } from "./request.ts";
import type { AnalysisRun } from "./run-analysis.ts";

type Phase = keyof ReviewStats["phasesMs"];

export interface Stopwatch {
  /** Waits for a stage and remembers how long it took. */
  time<T>(phase: Phase, stage: T | Promise<T>): Promise<T>;
  phasesMs(): ReviewStats["phasesMs"];
  /** Whole milliseconds since the start. */
  total(): number;
}

export function stopwatch(): Stopwatch {
  const start = performance.now();
  const phases: Record<Phase, number> = { sources: 0, analysis: 0, verification: 0, suggestions: 0 };
  return {
    async time(phase, stage) {
      const begin = performance.now();
      try {
        return await stage;
      } finally {
        phases[phase] += Math.round(performance.now() - begin);
      }
    },
    phasesMs: () => ({ ...phases }),
    total: () => Math.round(performance.now() - start),
  };
}

export function statsOf(run: AnalysisRun, phasesMs: ReviewStats["phasesMs"]): ReviewStats {
  const sum = (value: (outcome: AnalysisRun["outcomes"][number]) => number): number =>
    run.outcomes.reduce((total, outcome) => total + value(outcome), 0);
  return {
    files: sum(outcome => outcome.files.length),
    projects: sum(outcome => outcome.projects),
    questions: sum(outcome => outcome.counters.questions),
    roundTrips: sum(outcome => outcome.counters.roundTrips),
    bytes: sum(outcome => outcome.bytes),
    flows: sum(outcome => outcome.counters.flows),
    flowsGivenUp: sum(outcome => outcome.counters.flowsGivenUp),
    summaries: sum(outcome => outcome.counters.summaries),
    summariesGivenUp: sum(outcome => outcome.counters.summariesGivenUp),
    tasksGivenUp: sum(outcome => outcome.counters.tasksGivenUp),
    slowest: slowestOf(run),
    phasesMs,
  };
}

function slowestOf({ outcomes }: AnalysisRun): ReviewStats["slowest"] {
  const turns = outcomes.flatMap(({ slowest }) => slowest ?? []);
  const [longest] = turns.sort((one, other) => other.ms - one.ms);
  return longest ? { ...longest, ms: Math.round(longest.ms) } : null;
}
