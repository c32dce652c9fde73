/** `review [PATH...]`: from options to a report and an exit status. */
import type { Report } from "@review/reporters";
import { review, type Ports, type ReviewRequest, type ReviewStats } from "@review/review";
import { UsageError } from "./errors.ts";
import { exitStatus, INTERRUPTED } from "./exit-status.ts";
import { applyOnce, carriedOver, fixUntilStable, verifiedFixOf } from "./fix.ts";
import { interruptible } from "./interrupt.ts";
import { checkOutputs, outputsFor, writeReport } from "./output.ts";
import type { ReviewOptions } from "./options.ts";
import { createProgress, type ProgressLine } from "./progress.ts";
import { requestFor, type Asked, type AskedModel } from "./request-for.ts";
import { suggestionNotes } from "./suggestion-notes.ts";
import { openTrials } from "./trials.ts";

/** Runs one review and writes its report; answers with the exit status. */
export function runReview(paths: readonly string[], options: ReviewOptions): Promise<number> {
  return interruptible(async signal => {
    const cwd = process.cwd();
    const outputs = outputsFor(options);
    checkOutputs(outputs, cwd);
    if (options.prove && !isModelAsked(options)) throw new UsageError("--prove goes with --suggest: add --suggest.");
    const asked = await requestFor(paths, options, cwd, signal);
    const progress = createProgress(options);
    const report = await reviewWith(asked, options, signal, progress);
    await writeReport(report, outputs, options, cwd);
    for (const note of isModelAsked(options) ? suggestionNotes(report, options.prove) : []) progress.note(note);
    if (signal.aborted) {
      progress.line("review: interrupted");
      return INTERRUPTED;
    }
    return exitStatus(report, {
      failOn: options.failOn ?? "error",
      maxWarnings: options.maxWarnings,
      requireSuggestions: options.requireSuggestions === true,
    });
  });
}

function isModelAsked({ suggest, fixVerified }: ReviewOptions): boolean {
  return suggest === true || fixVerified === true;
}

async function reviewWith(
  { request, suggest }: Asked,
  options: ReviewOptions,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<Report> {
  const { cwd } = request.target;
  const { suggester, onVerifiedEdit } = await openModel(options, suggest, cwd, progress);
  const trials = await openTrials(options, cwd, signal, progress.note);
  let stats: ReviewStats | undefined;
  const ports: Ports = {
    signal,
    ...trials.ports,
    onVerifiedEdit,
    onProgress: progress.show,
    onNote: progress.note,
    onDetail: progress.detail,
    ...(options.stats ? { onStats: (latest: ReviewStats) => (stats = latest) } : {}),
  };
  try {
    const fixed = options.fix || options.fixVerified ? await fix(request, ports, progress) : undefined;
    // Only what is left in the end is worth a question to the model.
    const asked = fixed && !suggester ? fixed : await review(request, { ...ports, suggester });
    // Whoever interrupts the model still gets the findings; nothing is written into files any more.
    return options.fixVerified && !signal.aborted ? await fixVerified(asked, request, ports, progress) : asked;
  } finally {
    progress.clear();
    suggester?.close();
    trials.close();
    if (stats) progress.line(`review-stats: ${JSON.stringify(stats)}`);
  }
}

/** What asks a model takes as long to load as all the rest, so only that waits for it which needs one. */
async function openModel(
  options: ReviewOptions,
  suggest: AskedModel,
  cwd: string,
  progress: ProgressLine,
): Promise<Pick<Ports, "suggester" | "onVerifiedEdit">> {
  if (!isModelAsked(options)) return {};
  const { keepingFixes, openSuggester } = await import("./suggester.ts");
  return { suggester: openSuggester(options, suggest, cwd, progress), ...keepingFixes(cwd) };
}

/** Applies the model's fixes that stood every check; what it said of the findings that are left stays. */
async function fixVerified(
  asked: Report,
  request: ReviewRequest,
  ports: Ports,
  progress: ProgressLine,
): Promise<Report> {
  const { applied, left } = applyOnce(asked, verifiedFixOf, request.target.cwd);
  progress.note(applied === 1 ? "Applied 1 fix of the model." : `Applied ${applied} fixes of the model.`);
  for (const [file, reason] of left) progress.note(`Left ${file} as it is: ${reason}.`);
  return applied === 0 ? asked : carriedOver(asked, await review(request, ports));
}

async function fix(request: ReviewRequest, ports: Ports, progress: ProgressLine): Promise<Report> {
  const { report, applied, left } = await fixUntilStable(() => review(request, ports), request.target.cwd);
  progress.note(applied === 1 ? "Applied 1 fix." : `Applied ${applied} fixes.`);
  for (const [file, reason] of left) progress.note(`Left ${file} as it is: ${reason}.`);
  return report;
}
