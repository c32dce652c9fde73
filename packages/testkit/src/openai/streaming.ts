/** An answer as server-sent events, for a request with `stream: true`; the events are typed by the SDK. */
import type { ServerResponse } from "node:http";
import type { ChatCompletion, ChatCompletionChunk } from "openai/resources/chat/completions";
import type { Response, ResponseOutputMessage, ResponseStreamEvent } from "openai/resources/responses/responses";
import type { ModelRequest } from "./request.ts";

/** Whether the client asked for events. */
export function isStreamed({ body }: ModelRequest): boolean {
  return body["stream"] === true;
}

/** The lines of the events that carry an answer of the API, in their order; a piece of text each, eight characters at most. */
export function eventsOf(request: ModelRequest, answer: object): readonly string[] {
  if (request.api === "responses") {
    return responseEvents(answer as Response).map(event => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }
  const { include_usage: withUsage } = (request.body["stream_options"] ?? {}) as { include_usage?: boolean };
  const chunks = chunksOf(answer as ChatCompletion, withUsage === true);
  return [...chunks.map(chunk => `data: ${JSON.stringify(chunk)}\n\n`), "data: [DONE]\n\n"];
}

export function beginEvents(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
}

type Numbered<Event> = Event extends unknown ? Omit<Event, "sequence_number"> : never;

function responseEvents(response: Response): ResponseStreamEvent[] {
  const begun: Response = { ...response, status: "in_progress", output: [], incomplete_details: null };
  const events: Numbered<ResponseStreamEvent>[] = [
    { type: "response.created", response: begun },
    { type: "response.in_progress", response: begun },
    ...response.output.flatMap((item, index) => (item.type === "message" ? messageEvents(item, index) : [])),
    lastEvent(response),
  ];
  return events.map((event, index) => ({ ...event, sequence_number: index }));
}

function lastEvent(response: Response): Numbered<ResponseStreamEvent> {
  if (response.status === "failed") return { type: "response.failed", response };
  return { type: response.status === "incomplete" ? "response.incomplete" : "response.completed", response };
}

function messageEvents(item: ResponseOutputMessage, index: number): Numbered<ResponseStreamEvent>[] {
  const [part] = item.content;
  if (!part) return [];
  const at = { item_id: item.id, output_index: index, content_index: 0 };
  const begun: ResponseOutputMessage = { ...item, status: "in_progress", content: [] };
  return [
    { type: "response.output_item.added", output_index: index, item: begun },
    { type: "response.content_part.added", ...at, part: emptied(part) },
    ...partEvents(part, at),
    { type: "response.content_part.done", ...at, part },
    { type: "response.output_item.done", output_index: index, item },
  ];
}

type Part = ResponseOutputMessage["content"][number];

function emptied(part: Part): Part {
  return part.type === "refusal" ? { ...part, refusal: "" } : { ...part, text: "" };
}

function partEvents(
  part: Part,
  at: { readonly item_id: string; readonly output_index: number; readonly content_index: number },
): Numbered<ResponseStreamEvent>[] {
  if (part.type === "refusal") {
    const pieces = piecesOf(part.refusal);
    return [
      ...pieces.map(delta => ({ type: "response.refusal.delta" as const, ...at, delta })),
      { type: "response.refusal.done", ...at, refusal: part.refusal },
    ];
  }
  return [
    ...piecesOf(part.text).map(delta => ({ type: "response.output_text.delta" as const, ...at, delta, logprobs: [] })),
    { type: "response.output_text.done", ...at, text: part.text, logprobs: [] },
  ];
}

function chunksOf({ id, created, model, choices, usage }: ChatCompletion, withUsage: boolean): ChatCompletionChunk[] {
  const head = { id, created, model, object: "chat.completion.chunk" as const };
  const chunk = (
    delta: ChatCompletionChunk.Choice.Delta,
    end: ChatCompletionChunk.Choice["finish_reason"] = null,
  ): ChatCompletionChunk => ({ ...head, choices: [{ index: 0, delta, finish_reason: end }] });
  const chunks = choices.flatMap(({ message, finish_reason: end }) => [
    chunk({ role: "assistant", content: "" }),
    ...piecesOf(message.content ?? "").map(content => chunk({ content })),
    ...piecesOf(message.refusal ?? "").map(refusal => chunk({ refusal })),
    chunk({}, end),
  ]);
  return withUsage && usage ? [...chunks, { ...head, choices: [], usage }] : chunks;
}

function piecesOf(text: string): readonly string[] {
  return text.match(/[^]{1,8}/gu) ?? [];
}
