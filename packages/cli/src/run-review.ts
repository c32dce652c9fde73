/** `review [PATH...]`: from options to a report and an exit status. */
import type { Report } from "@review/reporters";
import { review, type Ports, type ReviewRequest } from "@review/review";
import { UsageError } from "./errors.ts";
import { exitStatus } from "./exit-status.ts";
import { fixUntilStable } from "./fix.ts";
import { openInterrupt } from "./interrupt.ts";
import { outputsFor, writeReport } from "./output.ts";
import type { ReviewOptions } from "./program.ts";
import { createProgress } from "./progress.ts";
import { openSuggester } from "./suggester.ts";

/** Runs one review and writes its report; answers with the exit status. */
export async function runReview(paths: readonly string[], options: ReviewOptions): Promise<number> {
  const cwd = process.cwd();
  const outputs = outputsFor(options);
  const request = await requestFor(paths, options, cwd);
  const interrupt = openInterrupt();
  const progress = createProgress(options);
  const suggester = options.suggest ? openSuggester(options) : undefined;
  const ports: Ports = {
    signal: interrupt.signal,
    suggester,
    onProgress: progress.show,
    onNote: progress.note,
    ...(options.stats ? { onStats: stats => progress.line(`review-stats: ${JSON.stringify(stats)}`) } : {}),
  };
  try {
    const report = options.fix ? await fixed(request, ports, cwd, progress.note) : await review(request, ports);
    progress.clear();
    await writeReport(report, outputs, options, cwd);
    if (suggester) progress.line(spent(report));
    return exitStatus(report, {
      failOn: options.failOn,
      maxWarnings: options.maxWarnings,
      requireSuggestions: options.requireSuggestions === true,
    });
  } finally {
    progress.clear();
    suggester?.close();
    interrupt.close();
  }
}

async function fixed(request: ReviewRequest, ports: Ports, cwd: string, note: (text: string) => void): Promise<Report> {
  const { report, applied } = await fixUntilStable(() => review(request, ports), cwd);
  note(applied === 1 ? "Applied 1 fix." : `Applied ${String(applied)} fixes.`);
  return report;
}

async function requestFor(paths: readonly string[], options: ReviewOptions, cwd: string): Promise<ReviewRequest> {
  const failOn = options.failOn === "info" ? "info" : "warning";
  const severity = options.severity ?? failOn;
  return {
    target: options.stdin ? await stdinTarget(paths, options, cwd) : pathsTarget(paths, options, cwd),
    rules: {
      only: options.rule,
      skip: options.skipRule,
      preset: severity === "info" ? "refactor" : "recommended",
    },
    severity,
    project: options.project,
  };
}

function pathsTarget(paths: readonly string[], options: ReviewOptions, cwd: string): ReviewRequest["target"] {
  if (options.stdinFilename !== undefined) throw new UsageError("--stdin-filename goes with --stdin: add --stdin.");
  return { kind: "paths", paths: paths.length > 0 ? paths : ["."], cwd };
}

async function stdinTarget(
  paths: readonly string[],
  options: ReviewOptions,
  cwd: string,
): Promise<ReviewRequest["target"]> {
  const [path] = paths;
  if (path !== undefined)
    throw new UsageError(`--stdin reviews standard input alone: leave out ${JSON.stringify(path)}.`);
  if (options.stdinFilename === undefined) {
    throw new UsageError("--stdin needs to know what it reads: add --stdin-filename src/name.ts.");
  }
  if (options.fix) throw new UsageError("--fix writes files, and --stdin has none: use one of them.");
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  return { kind: "stdin", fileName: options.stdinFilename, text, cwd };
}

function spent({ usage }: Report): string {
  const cost = usage.costUsd === null ? "cost unknown" : `$${usage.costUsd.toFixed(4)}`;
  return `Model: ${String(usage.requests)} requests, ${String(usage.inputTokens)} tokens in, ${String(usage.outputTokens)} out, ${cost}.`;
}
