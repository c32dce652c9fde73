/**
 * Keeps to GitHub's limits: what changes something waits for its turn, a refusal makes everybody of the account wait for as long as
 * GitHub says, and what failed on the way is sent again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { statusOf } from "./failures.ts";
import type { Kind, Turns } from "./turns.ts";

export interface LimitOptions {
  readonly turns: Turns;
  /** Seconds for which GitHub is not asked where it asks for a pause without saying how long; twice as many the next time. */
  readonly fallbackSeconds: number;
  /** Seconds that are waited through at most; without a bound if absent. */
  readonly patienceSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of pauses. */
  readonly onNote?: ((text: string) => void) | undefined;
}

/** GitHub asks for a longer pause than is waited through here. */
export class RateLimited extends Error {
  override readonly name = "RateLimited";
  readonly seconds: number;

  constructor(seconds: number, options?: ErrorOptions) {
    super(`GitHub takes no more requests for ${seconds} s.`, options);
    this.seconds = seconds;
  }
}

/** A request before its address is put together. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
  readonly request?: { readonly retries?: number | undefined } | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** Refusals, and failures on the way, after which the same request is given up. */
const MOST = 3;

/** Sends a request as GitHub wants it. */
export async function within<A extends Answer>(
  options: LimitOptions,
  sent: SentRequest,
  send: () => Promise<A>,
): Promise<A> {
  const counts = { refusals: 0, failures: 0 };
  for (;;) {
    await turnCome(options, kindOf(sent));
    const outcome = await outcomeOf(send);
    const pause = pauseAfter(answerIn(outcome), options.fallbackSeconds * 2 ** counts.refusals);
    if (pause) {
      await keepSilent(options, sent, pause);
      // Whoever goes on all the same may be locked out.
      if (++counts.refusals > MOST) throw new RateLimited(pause.seconds, { cause: outcome });
    } else if (hasFailed(outcome) && mayRepeat(options, sent, ++counts.failures)) {
      await waitFor(1_000 * counts.failures ** 2, options);
    } else return given(outcome);
  }
}

type Outcome<A> = { readonly answer: A } | { readonly error: unknown };

function outcomeOf<A>(send: () => Promise<A>): Promise<Outcome<A>> {
  return send().then(
    answer => ({ answer }),
    (error: unknown) => ({ error }),
  );
}

function given<A>(outcome: Outcome<A>): A {
  if ("error" in outcome) throw outcome.error;
  return outcome.answer;
}

async function keepSilent(
  { turns, onNote }: LimitOptions,
  { method, url }: SentRequest,
  { seconds, limit }: Pause,
): Promise<void> {
  onNote?.(`GitHub asked to wait ${seconds} s (${limit}, ${method} ${url})`);
  await turns.pause(1_000 * seconds);
}

function mayRepeat({ signal }: LimitOptions, { request }: SentRequest, failures: number): boolean {
  return signal?.aborted !== true && failures <= (request?.retries ?? MOST);
}

async function waitFor(ms: number, { signal }: Pick<LimitOptions, "signal">): Promise<void> {
  await sleep(ms, undefined, signal && { signal });
}

/** Whoever looks at the log hears of waits that are longer than this. */
const LONG_MS = 60_000;

/** A pause may have been asked for while somebody waited for his turn. */
async function turnCome(options: LimitOptions, kind: Kind): Promise<void> {
  const { turns, patienceSeconds = Infinity, onNote } = options;
  for (let silence = await turns.silence(); silence > 0; silence = await turns.silence()) {
    if (silence > 1_000 * patienceSeconds) throw new RateLimited(Math.ceil(silence / 1_000));
    await waitFor(silence, options);
  }
  const wait = kind === "read" ? 0 : await turns.take(kind, 1_000 * patienceSeconds);
  if (wait === 0) return;
  if (wait > 1_000 * patienceSeconds) throw new RateLimited(Math.ceil(wait / 1_000));
  if (wait > LONG_MS)
    onNote?.(`Waiting ${Math.ceil(wait / 1_000)} s: GitHub takes so many new things an hour and no more`);
  await waitFor(wait, options);
  await turnCome(options, "read");
}

const NOTIFIES = /\/(?:issues\/[^/]+\/comments|pulls\/[^/]+\/(?:reviews|comments))$/;

function kindOf({ method, url, query }: SentRequest): Kind {
  if (url.endsWith("/graphql")) return /^\s*mutation\b/.test(String(query)) ? "create" : "read";
  if (method === "GET" || method === "HEAD" || url.endsWith("/access_tokens")) return "read";
  if (method !== "POST") return "write";
  return NOTIFIES.test(url) ? "notify" : "create";
}

interface Pause {
  readonly seconds: number;
  readonly limit: "rate limit" | "secondary limit";
}

/** In the order of GitHub's own advice; undefined for an answer that refuses for another reason, or not at all. */
function pauseAfter(answer: Answer | undefined, fallback: number): Pause | undefined {
  if (!answer || !isLimited(answer)) return undefined;
  const { headers } = answer;
  const limit = isSecondary(answer) || headers["x-ratelimit-remaining"] !== "0" ? "secondary limit" : "rate limit";
  const asked = Number(headers["retry-after"] ?? NaN);
  if (asked >= 0) return { seconds: asked, limit };
  const reset = Number(headers["x-ratelimit-reset"] ?? NaN);
  if (limit === "secondary limit" || !(reset > 0)) return { seconds: fallback, limit };
  return { seconds: Math.max(1, Math.ceil(reset - Date.now() / 1_000) + 1), limit };
}

function isLimited(answer: Answer): boolean {
  const { status, headers, data } = answer;
  if (status === 429 || isSecondary(answer) || errorsIn(data).some(({ type }) => type === "RATE_LIMITED")) return true;
  return status === 403 && (headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined);
}

function isSecondary({ status, data }: Answer): boolean {
  const words = [messageIn(data), ...errorsIn(data).map(({ message }) => message)];
  return (status === 403 || status === 200) && words.some(text => /secondary rate|abuse detection/i.test(text ?? ""));
}

/** The server's failure, or one on the way to it; GraphQL tells of its own in good answers. */
function hasFailed(outcome: Outcome<Answer>): boolean {
  if ("error" in outcome) return (statusOf(outcome.error) ?? 0) >= 500;
  const errors = errorsIn(outcome.answer.data);
  return errors.some(({ message }) => /^Something went wrong while executing your query/.test(message ?? ""));
}

function answerIn(outcome: Outcome<Answer>): Answer | undefined {
  if ("answer" in outcome) return outcome.answer;
  const { response } = (outcome.error ?? {}) as { readonly response?: Answer };
  return response;
}

interface GraphqlError {
  readonly type?: string;
  readonly message?: string;
}

function errorsIn(data: unknown): readonly GraphqlError[] {
  const { errors } = (data ?? {}) as { readonly errors?: unknown };
  return Array.isArray(errors) ? (errors as readonly GraphqlError[]) : [];
}

function messageIn(data: unknown): string | undefined {
  const { message } = (data ?? {}) as { readonly message?: unknown };
  return typeof message === "string" ? message : undefined;
}
