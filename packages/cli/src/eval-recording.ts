/** What `review eval --record` keeps beside the answers, so that a replay tells the same: what they took, and what came of those that failed. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EvalRun } from "@review/review/eval";

/** Where one asking of all models is kept. */
export function askingFolder(folder: string, repeat: number): string {
  return join(folder, `asking-${repeat}`);
}

/** Keeps a run. What was answered from an earlier one took its time and its tokens then. */
export function keepRun(folder: string, run: EvalRun): void {
  const path = fileOf(folder, run);
  mkdirSync(askingFolder(folder, run.repeat), { recursive: true });
  writeFileSync(path, JSON.stringify(withEarlier(run, keptRun(folder, run))));
}

/** The run as it was when it was kept, as far as it was: checks are made anew, answers cost and take what they did. */
export function replayed(folder: string, run: EvalRun): EvalRun {
  const kept = keptRun(folder, run);
  if (!kept) return run;
  const before = new Map(kept.cases.map(one => [keyOf(one), one]));
  const cases = run.cases.map(one => {
    const old = before.get(keyOf(one));
    // Nothing was kept of what got no answer, so it has no budget now.
    return old && one.outcome === "budget" ? old : { ...one, ms: old?.ms ?? one.ms };
  });
  return { ...run, cases, usage: kept.usage, spent: kept.spent };
}

function withEarlier(run: EvalRun, earlier: EvalRun | undefined): EvalRun {
  if (!earlier) return run;
  const times = new Map(earlier.cases.map(one => [keyOf(one), one.ms]));
  const cases = run.cases.map(one => ({ ...one, ms: Math.max(one.ms, times.get(keyOf(one)) ?? 0) }));
  return { ...run, cases, usage: sum(earlier.usage, run.usage), spent: sum(earlier.spent, run.spent) };
}

function sum(one: EvalRun["usage"], other: EvalRun["usage"]): EvalRun["usage"] {
  return {
    requests: one.requests + other.requests,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costUsd: one.costUsd === null || other.costUsd === null ? null : one.costUsd + other.costUsd,
    unreported: one.unreported + other.unreported,
  };
}

function keyOf({ fingerprint, kind }: EvalRun["cases"][number]): string {
  return `${kind} ${fingerprint}`;
}

function keptRun(folder: string, run: Pick<EvalRun, "model" | "repeat">): EvalRun | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(folder, run), "utf8")) as EvalRun;
  } catch {
    return undefined;
  }
}

function fileOf(folder: string, { model, repeat }: Pick<EvalRun, "model" | "repeat">): string {
  return join(askingFolder(folder, repeat), `run-${encodeURIComponent(model)}.json`);
}
