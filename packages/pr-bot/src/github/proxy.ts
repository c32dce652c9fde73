/** The way to GitHub where there is a proxy: Node's own `fetch` heeds none before version 24, and git does. */
import type { Fetch } from "./client.ts";

const NAMES = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"];

/** How requests leave a machine whose environment names a proxy; undefined for others, which need not load what speaks to one. */
export function fetchByProxy(
  variables: Readonly<Record<string, string | undefined>>,
  apiUrl: string,
): Fetch | undefined {
  if (!NAMES.some(name => variables[name])) return undefined;
  const opened = import("@review/suggestions").then(({ openFetch, proxiesIn }) =>
    openFetch(apiUrl, 0, proxiesIn(variables)),
  );
  // Whoever asks hears of it.
  opened.catch(() => undefined);
  return async (input, init = {}) => (await opened)(input, init);
}
