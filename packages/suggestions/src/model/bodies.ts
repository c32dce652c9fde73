/** Request bodies, typed by the SDK: nothing is sent but what stands here. */
import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";
import type { ResponseCreateParamsNonStreaming } from "openai/resources/responses/responses";
import { answerSchema } from "../answer.ts";
import type { AnswerShape, Conversation } from "../prompt.ts";
import { outputLimitOf, type Capabilities } from "./capabilities.ts";

export type RequestBody =
  | { readonly api: "responses"; readonly body: ResponseCreateParamsNonStreaming }
  | { readonly api: "chat"; readonly body: ChatCompletionCreateParamsNonStreaming };

const suggestion: AnswerShape = { name: "review_suggestion", schema: answerSchema };

/** The body for a conversation, within what the server understands. `outputTokens` bounds reasoning and answer together. */
export function requestBody(
  conversation: Conversation,
  model: string,
  outputTokens: number,
  capabilities: Capabilities,
): RequestBody {
  return capabilities.api === "responses"
    ? { api: "responses", body: responsesBody(conversation, model, outputTokens, capabilities) }
    : { api: "chat", body: chatBody(conversation, model, outputTokens, capabilities) };
}

function responsesBody(
  { instructions, turns, cacheGroup, shape }: Conversation,
  model: string,
  outputTokens: number,
  capabilities: Capabilities,
): ResponseCreateParamsNonStreaming {
  const { refused } = capabilities;
  const format = responsesFormat(capabilities, shape);
  const text = { ...(format && { format }), ...(!refused.has("verbosity") && { verbosity: "low" as const }) };
  return {
    model,
    instructions,
    input: turns.map(turn => ({ role: turn.role, content: turn.text })),
    ...(Object.keys(text).length > 0 && { text }),
    ...(!refused.has("reasoning") && { reasoning: { effort: "low" as const } }),
    ...(!refused.has("max_output_tokens") && { max_output_tokens: outputTokens }),
    // Stored answers would keep the code at the provider; the API stores unless told otherwise.
    ...(!refused.has("store") && { store: false }),
    ...(!refused.has("prompt_cache_key") && { prompt_cache_key: cacheGroup }),
  };
}

function chatBody(
  { instructions, turns, shape }: Conversation,
  model: string,
  outputTokens: number,
  capabilities: Capabilities,
): ChatCompletionCreateParamsNonStreaming {
  const { refused, official } = capabilities;
  const merged = turns.map((turn, index) =>
    index === 0 ? { ...turn, text: `${instructions}\n\n${turn.text}` } : turn,
  );
  const spoken = refused.has("system") ? merged : [{ role: "system" as const, text: instructions }, ...turns];
  const format = chatFormat(capabilities, shape);
  const limit = outputLimitOf(capabilities);
  return {
    model,
    messages: spoken.map(({ role, text }) => ({ role, content: text })),
    ...(format && { response_format: format }),
    ...(limit && { [limit]: outputTokens }),
    ...(official && !refused.has("store") && { store: false }),
  };
}

function responsesFormat(
  { format }: Capabilities,
  { name, schema }: AnswerShape = suggestion,
): NonNullable<ResponseCreateParamsNonStreaming["text"]>["format"] {
  if (format === "json_schema") return { type: "json_schema", name, strict: true, schema: { ...schema } };
  return format === "json_object" ? { type: "json_object" } : undefined;
}

function chatFormat(
  { format }: Capabilities,
  { name, schema }: AnswerShape = suggestion,
): ChatCompletionCreateParamsNonStreaming["response_format"] {
  if (format === "json_schema")
    return { type: "json_schema", json_schema: { name, strict: true, schema: { ...schema } } };
  return format === "json_object" ? { type: "json_object" } : undefined;
}
