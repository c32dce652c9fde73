/** What may be spent and what has been: every request is reserved at its worst before it is sent, and settled after. */

/** Bounds of one suggester's life; what is absent is not bounded. */
export interface Budget {
  /** US dollars. Needs a price: without one nothing is sent, since the bound could not be kept. */
  readonly usd?: number | undefined;
  /** HTTP requests, retries included. */
  readonly requests?: number | undefined;
  /** Tokens, in and out. An answer that the server does not bound cannot be reserved: then nothing is sent. */
  readonly tokens?: number | undefined;
}

/** US dollars for a million tokens, as the user states them: prices change too often to be built in. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** For input that the provider had cached; like other input unless given. */
  readonly cachedInput?: number | undefined;
}

/** What a provider says that an answer took. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
}

export interface Usage {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null: the price is unknown. An upper bound as soon as `unreported` is above 0. */
  readonly costUsd: number | null;
  /** Requests that may have been charged though no usage came back: they count at their worst. */
  readonly unreported: number;
}

/** The most that a request can take; `outputTokens` is null where the server accepts no limit. */
export interface WorstCase {
  readonly inputTokens: number;
  readonly outputTokens: number | null;
}

/** How a request ended: as reported, for certain without charge, with an unknown charge, or never begun. */
export type Settlement = TokenUsage | "nothing" | "unknown" | "unsent";

export type Reservation =
  { readonly ok: true; settle(settlement: Settlement): void } | { readonly ok: false; readonly reason: string };

export interface Ledger {
  /** Waits while requests under way could still leave room; refuses once nothing can. Never rejects. */
  reserve(worst: WorstCase): Promise<Reservation>;
  usage(): Usage;
}

/** Opens an empty ledger. */
export function openLedger(budget: Budget, price: Price | undefined, model: string): Ledger {
  const spent = { requests: 0, inputTokens: 0, outputTokens: 0, usd: 0, unreported: 0 };
  const reserved = { usd: 0, tokens: 0 };
  let lostTokens = 0;
  let waiting: (() => void)[] = [];

  const settle = (usd: number, tokens: number, settlement: Settlement): void => {
    reserved.usd -= usd;
    reserved.tokens -= tokens;
    if (settlement === "unknown") {
      spent.unreported++;
      spent.usd += usd;
      lostTokens += tokens;
    } else if (settlement === "unsent") {
      spent.requests--;
    } else if (settlement !== "nothing") {
      spent.inputTokens += settlement.inputTokens;
      spent.outputTokens += settlement.outputTokens;
      spent.usd += price ? costOf(settlement, price) : 0;
    }
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };

  return {
    reserve: async worst => {
      const usd = price ? costAtMost(worst, price) : 0;
      const tokens = worst.inputTokens + (worst.outputTokens ?? 0);
      for (;;) {
        const refusal = refusalOf(budget, price, model, worst, spent.requests);
        if (refusal) return { ok: false, reason: refusal };
        const used = spent.inputTokens + spent.outputTokens + lostTokens;
        const hasMoney = budget.usd === undefined || spent.usd + reserved.usd + usd <= budget.usd;
        const hasTokens = budget.tokens === undefined || used + reserved.tokens + tokens <= budget.tokens;
        if (hasMoney && hasTokens) break;
        if (reserved.tokens <= 0)
          return { ok: false, reason: hasMoney ? tokenReason(budget, used) : usdReason(budget, spent.usd) };
        await new Promise<void>(resolve => waiting.push(resolve));
      }
      spent.requests++;
      reserved.usd += usd;
      reserved.tokens += tokens;
      return { ok: true, settle: onlyOnce(settlement => settle(usd, tokens, settlement)) };
    },
    usage: () => {
      const { requests, inputTokens, outputTokens, usd, unreported } = spent;
      return { requests, inputTokens, outputTokens, costUsd: price ? usd : null, unreported };
    },
  };
}

/** What can be said before any sum: bounds that are reached or cannot be kept. */
function refusalOf(
  budget: Budget,
  price: Price | undefined,
  model: string,
  worst: WorstCase,
  requests: number,
): string | undefined {
  if (budget.requests !== undefined && requests >= budget.requests)
    return `the budget of ${budget.requests} requests is spent`;
  if (worst.outputTokens === null && budget.tokens !== undefined)
    return "the server accepts no output limit, so a budget in tokens cannot be kept";
  if (budget.usd === undefined) return undefined;
  if (!price) return `the price of the model "${model}" is not configured, so a budget in dollars cannot be kept`;
  if (worst.outputTokens === null) return "the server accepts no output limit, so a budget in dollars cannot be kept";
  return undefined;
}

function usdReason({ usd = 0 }: Budget, spent: number): string {
  return `the next request could exceed the budget of $${usd} ($${spent.toFixed(4)} spent)`;
}

function tokenReason({ tokens = 0 }: Budget, used: number): string {
  return `the next request could exceed the budget of ${tokens} tokens (${used} spent)`;
}

const million = 1_000_000;

/** What tokens cost, in US dollars. */
export function costOf(usage: TokenUsage, price: Price): number {
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  const input = (usage.inputTokens - cached) * price.input + cached * (price.cachedInput ?? price.input);
  return (input + usage.outputTokens * price.output) / million;
}

/** The most that a request can cost, in US dollars. */
export function costAtMost(worst: WorstCase, price: Price): number {
  const dearer = Math.max(price.input, price.cachedInput ?? 0);
  return (worst.inputTokens * dearer + (worst.outputTokens ?? 0) * price.output) / million;
}

function onlyOnce<T>(act: (value: T) => void): (value: T) => void {
  let done = false;
  return value => {
    if (done) return;
    done = true;
    act(value);
  };
}
