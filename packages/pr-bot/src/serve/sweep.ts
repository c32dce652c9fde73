/** Asks GitHub on start for deliveries that did not arrive: it does not send them again by itself. */
import type { Client } from "../github/client.ts";

/** Asks for those that failed and never succeeded, of the newest hundred; gives how many. */
export async function sweepDeliveries(client: Client): Promise<number> {
  const { data } = await client.request("GET /app/hook/deliveries", { per_page: 100 });
  const arrived = new Set(
    data.filter(({ status_code }) => status_code >= 200 && status_code < 300).map(({ guid }) => guid),
  );
  const asked = new Set<string>();
  for (const { guid, id } of data) {
    if (arrived.has(guid) || asked.has(guid)) continue;
    asked.add(guid);
    await client.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: Number(id) });
  }
  return asked.size;
}
