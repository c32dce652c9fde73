/** The model that `--suggest` asks, from the environment and the options. */
import { homedir } from "node:os";
import { join } from "node:path";
import { createSuggester, type Suggester } from "@review/suggestions";
import { UsageError } from "./errors.ts";
import type { ReviewOptions } from "./program.ts";

/** What OpenAI itself is asked for where nobody names a model; other servers have names of their own. */
const DEFAULT_MODEL = "gpt-5.4-mini";

/** Throws a `UsageError` when it is not said which model. */
export function openSuggester(options: ReviewOptions): Suggester {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, REVIEW_MODEL } = process.env;
  const baseUrl = OPENAI_BASE_URL === "" ? undefined : OPENAI_BASE_URL;
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
      budget: options.budget === undefined ? undefined : { usd: options.budget },
      language: options.language,
      cacheDir: join(cacheFolder(), "suggestions"),
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`OPENAI_BASE_URL is no address: ${error.message}`);
    throw error;
  }
}

/** The user's own cache folder; deleting it is always safe. */
function cacheFolder(): string {
  const { REVIEW_CACHE_DIR, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (REVIEW_CACHE_DIR) return REVIEW_CACHE_DIR;
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "review");
  return join(XDG_CACHE_HOME ?? join(homedir(), ".cache"), "review");
}
