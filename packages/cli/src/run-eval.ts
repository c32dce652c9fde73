/** `review eval [PATH...]`: scores models on the findings of some code. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Ports, ReviewRequest } from "@review/review";
import { evaluateOnce, summarise, type EvalRun } from "@review/review/eval";
import type { Suggester } from "@review/suggestions";
import { UsageError } from "./errors.ts";
import { CORPORA, openCorpus, type Corpus } from "./eval-corpus.ts";
import { askingFolder, keepRun, replayed } from "./eval-recording.ts";
import { feedbackScores } from "./eval-feedback.ts";
import { evalHtml, evalJson, evalText } from "./eval-report.ts";
import { interruptible } from "./interrupt.ts";
import type { ReviewOptions } from "./options.ts";
import { createProgress } from "./progress.ts";
import { requestFor, type AskedModel } from "./request-for.ts";
import { openSuggester } from "./suggester.ts";
import { openTrials } from "./trials.ts";
import { writeOut } from "./write-out.ts";

/** The options of `review eval` as commander gives them. */
export interface EvalOptions extends Omit<ReviewOptions, "model"> {
  readonly model?: readonly string[];
  readonly repeat?: number;
  readonly record?: string;
  readonly replay?: string;
  readonly corpus?: (typeof CORPORA)[number];
  readonly limit?: number;
  readonly feedback?: string;
}

/** Asks every model as often as is wanted, one after the other, and writes the scores. */
export async function runEval(paths: readonly string[], options: EvalOptions): Promise<number> {
  if (options.feedback !== undefined) {
    await writeOut(feedbackScores(options.feedback, process.cwd(), options.format));
    return 0;
  }
  return interruptible(async signal => {
    const cwd = process.cwd();
    const outputs = (options.output ?? []).map(outputOf);
    if (options.record !== undefined && options.replay !== undefined) {
      throw new UsageError("--record asks and --replay does not: use one of them.");
    }
    const scratch = mkdtempSync(join(tmpdir(), "review-eval-"));
    try {
      const evaluation = summarise(await askAll(paths, options, signal, scratch));
      for (const { format, file } of outputs) {
        writeFileSync(resolve(cwd, file), format === "html" ? evalHtml(evaluation) : evalJson(evaluation));
      }
      await writeOut(options.format === "json" ? evalJson(evaluation) : evalText(evaluation));
      return 0;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}

async function askAll(
  paths: readonly string[],
  options: EvalOptions,
  signal: AbortSignal,
  scratch: string,
): Promise<readonly EvalRun[]> {
  const cwd = process.cwd();
  const { model: models = [undefined], ...shared } = options;
  const { request, suggest } = await requestFor(paths, shared, cwd, signal);
  const progress = createProgress(options);
  const trials = await openTrials(options, cwd, signal, progress.note);
  const ports = { signal, onProgress: progress.show, onNote: progress.note, onDetail: progress.detail };
  let corpus: Awaited<ReturnType<typeof corpusFor>>;
  const folder = resolve(cwd, options.record ?? options.replay ?? scratch);
  const runs: EvalRun[] = [];
  try {
    corpus = await corpusFor(paths, options, request, ports);
    for (const { model, name, config } of modelsOf(models, options, suggest)) {
      const one = { ...shared, ...(model === undefined ? {} : { model }) };
      for (let repeat = 1; repeat <= (options.repeat ?? 1); repeat++) {
        // Each asking has answers of its own: the second one is to be independent of the first.
        const suggester = openSuggester(one, config, cwd, progress, askingFolder(folder, repeat));
        const asking = { request, ports: { ...ports, ...trials.ports }, suggester, model: name, repeat };
        const run = await (corpus ? askAboutPairs(corpus, asking) : askAbout(asking));
        if (options.record !== undefined) keepRun(folder, run);
        runs.push(options.replay === undefined ? run : replayed(folder, run));
        suggester.close();
        progress.clear();
      }
    }
    return runs;
  } finally {
    progress.clear();
    trials.close();
    corpus?.close();
  }
}

interface AskedOne {
  readonly model: string | undefined;
  /** What it is called in the report. */
  readonly name: string;
  readonly config: AskedModel;
}

function modelsOf(
  models: readonly (string | undefined)[],
  { replay }: EvalOptions,
  suggest: AskedModel,
): readonly AskedOne[] {
  // What was kept is all that a replay has.
  const config = replay === undefined ? suggest : { ...suggest, budget: { requests: 0 } };
  const standard = (process.env["REVIEW_MODEL"] || config.model) ?? "default";
  return models.map(model => ({ model, name: model ?? standard, config }));
}

function corpusFor(
  paths: readonly string[],
  { corpus = "findings", limit, prove }: EvalOptions,
  request: ReviewRequest,
  ports: Ports,
): Promise<Corpus | undefined> {
  if (!CORPORA.includes(corpus)) throw new UsageError(`--corpus takes one of ${CORPORA.join(", ")}.`);
  if (corpus === "findings" && limit === undefined) return Promise.resolve(undefined);
  if (corpus === "findings") throw new UsageError("--limit goes with --corpus twins or mutations.");
  if (prove) throw new UsageError("--prove tries the tree as it is, and --corpus makes another: use one of them.");
  return openCorpus({ kind: corpus, paths, request, limit, ports });
}

interface AskOnce extends Pick<EvalRun, "model" | "repeat"> {
  readonly request: ReviewRequest;
  readonly ports: Ports;
  readonly suggester: Suggester;
}

function askAbout({ request, ports, suggester, ...one }: AskOnce): Promise<EvalRun> {
  return evaluateOnce(request, ports, suggester, one);
}

/** About the bugs, and then about the same places without them: whoever repairs those as well believes anything. */
async function askAboutPairs(
  { request, pairs, cases, falseCases, lay }: Corpus,
  { ports, suggester, ...one }: AskOnce,
): Promise<EvalRun> {
  const wanted = new Set(cases.map(({ fingerprint }) => fingerprint));
  const asking = { model: one.model, repeat: one.repeat, pairs };
  lay("bug");
  const bugs = await evaluateOnce(
    request,
    { ...ports, select: found => Promise.resolve(found.filter(({ fingerprint }) => wanted.has(fingerprint))) },
    suggester,
    asking,
  );
  lay("clean");
  const clean = await evaluateOnce(
    { ...request, verify: false },
    { ...ports, select: () => Promise.resolve(falseCases) },
    suggester,
    { ...asking, kind: "clean" },
  );
  return { ...bugs, cases: [...bugs.cases, ...clean.cases], spent: clean.spent };
}

function outputOf(value: string): { readonly format: "html" | "json"; readonly file: string } {
  const [, format, file] = /^(html|json)=(.+)$/.exec(value) ?? [];
  if (file === undefined || (format !== "html" && format !== "json")) {
    throw new UsageError(`--output ${JSON.stringify(value)} names no format: write html=FILE or json=FILE.`);
  }
  return { format, file };
}
