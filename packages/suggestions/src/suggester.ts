/** The stage's door: findings in, a suggestion for every one of them out, whatever the model, the network or the budget do. */
import type { Severity } from "@review/findings";
import { setMaxListeners } from "node:events";
import pLimit from "p-limit";
import { openAnswerCache, type CacheBounds } from "./answer-cache.ts";
import { openBatchStore } from "./batch/batch-store-cache.ts";
import { collect, statusOfAll, submit, type BatchDesk, type Collected, type Submitted } from "./batch/batches.ts";
import { openBatchProvider } from "./batch/provider.ts";
import { systemClock, type Clock } from "./clock.ts";
import { openLedger, type Budget, type Price, type Usage } from "./ledger.ts";
import { firstCapabilities, isOpenAi, openCapabilityMemo, type CapabilityMemo } from "./model/capabilities.ts";
import { openCapabilityCache } from "./model/capability-cache.ts";
import { openContextWindow } from "./model/context-window.ts";
import { failure } from "./model/failures.ts";
import { openGate, type Gate } from "./model/gate.ts";
import { openModelClient } from "./model/model-client.ts";
import type { Run } from "./model/run.ts";
import type { Proxies } from "./model/transport.ts";
import { openWire } from "./model/wire.ts";
import { previewOf, type Preview } from "./preview.ts";
import type { KnowNames, ProofBench, SuggestionRequest, SuggestionResult, VerifyFix } from "./request.ts";
import { suggestFor } from "./suggest-for.ts";

export interface SuggesterSettings {
  readonly model: string;
  /** Without one, only servers other than OpenAI's own are asked. */
  readonly apiKey?: string | undefined;
  /** Base URL of an OpenAI-compatible server, with its version; OpenAI unless given. Must come from the user, never from a repository. */
  readonly baseUrl?: string | undefined;
  /** By which a server on another machine is reached; none unless given. */
  readonly proxies?: Proxies | undefined;
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
  /** What the model takes in all, question and answer, in tokens; learnt from what the server says unless given. */
  readonly contextTokens?: number | undefined;
  /** Holds for the suggester's life. */
  readonly budget?: Budget | undefined;
  readonly price?: Price | undefined;
  /** Folder of the answer cache, which several programs may share; null: none. */
  readonly cacheDir: string | null;
  /** How large that cache may grow; 20 000 answers and 64 MiB unless given. */
  readonly cacheBounds?: CacheBounds | undefined;
  /** Language of the explanations; English unless given. */
  readonly language?: string | undefined;
  /** Whether a fix may change exports and signatures where the model says that it does; not unless given. */
  readonly allowApiChange?: boolean | undefined;
  /** Gets one-line facts for whoever wants details: what the server was found to lack. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Gets what everybody should know: why nothing is cached. As `onNote` unless given. */
  readonly onWarning?: ((text: string) => void) | undefined;
  readonly clock?: Clock | undefined;
}

export interface SuggestHooks {
  /** Ends the call: every open finding then gets the status `cancelled` at once. */
  readonly signal: AbortSignal;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told of each request, by its place in the list, how long it took until its suggestion was there. */
  readonly onTimed?: ((index: number, ms: number) => void) | undefined;
  /** Judges every proposed fix; without it none is shown as verified. */
  readonly verify?: VerifyFix | undefined;
  /** Tells which names exist that the model speaks of and was not shown. */
  readonly knows?: KnowNames | undefined;
  /** Runs a test for each error with a verified fix, which the model is then asked for; without it none is. */
  readonly prove?: ProofBench | undefined;
}

export interface Suggester {
  /** One result for each request, in their order. Findings of higher severity are asked about first. Never rejects for what a server does. */
  suggest(requests: readonly SuggestionRequest[], hooks: SuggestHooks): Promise<readonly SuggestionResult[]>;
  /** What `suggest` would send first about each, the findings of higher severity ahead; sends nothing. */
  preview(requests: readonly SuggestionRequest[]): readonly Preview[];
  usage(): Usage;
  readonly batch: BatchActions;
  /** Ends all calls under way as if cancelled; further ones are cancelled from the start. */
  close(): void;
}

const openAi = "https://api.openai.com/v1";

