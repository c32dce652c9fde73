/** The model that the bot asks, where whoever runs it wants that. No repository can turn it on, nor say whom to ask. */
import { createSuggester } from "@review/suggestions";
import type { Ports } from "@review/review";
import type { PullFacts } from "./github/target.ts";

/** With this label, which only people of the repository can set, a pull request from a fork is told to the model as well. */
const FORK_LABEL = "review:llm";

/** `REVIEW_BOT_SUGGEST=1` turns it on; key, address and model are those of the command line. */
export function suggesterFor(
  variables: Readonly<Record<string, string | undefined>>,
  cacheDir: string | undefined,
  onNote: (text: string) => void,
): ((pull: PullFacts) => Ports["suggester"]) | undefined {
  const { REVIEW_BOT_SUGGEST, REVIEW_BOT_BUDGET, OPENAI_API_KEY, OPENAI_BASE_URL, REVIEW_MODEL } = variables;
  if (REVIEW_BOT_SUGGEST !== "1") return undefined;
  return pull => {
    if (pull.isFork && !pull.labels.includes(FORK_LABEL)) return undefined;
    return createSuggester({
      model: REVIEW_MODEL ?? "gpt-5.4-mini",
      apiKey: OPENAI_API_KEY,
      baseUrl: OPENAI_BASE_URL || undefined,
      budget: { usd: Number(REVIEW_BOT_BUDGET ?? 0.5) },
      cacheDir: cacheDir ?? null,
      onNote,
    });
  };
}
