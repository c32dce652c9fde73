/** A client of GitHub's API that keeps to its limits. */
import { Octokit } from "@octokit/core";
import { UsageError } from "../errors.ts";
import { within, type SentRequest } from "./limits.ts";
import { gapsFor, localTurns, type Turns } from "./turns.ts";

/** How fast the bot may write. */
export interface Pace {
  /** Milliseconds between two requests that change something, and thrice that between two that notify people. */
  readonly writePauseMs: number;
  /** Seconds to wait where GitHub asks for a pause without saying how long, and twice as many each further time. */
  readonly fallbackSeconds: number;
}

/** As GitHub recommends. */
export const CAREFUL: Pace = { writePauseMs: 1_000, fallbackSeconds: 60 };

/** As `fetch`. */
export type Fetch = typeof fetch;

export interface ClientOptions {
  /** Ends in `/api/v3` for GitHub Enterprise. */
  readonly apiUrl: string;
  /** A token, or a strategy with its options. */
  readonly auth:
    { readonly token: string | (() => Promise<string>) } | { readonly strategy: unknown; readonly options: unknown };
  /** Whose limits the requests count against. */
  readonly id: string;
  readonly pace?: Pace | undefined;
  /** The turns of that account; those of this process if absent. */
  readonly turns?: Turns | undefined;
  /** Seconds of a pause that are waited through; a longer one is thrown as `RateLimited`. All of them if absent. */
  readonly patienceSeconds?: number | undefined;
  /** How requests leave the machine; as the runtime sends them if absent. */
  readonly fetch?: Fetch | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of pauses. */
  readonly onNote?: ((text: string) => void) | undefined;
}

export interface Client extends Octokit {
  /** For what takes long to arrive. */
  readonly fetchLong: Fetch;
}

const TIMEOUT_MS = 30_000;
const LONG_MS = 600_000;

/** Opens a client; it sends nothing yet. */
export function createClient(options: ClientOptions): Client {
  const { apiUrl, auth, id, pace = CAREFUL, signal, onNote, patienceSeconds } = options;
  const client = new Octokit({
    request: { fetch: fetchWithin(signal, TIMEOUT_MS, options.fetch), log: SILENT },
    baseUrl: apiUrl.replace(/\/$/, ""),
    userAgent: "review-bot",
    ...authIn(auth),
    log: SILENT,
  });
  const { turns = localTurns(id, gapsFor(pace.writePauseMs)) } = options;
  const limits = { turns, fallbackSeconds: pace.fallbackSeconds, patienceSeconds, signal, onNote };
  client.hook.wrap("request", (request, sent) =>
    within(limits, sent as SentRequest, async () => asGitHub(await request(sent), apiUrl)),
  );
  return Object.assign(client, { fetchLong: fetchWithin(signal, LONG_MS, options.fetch) });
}

/** A sign-in page, or whatever else stands at an address by mistake, answers well and says nothing. */
function asGitHub<A extends { readonly data: unknown }>(answer: A, apiUrl: string): A {
  if (typeof answer.data !== "string" || answer.data === "") return answer;
  throw new UsageError(`${apiUrl} does not answer as GitHub's API does: check GITHUB_API_URL.`);
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
function fetchWithin(signal: AbortSignal | undefined, timeoutMs: number, send: Fetch = fetch): Fetch {
  return (input, init) => {
    const limits = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
    return send(input, { ...init, signal: AbortSignal.any(limits) });
  };
}

function nothing(): void {
  // What is worth knowing is told by `onNote`.
}

const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
