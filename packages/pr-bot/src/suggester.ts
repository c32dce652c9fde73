/** The model that the bot asks, where whoever runs it wants that. No repository can turn it on, nor say whom to ask. */
import { join, resolve } from "node:path";
import { createSuggester, proxiesIn, type Budget, type Price, type Proxies, type Usage } from "@review/suggestions";
import type { Ports } from "@review/review";
import { UsageError } from "./errors.ts";
import type { PullFacts } from "./github/target.ts";
import type { ReportedFinding } from "./plan/reported.ts";
import { unansweredInWords } from "./words/usage.ts";

/** With this label, which only people of the repository can set, a pull request from a fork is told to the model as well. */
const FORK_LABEL = "review:llm";

/** What one review may spend where nobody says otherwise; dollars count only where the price is known. */
const USD_A_REVIEW = 0.5;
const TOKENS_A_REVIEW = 400_000;

export interface ModelSettings {
  readonly model: string;
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly proxies: Proxies;
  /** Where answers are kept for the next push; null: nowhere. */
  readonly cacheDir: string | null;
  readonly price: Price | undefined;
  /** What the model takes in all; learnt from what the server says unless given. */
  readonly contextTokens: number | undefined;
  readonly perReview: Budget;
  /** For all reviews of an account together; empty: not bounded. */
  readonly perDay: Budget;
}

/** What several reviews may spend together. */
export interface Purse {
  /** Takes out what one review may spend at most, or what is left. */
  readonly take: (most: Budget) => Promise<Grant>;
}

export interface Grant {
  readonly budget: Budget;
  /** What readers are told when it did not suffice, where it is less than a review may spend. */
  readonly shortage: string | undefined;
  /** Puts back what was not spent. */
  readonly settle: (usage: Usage) => Promise<void>;
}

/** A model for one review. */
export interface ReviewModel {
  /** Absent where there is nothing left to spend. */
  readonly suggester: Ports["suggester"];
  /** What whoever reads the review has to know of it. */
  readonly notes: (findings: readonly ReportedFinding[]) => readonly string[];
  readonly close: () => Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** `REVIEW_BOT_SUGGEST=1` turns it on; key, address and model are those of the command line. Throws a `UsageError` for what cannot be kept. */
export function modelSettings(variables: Variables): ModelSettings | undefined {
  const { REVIEW_BOT_SUGGEST, OPENAI_API_KEY, OPENAI_BASE_URL, REVIEW_MODEL } = variables;
  if (REVIEW_BOT_SUGGEST !== "1") return undefined;
  const price = priceIn(variables);
  const usd = amountIn(variables, "REVIEW_BOT_BUDGET") ?? (price ? USD_A_REVIEW : undefined);
  const perReview = { usd, tokens: amountIn(variables, "REVIEW_BOT_TOKENS") ?? TOKENS_A_REVIEW };
  const perDay = {
    usd: amountIn(variables, "REVIEW_BOT_DAY_BUDGET"),
    tokens: amountIn(variables, "REVIEW_BOT_DAY_TOKENS"),
  };
  if (!price && (perReview.usd ?? perDay.usd) !== undefined)
    throw new UsageError("A budget in dollars needs a price: set REVIEW_BOT_PRICE, such as 0.25,2, or bound tokens.");
  const model = REVIEW_MODEL ?? "gpt-5.4-mini";
  const contextTokens = amountIn(variables, "REVIEW_BOT_CONTEXT_TOKENS");
  const baseUrl = OPENAI_BASE_URL || undefined;
  const proxies = proxiesIn(variables);
  const cacheDir = cacheIn(variables);
  return { model, apiKey: OPENAI_API_KEY, baseUrl, proxies, cacheDir, price, contextTokens, perReview, perDay };
}

/** As the command line has it where a workflow keeps that folder; not where a fork's code runs with the power of the base. */
function cacheIn({ REVIEW_CACHE_DIR, GITHUB_EVENT_NAME }: Variables): string | null {
  if (!REVIEW_CACHE_DIR || GITHUB_EVENT_NAME === "pull_request_target") return null;
  return join(resolve(REVIEW_CACHE_DIR), "suggestions");
}

/** Gives each review the model, as far as the purse has something left; without a purse each spends what one may. */
export function modelFor(
  settings: ModelSettings,
  purse: Purse | undefined,
  onNote: (text: string) => void,
): (pull: PullFacts) => Promise<ReviewModel | undefined> {
  const { perReview, perDay: _shared, ...asked } = settings;
  return async pull => {
    if (pull.isFork && !pull.labels.includes(FORK_LABEL)) return undefined;
    const grant = await purse?.take(perReview);
    const budget = grant?.budget ?? perReview;
    const suggester = isEmpty(budget) ? undefined : createSuggester({ ...asked, budget, onNote });
    return {
      suggester,
      notes: findings => {
        const isShort = findings.some(({ suggestion }) => !suggester || suggestion.status === "budget");
        const shortage = isShort ? grant?.shortage : undefined;
        const told =
          shortage === undefined ? findings : findings.filter(({ suggestion }) => suggestion.status !== "budget");
        return [shortage ?? [], unansweredInWords(told) ?? []].flat();
      },
      close: async () => {
        suggester?.close();
        if (suggester) await grant?.settle(suggester.usage());
      },
    };
  };
}

function isEmpty({ usd = Infinity, tokens = Infinity }: Budget): boolean {
  return usd <= 0 || tokens <= 0;
}

function priceIn({ REVIEW_BOT_PRICE: text = "" }: Variables): Price | undefined {
  if (text === "") return undefined;
  const [, input, output] = /^(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/.exec(text.trim()) ?? [];
  if (input !== undefined) return { input: Number(input), output: Number(output) };
  throw new UsageError(`REVIEW_BOT_PRICE is "${text}": it has to be two amounts in US dollars, such as 0.25,2.`);
}

function amountIn(variables: Variables, name: string): number | undefined {
  const text = variables[name] ?? "";
  if (text === "") return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new UsageError(`${name} is "${text}": it has to be a number.`);
  return value;
}
