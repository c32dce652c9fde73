/** `review suggest [FINDING...]`: asks a model about some findings, or shows what it would be asked. */
import type { Report } from "@review/reporters";
import { review, type ReviewRequest } from "@review/review";
import type { BatchActions, Preview, Suggester, SuggestionResult } from "@review/suggestions";
import { messageOf, UsageError } from "./errors.ts";
import { INTERRUPTED } from "./exit-status.ts";
import { interruptible } from "./interrupt.ts";
import { outputsFor, writeReport } from "./output.ts";
import type { ReviewOptions } from "./options.ts";
import { createProgress, type ProgressLine } from "./progress.ts";
import { requestFor, type AskedModel } from "./request-for.ts";
import { keepingFixes, openSuggester } from "./suggester.ts";
import { suggestionNotes } from "./suggestion-notes.ts";
import { openTrials, type Trials } from "./trials.ts";
import { writeOut } from "./write-out.ts";

/** The options of `review suggest` as commander gives them. */
export interface SuggestOptions extends ReviewOptions {
  readonly dryRun?: true;
  readonly batch?: "submit" | "status" | "collect";
  readonly path?: readonly string[];
}

/** Runs it and answers with the exit status. */
export function runSuggest(findings: readonly string[], options: SuggestOptions): Promise<number> {
  return interruptible(async signal => {
    const cwd = process.cwd();
    const { request, suggest } = await requestFor(options.path ?? [], options, cwd, signal);
    const progress = createProgress(options);
    const suggester = openSuggester(options, configFor(options, suggest), cwd, progress);
    const trials = await openTrials(options, cwd, signal, progress.note);
    const only = findings.length > 0 ? findings : undefined;
    const run: Run = { request: { ...request, only }, options, suggester, trials: trials.ports, progress, signal };
    try {
      if (options.batch === "status") await batchStatus(run);
      else if (options.batch === "submit" || options.dryRun) await prepare(run);
      else await askAndReport(run, cwd);
      if (signal.aborted) progress.line("review: interrupted");
      return signal.aborted ? INTERRUPTED : 0;
    } finally {
      progress.clear();
      suggester.close();
      trials.close();
    }
  });
}

type Submitted = Awaited<ReturnType<BatchActions["submit"]>>;

interface Run {
  readonly request: ReviewRequest;
  readonly options: SuggestOptions;
  readonly suggester: Suggester;
  readonly trials: Trials["ports"];
  readonly progress: ProgressLine;
  readonly signal: AbortSignal;
}

/** What has been collected is there already: nothing is asked for beyond it. */
function configFor({ batch }: SuggestOptions, config: AskedModel): AskedModel {
  return batch === "collect" ? { ...config, budget: { ...config.budget, requests: 0 } } : config;
}

async function askAndReport(run: Run, cwd: string): Promise<void> {
  const { options, suggester, progress } = run;
  const outputs = outputsFor(options);
  if (options.batch === "collect") {
    const { answered, failed, open, inputTokens, outputTokens, costUsd } = await atProvider(suggester.batch.collect());
    const cost = costUsd === null ? "cost unknown" : `${dollars(costUsd)} at most`;
    const spent = `${inputTokens} tokens in, ${outputTokens} out, ${cost}`;
    progress.note(`Collected ${answered} answers (${spent}); ${failed} without a usable one, ${open} under way.`);
  }
  const report = await reviewFor(run, suggester);
  await writeReport(report, outputs, options, cwd);
  suggestionNotes(report, options.prove).forEach(progress.note);
}

/** What would be asked is found out; then it is shown, or handed in as a batch. */
async function prepare(run: Run): Promise<void> {
  const previews: Preview[] = [];
  await reviewFor(run, previewing(run.suggester, previews));
  if (run.options.dryRun) return writeOut(previewText(previews));
  await writeOut(handedIn(await atProvider(run.suggester.batch.submit(previews))));
}

/** Prices are those of single requests: a batch takes no more. */
function handedIn({ submitted, known, unaffordable, reason, costUsd, batches }: Submitted): string {
  const names = batches.filter(id => id !== "").join(", ");
  const cost = costUsd === null ? "" : `, ${dollars(costUsd)} at most`;
  const left = unaffordable === 0 ? "" : `${unaffordable} were left out: ${reason ?? "the budget is spent"}.\n`;
  return `Handed in ${submitted} requests${names && ` (${names})`}${cost}; ${known} are answered or under way already.\n${left}`;
}

async function batchStatus({ suggester }: Run): Promise<void> {
  const all = await atProvider(suggester.batch.status());
  await writeOut(
    all.map(({ id, status, requests }) => `${id} ${status}, ${requests} requests\n`).join("") ||
      "No batch is under way.\n",
  );
}

/** A provider that does not do its part is no defect of ours. */
async function atProvider<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const text = messageOf(error).replace(/\bsk-\S+/g, "sk-…");
    throw new UsageError(`The batch endpoint did not answer as it should: ${text}. Nothing is lost: try again.`);
  }
}

async function reviewFor({ request, trials, progress, signal }: Run, suggester: Suggester): Promise<Report> {
  const report = await review(request, {
    signal,
    suggester,
    ...trials,
    ...keepingFixes(request.target.cwd),
    onProgress: progress.show,
    onNote: progress.note,
    onDetail: progress.detail,
  });
  progress.clear();
  return report;
}

/** Asks nobody, and keeps what would have been asked. */
function previewing(suggester: Suggester, previews: Preview[]): Suggester {
  const off = "nothing was sent";
  return {
    ...suggester,
    suggest: requests => {
      previews.push(...suggester.preview(requests));
      const results = requests.map(({ finding: { suggestion } }): SuggestionResult => {
        return { suggestion: { ...suggestion, status: "off", reason: off }, fix: null };
      });
      return Promise.resolve(results);
    },
  };
}

function previewText(previews: readonly Preview[]): string {
  const sent = previews.filter(({ body }) => body !== null);
  return [...previews.map(onePreview), totalOf(sent), ""].join("\n");
}

function onePreview({ request: { finding }, url, body, note, worst, costUsd }: Preview): string {
  const name = `${finding.file} ${finding.ruleId} ${finding.fingerprint.slice(0, 8)}`;
  if (body === null) return `${name}\nNothing would be sent: ${note}.\n`;
  const cost = `at most ${worst.inputTokens} tokens in, ${worst.outputTokens ?? "any number of"} out${inDollars(costUsd)}`;
  const shortened = note === null ? "" : `, ${note} so that it fits the model`;
  return `${name}\nPOST ${url} (${Buffer.byteLength(body)} bytes, ${cost}${shortened})\n${body}\n`;
}

function totalOf(sent: readonly Preview[]): string {
  const input = sent.reduce((sum, { worst }) => sum + worst.inputTokens, 0);
  const output = sent.reduce((sum, { worst }) => sum + (worst.outputTokens ?? 0), 0);
  const costs = sent.map(({ costUsd }) => costUsd);
  const usd = costs.some(cost => cost === null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
  const price = usd === null ? ", cost unknown: no --price, and none in the configuration" : inDollars(usd);
  return [
    `In all ${sent.length} ${sent.length === 1 ? "request" : "requests"}: at most ${input} tokens in, ${output} out${price}.`,
    "A fix that does not stand is asked for again, twice at most; --budget bounds everything. Nothing was sent.",
  ].join("\n");
}

function inDollars(usd: number | null): string {
  return usd === null ? "" : `, ${dollars(usd)}`;
}

function dollars(usd: number): string {
  return `$${usd.toFixed(4)}`;
}
