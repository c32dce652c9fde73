/** Reviews many bugs at little cost: the trees of a batch share one compiler, and two batches run at once. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review, type ReviewRequest } from "@review/review";
import type { Bug } from "./bugs.ts";
import { resultsOf, type BugResult } from "./results.ts";
import { stage } from "./stage.ts";

export interface RunOptions {
  readonly corpus: string;
  /** The folder that gets a file `<id>.json` of each bug. */
  readonly out: string;
  /** What is asked of every review. */
  readonly request: Pick<ReviewRequest, "rules" | "severity">;
  /** Bugs whose trees one compiler holds. */
  readonly batch: number;
  /** Batches that run at the same time. */
  readonly workers: number;
  readonly onProgress: (line: string) => void;
}

/** Reviews all bugs and writes their results; one that cannot be reviewed gets a result that says so. */
export async function runBugs(bugs: readonly Bug[], options: RunOptions): Promise<void> {
  mkdirSync(options.out, { recursive: true });
  const batches = batchesOf(bugs, options.batch);
  const started = performance.now();
  let done = 0;
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const results = await reviewBatch(batch, options);
      for (const [id, result] of results) writeFileSync(join(options.out, `${id}.json`), JSON.stringify(result));
      done += batch.length;
      const seconds = Math.round((performance.now() - started) / 1000);
      options.onProgress(`${done} of ${bugs.length} bugs, ${seconds} s`);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
}

/** Groups of neighbours; the last one may be smaller. */
export function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

async function reviewBatch(
  bugs: readonly Bug[],
  { corpus, request }: RunOptions,
): Promise<ReadonlyMap<string, BugResult>> {
  const cwd = mkdtempSync(join(tmpdir(), "review-real-bugs-"));
  try {
    const paths = bugs.flatMap(bug => stage(bug, corpus, cwd));
    const report = await review(
      { ...request, target: { kind: "paths", cwd, paths }, verify: false },
      { signal: new AbortController().signal },
    );
    return resultsOf(bugs, report);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
