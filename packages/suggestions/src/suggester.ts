/** The stage's door: findings in, a suggestion for every one of them out, whatever the model, the network or the budget do. */
import type { Severity } from "@review/findings";
import { setMaxListeners } from "node:events";
import pLimit from "p-limit";
import { openAnswerCache } from "./answer-cache.ts";
import { systemClock, type Clock } from "./clock.ts";
import { openLedger, type Budget, type Price, type Usage } from "./ledger.ts";
import { failure } from "./model/failures.ts";
import { openGate } from "./model/gate.ts";
import { openModelClient } from "./model/model-client.ts";
import { openWire } from "./model/wire.ts";
import type { SuggestionRequest, SuggestionResult, VerifyFix } from "./request.ts";
import { suggestFor } from "./suggest-for.ts";

export interface SuggesterSettings {
  readonly model: string;
  /** Without one, only servers other than OpenAI's own are asked. */
  readonly apiKey?: string | undefined;
  /** Base URL of an OpenAI-compatible server, with its version; OpenAI unless given. Must come from the user, never from a repository. */
  readonly baseUrl?: string | undefined;
  /** `auto`: Responses at OpenAI, Chat Completions elsewhere. */
  readonly api?: "auto" | "responses" | "chat" | undefined;
  /** Requests under way at a time, 1 to 32; 4 unless given. */
  readonly concurrency?: number | undefined;
  /** Milliseconds for one request; 60 000 unless given. */
  readonly attemptMs?: number | undefined;
  /** Milliseconds for one call of `suggest`; 600 000 unless given. */
  readonly deadlineMs?: number | undefined;
  /** Bound of an answer in tokens, reasoning included; 2 048 unless given. */
  readonly outputTokens?: number | undefined;
  /** Holds for the suggester's life. */
  readonly budget?: Budget | undefined;
  readonly price?: Price | undefined;
  /** Folder of the answer cache; null: none. */
  readonly cacheDir: string | null;
  /** Language of the explanations; English unless given. */
  readonly language?: string | undefined;
  readonly clock?: Clock | undefined;
}

export interface SuggestHooks {
  /** Ends the call: every open finding then gets the status `cancelled` at once. */
  readonly signal: AbortSignal;
  onProgress?(done: number, total: number): void;
  /** One-line facts for whoever asked for details: what the server was found to lack, why nothing is cached. */
  onNote?(text: string): void;
  /** Judges every proposed fix; without it none is shown as verified. */
  verify?: VerifyFix | undefined;
}

export interface Suggester {
  /** One result for each request, in their order. Findings of higher severity are asked about first. Never rejects for what a server does. */
  suggest(requests: readonly SuggestionRequest[], hooks: SuggestHooks): Promise<readonly SuggestionResult[]>;
  usage(): Usage;
  /** Ends all calls under way as if cancelled; further ones are cancelled from the start. */
  close(): void;
}

const openAi = "https://api.openai.com/v1";

/** Makes a suggester for one model of one server. Throws a TypeError when the base URL is none. */
export function createSuggester(settings: SuggesterSettings): Suggester {
  const baseUrl = settings.baseUrl ?? openAi;
  const server = new URL(baseUrl);
  const clock = settings.clock ?? systemClock;
  const concurrency = Math.min(32, Math.max(1, Math.trunc(settings.concurrency ?? 4)));
  const attemptMs = settings.attemptMs ?? 60_000;
  const ledger = openLedger(settings.budget ?? {}, settings.price, settings.model);
  const closing = new AbortController();
  const notes = new Set<(text: string) => void>();
  const note = (text: string): void => notes.forEach(tell => tell(text));
  const cache = openAnswerCache(settings.cacheDir, `${server.origin}${server.pathname}`, settings.model, note);
  const hasKey = settings.apiKey !== undefined && settings.apiKey !== "";
  const wire = openWire(baseUrl, hasKey ? settings.apiKey : undefined, attemptMs);
  const api = settings.api ?? "auto";
  const client = openModelClient(
    { model: settings.model, baseUrl, api, concurrency, attemptMs },
    { wire, ledger, clock, note },
  );
  const tools = { client, cache, outputTokens: settings.outputTokens ?? 2_048, model: settings.model };

  return {
    usage: ledger.usage,
    close: () => closing.abort(),
    suggest: async (requests, hooks) => {
      const gate = openGate(clock);
      if (!hasKey && server.hostname === "api.openai.com") gate.close(failure("no_key", "no API key is set"));
      const end = runUntil([hooks.signal, closing.signal], settings.deadlineMs ?? 600_000);
      const tell = (text: string): void => hooks.onNote?.(text);
      notes.add(tell);
      try {
        const ask = { ...tools, language: settings.language, verify: hooks.verify };
        const run = { signal: end.signal, gate };
        return await inOrderOfWorth(requests, concurrency, request => suggestFor(request, ask, run), hooks);
      } finally {
        notes.delete(tell);
        end.clear();
      }
    },
  };
}

const worth: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Works on the worst findings first, so that a budget goes to them. Several times more findings are under way than requests,
 * since some of them wait for verification or out a pause; not all, which bounds memory.
 */
async function inOrderOfWorth(
  requests: readonly SuggestionRequest[],
  concurrency: number,
  work: (request: SuggestionRequest) => Promise<SuggestionResult>,
  hooks: SuggestHooks,
): Promise<readonly SuggestionResult[]> {
  const order = requests.map((request, index) => ({ request, index }));
  order.sort((a, b) => worth[a.request.finding.severity] - worth[b.request.finding.severity] || a.index - b.index);
  const results = new Array<SuggestionResult>(requests.length);
  const limit = pLimit(4 * concurrency);
  let done = 0;
  const one = async ({ request, index }: (typeof order)[number]): Promise<void> => {
    results[index] = await work(request);
    hooks.onProgress?.(++done, requests.length);
  };
  await Promise.all(order.map(entry => limit(one, entry)));
  return results;
}

/** A signal that aborts with the failure which every open question then gets. */
function runUntil(signals: readonly AbortSignal[], ms: number): { readonly signal: AbortSignal; clear(): void } {
  const run = new AbortController();
  setMaxListeners(0, run.signal);
  const cancel = (): void => run.abort(failure("cancelled", "interrupted"));
  const seconds = Math.round(ms / 1000);
  const late = failure("timeout", `the time for suggestions (${seconds} s) was over`);
  const timer = setTimeout(() => run.abort(late), ms);
  for (const signal of signals) {
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
  }
  const clear = (): void => {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener("abort", cancel);
  };
  return { signal: run.signal, clear };
}
