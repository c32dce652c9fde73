/** What the server answers: webhooks, and questions about its health. */
import { verify } from "@octokit/webhooks-methods";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { jobOf } from "./job.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Queue } from "./queue.ts";

export interface WebTools {
  readonly secret: string;
  readonly queue: Queue;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Told that a delivery waits. */
  readonly onReceived: () => void;
  readonly isReady: () => Promise<boolean>;
}

/** GitHub's own bound. */
const LARGEST = 25 * 1024 * 1024;

export function createWeb(tools: WebTools): Hono {
  const web = new Hono();
  web.post("/webhooks", bodyLimit({ maxSize: LARGEST }), context => receive(context, tools));
  web.get("/healthz", context => context.text("ok\n"));
  web.get("/readyz", async context =>
    (await tools.isReady()) ? context.text("ready\n") : context.text("not ready\n", 503),
  );
  web.get("/metrics", async context =>
    context.text(await tools.metrics.text(await tools.queue.stats()), 200, {
      "content-type": "text/plain; version=0.0.4",
    }),
  );
  web.onError((error, context) => {
    tools.log.error({ error }, "a request failed");
    return context.text("error\n", 500);
  });
  return web;
}

/** Stores the delivery and answers; whatever there is to do comes later. */
async function receive(context: Context, { secret, queue, metrics, log, onReceived }: WebTools): Promise<Response> {
  const started = performance.now();
  const body = await context.req.text();
  const event = context.req.header("x-github-event") ?? "";
  const guid = context.req.header("x-github-delivery") ?? "";
  const outcome = await judged(context, body, secret);
  const answered = (kind: Parameters<Metrics["delivered"]>[1], status: 202 | 400 | 401, text: string): Response => {
    const known = /^[a-z_]{1,40}$/.test(event) && status === 202 ? event : "other";
    metrics.delivered(known, kind, (performance.now() - started) / 1_000);
    return context.text(`${text}\n`, status);
  };
  if (outcome === "unsigned") return answered("refused", 401, "The signature is missing or wrong.");
  if (outcome === undefined || !/^[\w-]{8,64}$/.test(guid)) return answered("refused", 400, "This is no delivery.");
  const job = jobOf(event, outcome.payload);
  if (!(await queue.receive(guid, job))) return answered("duplicate", 202, "Known already.");
  log.debug({ guid, event }, job ? "received" : "ignored");
  if (!job) return answered("ignored", 202, "Nothing to do.");
  onReceived();
  return answered("accepted", 202, "Accepted.");
}

/** The signature is over the bytes as they came, and comes first: what is not signed is not even parsed. */
async function judged(
  context: Context,
  body: string,
  secret: string,
): Promise<{ readonly payload: unknown } | "unsigned" | undefined> {
  const signature = context.req.header("x-hub-signature-256");
  if (!signature || !/^sha256=[0-9a-f]{64}$/.test(signature) || body === "" || !(await verify(secret, body, signature)))
    return "unsigned";
  try {
    return { payload: JSON.parse(body) as unknown };
  } catch {
    return undefined;
  }
}
