/** A server that speaks OpenAI's API over real HTTP on the loopback interface: it answers, streams, stalls, breaks off, counts and remembers. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { openBatchDesk, type BatchMade, type BatchManners } from "./batches.ts";
import { sensible, type Behaviour } from "./behaviours.ts";
import { unknownField } from "./fields.ts";
import { error, refusedField, type Reply } from "./replies.ts";
import { decodeRequest, type ModelRequest } from "./request.ts";
import { answerBody, countTokens, modelList, type TokenCount } from "./shapes.ts";
import { beginEvents, eventsOf, isStreamed } from "./streaming.ts";

export interface ModelServer {
  /** Base URL for a client, ending in `/v1`. */
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly ModelRequest[];
  /** What a provider would charge for: every answer that was begun, whether or not it arrived. */
  billed(): TokenCount;
  /**
   * The most requests that were ever under way at one time. One that a client gave up counts until its connection is
   * seen to close, which may be after the client's next request.
   */
  mostAtOnce(): number;
  /** The batches that were made. */
  batches(): readonly BatchMade[];
  /** Breaks all connections and stops. */
  close(): Promise<void>;
}

/** Starts a server on the given port, or any free one. Requests with fields that the API does not have get 400 first. */
export async function startModelServer(
  behaviour: Behaviour = sensible(),
  port = 0,
  manners: BatchManners = {},
): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const bill = { inputTokens: 0, outputTokens: 0 };
  const busy = { now: 0, most: 0 };
  const desk = openBatchDesk(manners, async request => {
    const reply = await replyTo(request, behaviour);
    if (reply.kind === "error") return { status: reply.status, body: { error: reply.error } };
    if (reply.kind !== "text" && reply.kind !== "refusal")
      return { status: 500, body: { error: { message: reply.kind } } };
    const tokens = countTokens(request, reply.text, reply.kind === "text" && reply.end === "length");
    bill.inputTokens += tokens.inputTokens;
    bill.outputTokens += tokens.outputTokens;
    return { status: 200, body: answerBody(request, reply, tokens) };
  });

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    busy.most = Math.max(busy.most, ++busy.now);
    response.once("close", () => busy.now--);
    const text = await textOf(incoming);
    const { method = "", url = "", headers } = incoming;
    const atDesk = await desk.handle(method, url, text);
    if (atDesk === "lost") {
      response.destroy();
      return;
    }
    if (atDesk) {
      sendBody(response, atDesk.status, "application/json", atDesk.body);
      return;
    }
    const request = decodeRequest(requests.length + 1, method, url, headers, text);
    requests.push(request);
    const tokens = send(response, request, await replyTo(request, behaviour));
    bill.inputTokens += tokens.inputTokens;
    bill.outputTokens += tokens.outputTokens;
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((cause: unknown) => response.destroy(cause as Error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    billed: () => ({ ...bill }),
    mostAtOnce: () => busy.most,
    batches: () => desk.batches,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function replyTo(request: ModelRequest, behaviour: Behaviour): Promise<Reply> {
  if (request.api === "models")
    return { kind: "raw", status: 200, contentType: "application/json", body: JSON.stringify(modelList()) };
  if (request.api === "other" || request.method !== "POST")
    return error(404, `Invalid URL (${request.method} ${request.path})`);
  const unknown = unknownField(request);
  return unknown === undefined ? behaviour(request) : refusedField(unknown, 400);
}

const nothing: TokenCount = { inputTokens: 0, outputTokens: 0 };

/** Sends a reply and tells what it would cost. */
function send(response: ServerResponse, request: ModelRequest, reply: Reply): TokenCount {
  response.setHeader("x-request-id", `req_${request.number}`);
  switch (reply.kind) {
    case "error":
      for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
      sendBody(response, reply.status, "application/json", JSON.stringify({ error: reply.error }));
      return nothing;
    case "raw":
      sendBody(response, reply.status, reply.contentType, reply.body);
      return nothing;
    case "stall":
    case "drop":
      return sendInPart(response, request, reply);
    case "text":
    case "refusal":
    case "failed": {
      const text = reply.kind === "failed" ? "" : reply.text;
      const tokens = countTokens(request, text, reply.kind === "text" && reply.end === "length");
      sendAnswer(response, request, answerBody(request, reply, tokens));
      return tokens;
    }
  }
}

function sendAnswer(response: ServerResponse, request: ModelRequest, body: object): void {
  if (!isStreamed(request)) {
    sendBody(response, 200, "application/json", JSON.stringify(body));
    return;
  }
  setRateHeaders(response);
  beginEvents(response);
  for (const event of eventsOf(request, body)) response.write(event);
  response.end();
}

function sendBody(response: ServerResponse, status: number, contentType: string | undefined, body: string): void {
  if (contentType !== undefined) response.setHeader("content-type", contentType);
  setRateHeaders(response);
  response.writeHead(status).end(body);
}

/** Sends nothing, or headers and half of an answer; then falls silent or hangs up. */
function sendInPart(
  response: ServerResponse,
  request: ModelRequest,
  { kind, before, text }: Extract<Reply, { readonly kind: "stall" | "drop" }>,
): TokenCount {
  const tokens = countTokens(request, text, false);
  const body = answerBody(request, { kind: "text", text }, tokens);
  const hangUp = (): void => {
    if (kind === "drop") response.destroy();
  };
  if (before === "headers") hangUp();
  else if (isStreamed(request)) {
    const events = eventsOf(request, body);
    beginEvents(response);
    response.write(events.slice(0, events.length / 2).join(""), hangUp);
  } else {
    const sent = JSON.stringify(body);
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(sent) });
    response.write(sent.slice(0, sent.length / 2), hangUp);
  }
  return tokens;
}

function setRateHeaders(response: ServerResponse): void {
  for (const kind of ["requests", "tokens"]) {
    response.setHeader(`x-ratelimit-limit-${kind}`, "100000");
    response.setHeader(`x-ratelimit-remaining-${kind}`, "99999");
    response.setHeader(`x-ratelimit-reset-${kind}`, "6ms");
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
