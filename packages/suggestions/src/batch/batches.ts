/**
 * Suggestions by the provider's batch endpoint: at half the price, within a day. An answer ends up in the cache, where the
 * next `suggest` finds it; what is asked is named by its content, so nothing is asked twice, whenever a run breaks off.
 */
import { createHash } from "node:crypto";
import type { AnswerCache } from "../answer-cache.ts";
import { decodeAnswer } from "../answer.ts";
import { costOf, openLedger, type Budget, type Price, type TokenUsage, type WorstCase } from "../ledger.ts";
import type { Capabilities } from "../model/capabilities.ts";
import { readReply } from "../model/replies.ts";
import type { BatchProvider, BatchStatus } from "./provider.ts";
import type { BatchStore, StoredBatch } from "./batch-store-cache.ts";

/** One request of a batch. */
export interface BatchItem {
  /** Key of its answer in the cache. */
  readonly key: string;
  /** The body of the request, as JSON. */
  readonly body: string;
  readonly worst: WorstCase;
}

export interface Submitted {
  readonly submitted: number;
  /** Answered already, or under way in an earlier batch. */
  readonly known: number;
  /** Left out since the budget may not suffice for them. */
  readonly unaffordable: number;
  /** Why the first of those was left out; null without any. */
  readonly reason: string | null;
  /** What all that was handed in can cost at most, in US dollars and without a batch's rebate; null: the price is unknown. */
  readonly costUsd: number | null;
  readonly batches: readonly string[];
}

export interface Collected {
  readonly answered: number;
  /** Answers that could not be used, and requests that got none: they may be asked again. */
  readonly failed: number;
  /** Requests of batches that are still under way. */
  readonly open: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In US dollars and without a batch's rebate; null: the price is unknown. */
  readonly costUsd: number | null;
}

export interface BatchDesk {
  readonly provider: BatchProvider;
  readonly store: BatchStore;
  readonly cache: AnswerCache;
  /** What one handing-in may spend. */
  readonly budget: Budget;
  readonly price: Price | undefined;
  readonly server: string;
  readonly model: string;
  readonly api: Capabilities["api"];
}

/** What a provider takes in one batch: 50 000 requests and 200 MB; we stay well below. */
const MOST_ITEMS = 20_000;
const MOST_BYTES = 150_000_000;

/** Hands in what is neither answered nor under way, as far as the budget goes. Rejects when the provider does not take it; trying again goes on from there. */
export async function submit(desk: BatchDesk, items: readonly BatchItem[]): Promise<Submitted> {
  const batches: string[] = [];
  for (const half of own(desk).filter(batch => batch.id === undefined)) batches.push(await finish(desk, half, items));
  const underWay = new Set(own(desk).flatMap(batch => (batch.isCollected ? [] : batch.keys)));
  const fresh: BatchItem[] = [];
  for (const item of new Map(items.map(one => [one.key, one])).values()) {
    if (!underWay.has(item.key) && (await desk.cache.readKey(item.key)) === undefined) fresh.push(item);
  }
  const { affordable, reason, costUsd } = await withinBudget(desk, fresh);
  for (const part of inParts(affordable)) {
    const keys = part.map(({ key }) => key);
    const name = createHash("sha256").update(JSON.stringify(keys)).digest("hex").slice(0, 24);
    const { server, model, api } = desk;
    const batch: StoredBatch = { name, server, model, api, keys, isCollected: false };
    desk.store.put(batch);
    batches.push(await finish(desk, batch, part));
  }
  const counts = { submitted: affordable.length, known: items.length - fresh.length };
  return { ...counts, unaffordable: fresh.length - affordable.length, reason, costUsd, batches };
}

/** The first items that the budget suffices for at their worst: what a batch takes is known when it is over. */
async function withinBudget(
  { budget, price, model }: BatchDesk,
  items: readonly BatchItem[],
): Promise<Pick<Submitted, "reason" | "costUsd"> & { readonly affordable: readonly BatchItem[] }> {
  const ledger = openLedger(budget, price, model);
  const affordable: BatchItem[] = [];
  for (const item of items) {
    const reservation = await ledger.reserve(item.worst);
    if (!reservation.ok) return { affordable, reason: reservation.reason, costUsd: ledger.usage().costUsd };
    reservation.settle("unknown");
    affordable.push(item);
  }
  const isBounded = affordable.every(({ worst }) => worst.outputTokens !== null);
  return { affordable, reason: null, costUsd: isBounded ? ledger.usage().costUsd : null };
}

