/** The model that `--suggest` asks, from the environment and the options. */
import { join } from "node:path";
import { createSuggester, type Suggester } from "@review/suggestions";
import { cacheFolder } from "./cache-folder.ts";
import { UsageError } from "./errors.ts";
import type { ReviewOptions } from "./options.ts";

/** What OpenAI itself is asked for where nobody names a model; other servers have names of their own. */
const DEFAULT_MODEL = "gpt-5.4-mini";

/** Throws a `UsageError` when it is not said which model, or where it is cannot be understood. */
export function openSuggester(options: ReviewOptions, cwd: string, onNote: (text: string) => void): Suggester {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, REVIEW_MODEL } = process.env;
  const baseUrl = OPENAI_BASE_URL || undefined;
  const model = options.model ?? (REVIEW_MODEL || undefined) ?? (baseUrl === undefined ? DEFAULT_MODEL : undefined);
  if (model === undefined) {
    throw new UsageError(
      `--suggest does not know a model of ${String(baseUrl)}: add --model NAME or set REVIEW_MODEL.`,
    );
  }
  try {
    return createSuggester({
      model,
      apiKey: OPENAI_API_KEY,
      baseUrl,
      attemptMs: options.modelTimeout === undefined ? undefined : options.modelTimeout * 1_000,
      budget: options.budget === undefined ? undefined : { usd: options.budget },
      language: options.language,
      cacheDir: join(cacheFolder(cwd), "suggestions"),
      onNote,
    });
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UsageError(`OPENAI_BASE_URL is no address of a server: ${error.message}`);
    }
    throw error;
  }
}
