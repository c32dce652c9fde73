/** Answers in the shapes of both APIs, typed by the SDK. */
import type { ChatCompletion } from "openai/resources/chat/completions";
import type { Model } from "openai/resources/models";
import type { Response, ResponseOutputMessage } from "openai/resources/responses/responses";
import type { ModelRequest } from "./request.ts";
import type { Reply } from "./replies.ts";

/** Tokens as this server counts them: four characters each, rounded up. */
export interface TokenCount {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** A reply that is an answer of the API, with status 200. */
export type AnswerReply = Extract<Reply, { readonly kind: "text" | "refusal" | "failed" }>;

/** What an answer with this text takes. An answer that reached its limit took all of it. */
export function countTokens(request: ModelRequest, text: string, toTheLimit: boolean): TokenCount {
  const input = request.instructions + request.turns.map(turn => turn.text).join("");
  const output = Math.min(Math.ceil(text.length / 4), request.outputLimit ?? Infinity);
  const outputTokens = toTheLimit ? (request.outputLimit ?? output) : output;
  return { inputTokens: Math.ceil(input.length / 4), outputTokens };
}

/** The body of an answer. The SDK adds `output_text` itself; servers do not send it. */
export function answerBody(request: ModelRequest, reply: AnswerReply, tokens: TokenCount): object {
  const body = request.api === "responses" ? responseOf(request, reply, tokens) : completionOf(request, reply, tokens);
  if (reply.kind !== "text" || reply.usage !== "none") return body;
  const { usage: _left, ...rest } = body;
  return rest;
}

/** The list of `/v1/models`, with one model. */
export function modelList(): { readonly object: "list"; readonly data: readonly Model[] } {
  return { object: "list", data: [{ id: "local", object: "model", created: 0, owned_by: "testkit" }] };
}

function responseOf(request: ModelRequest, reply: AnswerReply, tokens: TokenCount): Omit<Response, "output_text"> {
  const failed = reply.kind === "failed";
  const end = reply.kind === "text" ? reply.end : undefined;
  return {
    id: `resp_${request.number}`,
    object: "response",
    created_at: 0,
    status: failed ? "failed" : end ? "incomplete" : "completed",
    error: failed ? { code: reply.code, message: reply.message } : null,
    incomplete_details: end ? { reason: end === "length" ? "max_output_tokens" : "content_filter" } : null,
    instructions: null,
    model: request.model,
    output: failed ? [] : [messageOf(request, reply, end !== undefined)],
    parallel_tool_calls: true,
    temperature: 1,
    top_p: 1,
    tool_choice: "auto",
    tools: [],
    metadata: {},
    usage: {
      input_tokens: tokens.inputTokens,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: tokens.outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: tokens.inputTokens + tokens.outputTokens,
    },
  };
}

function messageOf(
  request: ModelRequest,
  reply: Exclude<AnswerReply, { readonly kind: "failed" }>,
  incomplete: boolean,
): ResponseOutputMessage {
  return {
    type: "message",
    id: `msg_${request.number}`,
    status: incomplete ? "incomplete" : "completed",
    role: "assistant",
    content: [
      reply.kind === "refusal"
        ? { type: "refusal", refusal: reply.text }
        : { type: "output_text", text: reply.text, annotations: [], logprobs: [] },
    ],
  };
}

/** Chat Completions has no failed answer; gateways put an `error` beside no choices. */
function completionOf(
  request: ModelRequest,
  reply: AnswerReply,
  tokens: TokenCount,
): ChatCompletion & { readonly error?: { readonly code: string; readonly message: string } } {
  return {
    id: `chatcmpl-${request.number}`,
    object: "chat.completion",
    created: 0,
    model: request.model,
    choices: reply.kind === "failed" ? [] : [choiceOf(reply)],
    usage: {
      prompt_tokens: tokens.inputTokens,
      completion_tokens: tokens.outputTokens,
      total_tokens: tokens.inputTokens + tokens.outputTokens,
    },
    ...(reply.kind === "failed" && { error: { code: reply.code, message: reply.message } }),
  };
}

function choiceOf(reply: Exclude<AnswerReply, { readonly kind: "failed" }>): ChatCompletion.Choice {
  const refused = reply.kind === "refusal";
  return {
    index: 0,
    finish_reason: (reply.kind === "text" && reply.end) || "stop",
    logprobs: null,
    message: { role: "assistant", content: refused ? null : reply.text, refusal: refused ? reply.text : null },
  };
}
