/** The model that `--suggest` asks, from the environment and the options. */
import { join } from "node:path";
import { cacheFolder, keepFix } from "@review/cache";
import type { Ports, SuggestConfig } from "@review/review";
import { createSuggester, proxiesIn, type Suggester, type SuggesterSettings } from "@review/suggestions";
import { UsageError } from "./errors.ts";
import type { ReviewOptions } from "./options.ts";
import type { ProgressLine } from "./progress.ts";
import type { AskedModel } from "./request-for.ts";

/** What the command line says of a model. */
export type ModelOptions = Pick<ReviewOptions, "model" | "modelTimeout" | "budget" | "price" | "language">;

/** What OpenAI itself is asked for where nobody names a model; other servers have names of their own. */
const DEFAULT_MODEL = "gpt-5.4-mini";

/** Throws a `UsageError` when it is not said which model, or where it is cannot be understood. */
export function openSuggester(
  options: ModelOptions,
  config: AskedModel,
  cwd: string,
  { note: onWarning, detail: onNote }: Pick<ProgressLine, "note" | "detail">,
  cacheDir: string = join(cacheFolder(cwd), "suggestions"),
): Suggester {
  const { OPENAI_API_KEY, OPENAI_BASE_URL } = process.env;
  const baseUrl = OPENAI_BASE_URL || undefined;
  const model = modelFor(options, config, baseUrl);
  try {
    return createSuggester({
      model,
      apiKey: OPENAI_API_KEY,
      proxies: proxiesIn(process.env),
      baseUrl,
      attemptMs: options.modelTimeout === undefined ? undefined : options.modelTimeout * 1_000,
      ...spending(options, config, model),
      language: options.language ?? config.language,
      concurrency: config.concurrency,
      outputTokens: config.outputTokens,
      contextTokens: config.contextTokens,
      allowApiChange: config.allowApiChange,
      cacheDir,
      onNote,
      onWarning,
    });
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UsageError(`OPENAI_BASE_URL is no address of a server: ${error.message}`);
    }
    throw error;
  }
}

/** Keeps the edits that stood every check where the editor looks for them. */
export function keepingFixes(cwd: string): Pick<Ports, "onVerifiedEdit"> {
  const cache = cacheFolder(cwd);
  return { onVerifiedEdit: edit => keepFix(cache, edit) };
}

function modelFor(options: ModelOptions, config: SuggestConfig, baseUrl: string | undefined): string {
  const named = options.model ?? (process.env["REVIEW_MODEL"] || undefined) ?? config.model;
  if (named !== undefined) return named;
  if (baseUrl === undefined) return DEFAULT_MODEL;
  throw new UsageError(`--suggest does not know a model of ${baseUrl}: add --model NAME or set REVIEW_MODEL.`);
}

/** What the command line says wins over the configuration, each for itself. */
function spending(
  options: ModelOptions,
  config: SuggestConfig,
  model: string,
): Pick<SuggesterSettings, "budget" | "price"> {
  const usd = options.budget === undefined ? {} : { usd: options.budget };
  return { budget: { ...config.budget, ...usd }, price: options.price ?? config.prices?.[model] };
}