/** The steps that are left of a batch. One that was made without our hearing of it is found by its name. */
async function finish(desk: BatchDesk, batch: StoredBatch, items: readonly BatchItem[]): Promise<string> {
  const { provider, store } = desk;
  let stored = batch;
  if (stored.file !== undefined) {
    const made = (await provider.latest()).find(({ name }) => name === stored.name);
    if (made) return keep(store, stored, made);
  }
  const endpoint = stored.api === "responses" ? "/v1/responses" : "/v1/chat/completions";
  if (stored.file === undefined) {
    const bodies = new Map(items.map(({ key, body }) => [key, body]));
    const lines = stored.keys.flatMap(key => lineOf(key, bodies.get(key), endpoint));
    // Code that has changed meanwhile asks something else: that is asked by its own key.
    if (lines.length < stored.keys.length) {
      store.put({ ...stored, id: "", isCollected: true });
      return "";
    }
    stored = { ...stored, file: await provider.upload(lines.join("")) };
    store.put(stored);
  }
  return keep(store, stored, await provider.create(stored.file ?? "", endpoint, stored.name));
}

function keep(store: BatchStore, batch: StoredBatch, { id }: BatchStatus): string {
  store.put({ ...batch, id });
  return id;
}

function lineOf(key: string, body: string | undefined, url: string): readonly string[] {
  if (body === undefined) return [];
  return [`{"custom_id":${JSON.stringify(key)},"method":"POST","url":${JSON.stringify(url)},"body":${body}}\n`];
}

function* inParts(items: readonly BatchItem[]): Generator<readonly BatchItem[]> {
  let part: BatchItem[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(item.body) + 200;
    if (part.length > 0 && (part.length >= MOST_ITEMS || bytes + size > MOST_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(item);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** The batches of this server and model. */
function own({ store, server, model }: BatchDesk): readonly StoredBatch[] {
  return store.all().filter(batch => batch.server === server && batch.model === model);
}

/** How the batches are that are not collected. */
export async function statusOfAll(
  desk: BatchDesk,
): Promise<readonly { readonly id: string; readonly status: string; readonly requests: number }[]> {
  const open = own(desk).filter(({ isCollected }) => !isCollected);
  return Promise.all(
    open.map(async ({ id, keys }) => {
      if (id === undefined) return { id: "-", status: "not handed in: submit again", requests: keys.length };
      return { id, status: (await desk.provider.look(id)).status, requests: keys.length };
    }),
  );
}

/** Takes in what batches have answered that are over. Doing so twice changes nothing. */
export async function collect(desk: BatchDesk): Promise<Collected> {
  const { price } = desk;
  let sum: Collected = { answered: 0, failed: 0, open: 0, inputTokens: 0, outputTokens: 0, costUsd: price ? 0 : null };
  for (const batch of own(desk).filter(({ isCollected }) => !isCollected)) {
    const now = batch.id === undefined ? undefined : await desk.provider.look(batch.id);
    if (!now || !OVER.has(now.status)) {
      sum = { ...sum, open: sum.open + batch.keys.length };
      continue;
    }
    const text = now.outputFile === undefined ? "" : await desk.provider.download(now.outputFile);
    const taken = await takeIn(desk, batch, text);
    desk.store.put({ ...batch, isCollected: true });
    sum = {
      ...sum,
      answered: sum.answered + taken.answered,
      failed: sum.failed + batch.keys.length - taken.answered,
      inputTokens: sum.inputTokens + taken.inputTokens,
      outputTokens: sum.outputTokens + taken.outputTokens,
      costUsd: price ? (sum.costUsd ?? 0) + costOf(taken, price) : null,
    };
  }
  return sum;
}

/** An expired batch has answers, too. */
const OVER: ReadonlySet<string> = new Set(["completed", "failed", "expired", "cancelled"]);

const NOTHING: TokenUsage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };

async function takeIn(
  { cache, api, server }: BatchDesk,
  batch: StoredBatch,
  text: string,
): Promise<TokenUsage & Pick<Collected, "answered">> {
  const asked = new Set(batch.keys);
  const sum = { answered: 0, ...NOTHING };
  for (const line of text.split("\n")) {
    const { key, status, body } = lineIn(line);
    if (key === undefined || !asked.delete(key)) continue;
    const reply = readReply(api, server, "application/json", body);
    const { inputTokens, cachedInputTokens, outputTokens } = reply.usage ?? NOTHING;
    sum.inputTokens += inputTokens;
    sum.cachedInputTokens += cachedInputTokens;
    sum.outputTokens += outputTokens;
    const decoded = status < 400 && reply.kind === "text" ? decodeAnswer(reply.text) : undefined;
    if (!decoded?.ok) continue;
    await cache.writeKey(key, JSON.stringify(decoded.answer));
    sum.answered++;
  }
  return sum;
}

function lineIn(line: string): { readonly key: string | undefined; readonly status: number; readonly body: string } {
  try {
    const { custom_id: key, response } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const { status_code: status, body } = response as Readonly<Record<string, unknown>>;
    return { key: typeof key === "string" ? key : undefined, status: Number(status), body: JSON.stringify(body) };
  } catch {
    return { key: undefined, status: 0, body: "" };
  }
}
