/** How requests leave the machine: by the proxy that the environment names, and with no other limit on waiting than our own. */

import type { EnvHttpProxyAgent } from "undici";

/** As `fetch`, with what the SDK gives it. */
export type Fetch = (url: string | URL | Request, init: RequestInit) => Promise<Response>;

/** Node's own `fetch` gives an answer up that does not begin within five minutes, which slow local models need. */
const RUNTIME_LIMIT_MS = 300_000;

/** The proxies of a machine. */
export interface Proxies {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  /** The hosts that are reached without one, separated by commas. */
  readonly noProxy?: string | undefined;
}

/** Those that an environment names. As other programs have it: the lower-case names first, and an address without its scheme is one of HTTP. */
export function proxiesIn(environment: Readonly<Record<string, string | undefined>>): Proxies {
  const [http, https, none] = ["http_proxy", "https_proxy", "no_proxy"].map(
    name => environment[name] || environment[name.toUpperCase()] || undefined,
  );
  return { httpProxy: withScheme(http), httpsProxy: withScheme(https), noProxy: none };
}

function withScheme(address: string | undefined): string | undefined {
  return address === undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
}

/** The way to a server. Node's `fetch` heeds no proxy before version 24 and cannot be told to wait, so it is left where either matters. */
export function openFetch(baseUrl: string, timeoutMs: number, { httpProxy, httpsProxy, noProxy = "" }: Proxies): Fetch {
  const hasProxy = (httpProxy ?? httpsProxy) !== undefined && !isOfThisMachine(new URL(baseUrl).hostname);
  if (!hasProxy && timeoutMs < RUNTIME_LIMIT_MS) return (url, init) => fetch(url, init);
  const proxies = {
    ...(httpProxy !== undefined && { httpProxy }),
    ...(httpsProxy !== undefined && { httpsProxy }),
  };
  const opened = openDispatcher({ ...proxies, noProxy: hasProxy ? noProxy : "*" });
  // Whoever asks hears of it; who never asks need not.
  opened.catch(() => undefined);
  return async (url, init) => (await opened)(url, init);
}

async function openDispatcher(proxies: EnvHttpProxyAgent.Options): Promise<Fetch> {
  const undici = await import("undici");
  const dispatcher = new undici.EnvHttpProxyAgent({ ...proxies, headersTimeout: 0, bodyTimeout: 0 });
  return async (url, init) => {
    const { headers, body } = await packed(init);
    const { method = "GET", redirect = "follow", signal = null } = init;
    const address = url instanceof Request ? url.url : url;
    const answer = await undici.fetch(address, { method, redirect, signal, headers, body, dispatcher });
    // Whoever reads it expects the runtime's own classes.
    return new Response(answer.body as ReadableStream | null, {
      status: answer.status,
      statusText: answer.statusText,
      headers: [...answer.headers],
    });
  };
}

/** A form of the runtime's means nothing to the other implementation, so it goes as its bytes. */
async function packed(init: RequestInit): Promise<{ headers: [string, string][]; body: string | Uint8Array | null }> {
  const { body = null } = init;
  const headers = new Headers(init.headers);
  if (body === null || typeof body === "string") return { headers: [...headers], body };
  const form = new Response(body);
  const type = form.headers.get("content-type");
  if (type !== null) headers.set("content-type", type);
  return { headers: [...headers], body: new Uint8Array(await form.arrayBuffer()) };
}

/** A model on this machine is not reached by way of another one, whatever the environment says. */
function isOfThisMachine(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(hostname);
}
