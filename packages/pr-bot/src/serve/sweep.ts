/** Asks GitHub on start for deliveries that did not arrive: it does not send them again by itself. */
import type { Client } from "../github/client.ts";

/** GitHub keeps them for three days; a server that is away for a night may miss thousands. */
const MOST_PAGES = 100;

/** Asks for those that failed and never succeeded, until the server stops; gives how many. */
export async function sweepDeliveries(client: Client, signal: AbortSignal): Promise<number> {
  const data = await deliveriesOf(client, signal);
  const arrived = new Set(
    data.filter(({ status_code }) => status_code >= 200 && status_code < 300).map(({ guid }) => guid),
  );
  const asked = new Set<string>();
  for (const { guid, id } of data) {
    if (signal.aborted) break;
    if (arrived.has(guid) || asked.has(guid)) continue;
    asked.add(guid);
    await client.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: Number(id) });
  }
  return asked.size;
}

interface Delivery {
  readonly id: number | bigint;
  readonly guid: string;
  readonly status_code: number;
}

/** The newest first. Where the next page begins only GitHub can tell. */
async function deliveriesOf(client: Client, signal: AbortSignal): Promise<readonly Delivery[]> {
  const all: Delivery[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES && !signal.aborted; pages++) {
    const asked = { per_page: 100, ...(cursor === undefined ? {} : { cursor }) };
    const { data, headers } = await client.request("GET /app/hook/deliveries", asked);
    all.push(...data);
    const next = /<([^>]+)>; rel="next"/.exec(headers.link ?? "")?.[1];
    cursor = next === undefined ? undefined : (new URL(next).searchParams.get("cursor") ?? undefined);
    if (cursor === undefined) break;
  }
  return all;
}
