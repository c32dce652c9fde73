/** The one place that touches the network: the SDK with its retries, logs, telemetry and guesses from the environment switched off. */
import type { OpenAI } from "openai";
import type { RequestBody } from "./bodies.ts";
import { openFetch, type Fetch, type Proxies } from "./transport.ts";

export interface WireAnswer {
  readonly contentType: string;
  readonly body: string;
}

/** Sends one request and reads the whole answer. Rejects for every status but 2xx with an error that bears it. */
export type Wire = (request: RequestBody, signal: AbortSignal) => Promise<WireAnswer>;

/** Where a server is and how it is reached. */
export interface Access {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly timeoutMs: number;
  readonly proxies: Proxies;
}

/** Connects to a server. Without a key no `authorization` header is sent. */
export function openWire(access: Access): Wire {
  const client = openClient(access);
  return async (request, signal) => {
    const { responses, chat } = await client;
    const pending =
      request.api === "responses"
        ? responses.create(request.body, { signal })
        : chat.completions.create(request.body, { signal });
    const response = await pending.asResponse();
    return { contentType: response.headers.get("content-type") ?? "", body: await response.text() };
  };
}

/** The SDK has a hundred and fifty modules: they load while the code is still being analysed, and only where a model is asked. */
export function openClient({ baseUrl, apiKey, timeoutMs, proxies }: Access): Promise<OpenAI> {
  const send = openFetch(baseUrl, timeoutMs, proxies);
  const settings = {
    baseURL: baseUrl,
    apiKey: apiKey ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: "off" as const,
    fetch: (url: string | URL | Request, init?: RequestInit) => plainFetch(send, url, init, apiKey !== undefined),
  };
  const client = import("openai").then(sdk => new sdk.OpenAI(settings));
  // Whoever asks hears of it; who never asks need not.
  client.catch(() => undefined);
  return client;
}

const sentHeaders = ["accept", "content-type", "user-agent"];

/**
 * Sends what is needed and no more: the SDK adds facts about the machine, and headers from the environment.
 * A redirect is not followed, since it would carry the code to another host.
 */
async function plainFetch(
  send: Fetch,
  url: string | URL | Request,
  init: RequestInit = {},
  withKey: boolean,
): Promise<Response> {
  const given = new Headers(init.headers);
  const names = withKey ? [...sentHeaders, "authorization"] : sentHeaders;
  const headers = [...given].filter(([name]) => names.includes(name));
  const response = await send(url, { ...init, headers, redirect: "manual" });
  return response.ok ? response : withErrorEnvelope(response);
}

/** Many servers put their error at the top level, where the SDK does not look and drops it. */
async function withErrorEnvelope(response: Response): Promise<Response> {
  const text = await response.text();
  const body = enveloped(text);
  return new Response(body || null, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}

function enveloped(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const bare = typeof value === "object" && value !== null && !("error" in value);
    return bare ? JSON.stringify({ error: value }) : text;
  } catch {
    return text;
  }
}
