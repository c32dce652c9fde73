/** A client of GitHub's API that keeps to its limits: few requests at a time, writes one after another with pauses, waits where it is told to. */
import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import Bottleneck from "bottleneck";

/** How fast the bot may write. */
export interface Pace {
  /** Milliseconds between two requests that change something, and thrice that between two that notify people. */
  readonly writePauseMs: number;
  /** Seconds to wait where GitHub asks for a pause without saying how long. */
  readonly fallbackSeconds: number;
}

/** As GitHub recommends. */
export const CAREFUL: Pace = { writePauseMs: 1_000, fallbackSeconds: 60 };

export interface ClientOptions {
  /** Ends in `/api/v3` for GitHub Enterprise. */
  readonly apiUrl: string;
  /** A token, or a strategy with its options. */
  readonly auth:
    { readonly token: string | (() => Promise<string>) } | { readonly strategy: unknown; readonly options: unknown };
  /** Whose limits the requests count against. */
  readonly id: string;
  readonly pace?: Pace | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of pauses. */
  readonly onNote?: ((text: string) => void) | undefined;
}

export type Client = Octokit;

const Limited = Octokit.plugin(throttling, retry);
const ATTEMPTS = 3;
const TIMEOUT_MS = 30_000;

/** Opens a client; it sends nothing yet. */
export function createClient(options: ClientOptions): Client {
  const { apiUrl, auth, id, pace = CAREFUL, signal, onNote } = options;
  const again =
    (what: string) =>
    (seconds: number, request: { readonly method: string; readonly url: string }, _: unknown, retries: number) => {
      onNote?.(`GitHub asked to wait ${seconds} s (${what}, ${request.method} ${request.url})`);
      return retries < ATTEMPTS;
    };
  return new Limited({
    request: { fetch: fetchWithin(signal) },
    baseUrl: apiUrl.replace(/\/$/, ""),
    userAgent: "review-bot",
    ...authIn(auth),
    throttle: {
      id,
      ...groups(pace),
      fallbackSecondaryRateRetryAfter: pace.fallbackSeconds,
      onRateLimit: again("rate limit"),
      onSecondaryRateLimit: again("secondary limit"),
    },
    retry: { retries: ATTEMPTS },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  });
}

function authIn(auth: ClientOptions["auth"]): object {
  if (!("token" in auth)) return { authStrategy: auth.strategy, auth: auth.options };
  return typeof auth.token === "string"
    ? { auth: auth.token }
    : { authStrategy: renewed, auth: { tokenOf: auth.token } };
}

/** Asks for the token at each request: one that is kept may have ended by then. */
function renewed({ tokenOf }: { readonly tokenOf: () => Promise<string> }): object {
  type Endpoint = { readonly headers?: Readonly<Record<string, string>> };
  type Request = {
    (options: object): Promise<unknown>;
    readonly endpoint: { merge(route: unknown, parameters?: object): Endpoint };
  };
  const hook = async (request: Request, route: unknown, parameters?: object): Promise<unknown> => {
    const endpoint = request.endpoint.merge(route, parameters);
    return request({ ...endpoint, headers: { ...endpoint.headers, authorization: `token ${await tokenOf()}` } });
  };
  return Object.assign(() => tokenOf().then(token => ({ type: "token", token })), { hook });
}

/** The time of a request begins when it is sent, not while it waits for its turn; it ends with the last byte of the answer. */
export function fetchWithin(signal: AbortSignal | undefined, timeoutMs: number = TIMEOUT_MS): typeof fetch {
  return (input, init) => {
    const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
    return fetch(input, { ...init, signal: AbortSignal.any(limits) });
  };
}

function nothing(): void {
  // What is worth knowing is told by `onNote`.
}

const known = new Map<number, object>();

/** One set of limiters for all clients of one pace: they count per id, and a process may have many clients of one. */
function groups({ writePauseMs }: Pace): object {
  const made = known.get(writePauseMs) ?? {
    global: new Bottleneck.Group({ maxConcurrent: 10, timeout: 120_000 }),
    auth: new Bottleneck.Group({ maxConcurrent: 1, timeout: 120_000 }),
    search: new Bottleneck.Group({ maxConcurrent: 1, minTime: 2_000, timeout: 120_000 }),
    write: new Bottleneck.Group({ maxConcurrent: 1, minTime: writePauseMs, timeout: 120_000 }),
    notifications: new Bottleneck.Group({ maxConcurrent: 1, minTime: 3 * writePauseMs, timeout: 120_000 }),
  };
  known.set(writePauseMs, made);
  return made;
}