/** Makes a suggester for one model of one server. Throws a TypeError when the base URL is none that can be asked. */
export function createSuggester(settings: SuggesterSettings): Suggester {
  const { model, cacheDir, language, clock = systemClock, outputTokens = 2_048, attemptMs = 60_000 } = settings;
  const { allowApiChange = false } = settings;
  const url = serverUrl(settings.baseUrl ?? openAi);
  const note = settings.onNote ?? ((): void => undefined);
  const apiKey = settings.apiKey === "" ? undefined : settings.apiKey;
  const ledger = openLedger(settings.budget ?? {}, settings.price, model);
  const cache = openAnswerCache(
    cacheDir,
    `${url.origin}${url.pathname}`,
    model,
    settings.onWarning ?? note,
    settings.cacheBounds,
  );
  const memo = openMemo(settings, url, note, clock);
  const window = openContextWindow(memo);
  const access = { baseUrl: url.href, apiKey, timeoutMs: attemptMs, proxies: settings.proxies ?? {} };
  const wire = openWire(access);
  const concurrency = Math.min(32, Math.max(1, Math.trunc(settings.concurrency ?? 4)));
  const client = openModelClient({ model, host: url.host, attemptMs, wire, ledger, clock, memo, window }, concurrency);
  const closing = new AbortController();
  return {
    preview: requests => {
      const { price } = settings;
      const { keyOf } = cache;
      const capabilities = memo.current();
      const shared = { model, server: url.href, language, outputTokens, price, capabilities, keyOf, window };
      return byWorth(requests).map(({ request }) => previewOf(request, shared));
    },
    usage: () => ledger.usage(),
    batch: batchActions(() => {
      const server = `${url.origin}${url.pathname}`;
      const provider = openBatchProvider(access);
      const store = openBatchStore(`${cacheDir ?? ""}-batches`);
      const { budget = {}, price } = settings;
      return { provider, store, cache, budget, price, server, model, api: memo.current().api };
    }, cacheDir !== null),
    close: () => closing.abort(),
    suggest: async (requests, { signal, onProgress, onTimed, verify, knows, prove }) => {
      const gate = openGate(clock);
      if (apiKey === undefined && isOpenAi(url.hostname)) gate.close(failure("no_key", "no API key is set"));
      const { run, clear } = openRun(gate, [signal, closing.signal], settings.deadlineMs ?? 600_000);
      const tools = { client, cache, outputTokens, model, language, verify, knows, prove, allowApiChange };
      try {
        const work = async (request: SuggestionRequest, index: number): Promise<SuggestionResult> => {
          const begin = clock.now();
          const result = await suggestFor(request, tools, run);
          onTimed?.(index, clock.now() - begin);
          return result;
        };
        return await inOrderOfWorth(requests, concurrency, work, onProgress);
      } finally {
        clear();
      }
    },
  };
}

/** Asking in batches; each call rejects when the provider does not do its part, and may be made again. */
export interface BatchActions {
  submit(previews: readonly Preview[]): Promise<Submitted>;
  status(): ReturnType<typeof statusOfAll>;
  collect(): Promise<Collected>;
}

function batchActions(open: () => BatchDesk, hasCache: boolean): BatchActions {
  const desk = (): BatchDesk => {
    if (!hasCache) throw new TypeError("Batches need a cache: their answers are kept there.");
    return open();
  };
  return {
    submit: previews =>
      submit(
        desk(),
        previews.flatMap(({ key, body, worst }) => (body === null ? [] : [{ key, body, worst }])),
      ),
    status: () => statusOfAll(desk()),
    collect: () => collect(desk()),
  };
}

/** Another way of asking finds out something else. */
function openMemo(
  { model, api = "auto", contextTokens, cacheDir }: SuggesterSettings,
  url: URL,
  note: (text: string) => void,
  clock: Clock,
): CapabilityMemo {
  const folder = cacheDir === null ? null : `${cacheDir}-servers`;
  const kept = openCapabilityCache(folder, [url.href, model, api], clock);
  return openCapabilityMemo(firstCapabilities(url.hostname, api, contextTokens), note, kept);
}

/** Credentials in an address would end up in messages; a key has its own setting. */
function serverUrl(baseUrl: string): URL {
  const url = new URL(baseUrl);
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`The base URL must begin with http:// or https://.`);
  if (url.username || url.password) throw new TypeError("The base URL must not hold a user name or a password.");
  return url;
}

function byWorth(
  requests: readonly SuggestionRequest[],
): readonly { readonly request: SuggestionRequest; readonly index: number }[] {
  return requests
    .map((request, index) => ({ request, index }))
    .sort((a, b) => worth[a.request.finding.severity] - worth[b.request.finding.severity] || a.index - b.index);
}

const worth: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Works on the worst findings first, so that a budget goes to them. Several times more findings are under way than requests,
 * since some of them wait for verification or out a pause; not all, which bounds memory.
 */
async function inOrderOfWorth(
  requests: readonly SuggestionRequest[],
  concurrency: number,
  work: (request: SuggestionRequest, index: number) => Promise<SuggestionResult>,
  onProgress: SuggestHooks["onProgress"],
): Promise<readonly SuggestionResult[]> {
  const order = byWorth(requests);
  const results = new Array<SuggestionResult>(requests.length);
  const limit = pLimit(4 * concurrency);
  let done = 0;
  const one = async ({ request, index }: (typeof order)[number]): Promise<void> => {
    results[index] = await work(request, index);
    onProgress?.(++done, requests.length);
  };
  await Promise.all(order.map(entry => limit(one, entry)));
  return results;
}

/** A run that ends early, with the failure that every open question then gets, when a signal aborts or its time is over. */
function openRun(
  gate: Gate,
  signals: readonly AbortSignal[],
  ms: number,
): { readonly run: Run; readonly clear: () => void } {
  const end = new AbortController();
  setMaxListeners(0, end.signal);
  const cancel = (): void => end.abort(failure("cancelled", "interrupted"));
  const late = failure("timeout", `the time for suggestions (${Math.round(ms / 1000)} s) was over`);
  const timer = setTimeout(() => end.abort(late), ms);
  for (const signal of signals) {
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
  }
  const clear = (): void => {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener("abort", cancel);
  };
  return { run: { signal: end.signal, gate }, clear };
}
