/** Reads what a server answered with status 200, trusting nothing: servers differ in all that they may leave out. */
import type { TokenUsage } from "../ledger.ts";
import { plainText } from "../prose.ts";
import type { Capabilities } from "./capabilities.ts";
import { failedAnswer, failure, notTheApi, type Failure } from "./failures.ts";

export type Reply =
  | { readonly kind: "text"; readonly text: string; readonly usage: TokenUsage | undefined }
  | { readonly kind: "failed"; readonly failure: Failure; readonly usage: TokenUsage | undefined };

type Fields = Readonly<Record<string, unknown>>;

/** Decodes the body of an answer of either API. */
export function readReply(api: Capabilities["api"], host: string, contentType: string, body: string): Reply {
  const value = parsed(body);
  const reply = value && (api === "responses" ? responsesReply(value, host) : chatReply(value, host));
  return reply ?? { kind: "failed", failure: notTheApi(host, contentType, body), usage: undefined };
}

function responsesReply(value: Fields, host: string): Reply | undefined {
  const usage = usageOf(fields(value["usage"]), "input_tokens", "output_tokens", "input_tokens_details");
  if (value["status"] === "failed" || value["status"] === "cancelled") {
    const error = fields(value["error"]);
    return { kind: "failed", failure: failedAnswer(host, words(error["code"]), words(error["message"])), usage };
  }
  if (!Array.isArray(value["output"])) return undefined;
  const parts = list(value["output"])
    .filter(isFinalMessage)
    .flatMap(item => list(item["content"]));
  const refusal = parts.find(part => part["type"] === "refusal");
  if (refusal) return refused(words(refusal["refusal"]), usage);
  if (value["status"] === "incomplete") {
    const reason = fields(value["incomplete_details"])["reason"];
    return reason === "content_filter" ? refused("filtered by the provider", usage) : truncated(usage);
  }
  const text = parts.filter(part => part["type"] === "output_text").map(part => words(part["text"]));
  return { kind: "text", text: text.join(""), usage };
}

/** Reasoning models may think aloud in messages of their own before the answer. */
function isFinalMessage(item: Fields): boolean {
  return item["type"] === "message" && item["phase"] !== "commentary";
}

function chatReply(value: Fields, host: string): Reply | undefined {
  const usage = usageOf(fields(value["usage"]), "prompt_tokens", "completion_tokens", "prompt_tokens_details");
  const error = fields(value["error"]);
  if (words(error["message"]))
    return { kind: "failed", failure: failedAnswer(host, words(error["code"]), words(error["message"])), usage };
  const choice = list(value["choices"])[0];
  if (!choice || typeof choice["message"] !== "object") return undefined;
  const message = fields(choice["message"]);
  if (words(message["refusal"])) return refused(words(message["refusal"]), usage);
  if (choice["finish_reason"] === "content_filter") return refused("filtered by the provider", usage);
  if (choice["finish_reason"] === "length") return truncated(usage);
  return { kind: "text", text: words(message["content"]), usage };
}

function refused(said: string, usage: TokenUsage | undefined): Reply {
  return { kind: "failed", failure: failure("refused", `the model declined: ${plainText(said, 160)}`), usage };
}

function truncated(usage: TokenUsage | undefined): Reply {
  return { kind: "failed", failure: failure("truncated", "the answer reached the output limit"), usage };
}

/** Usage as reported; undefined unless both sums are there. */
function usageOf(usage: Fields, input: string, output: string, details: string): TokenUsage | undefined {
  const inputTokens = count(usage[input]);
  const outputTokens = count(usage[output]);
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return { inputTokens, outputTokens, cachedInputTokens: count(fields(usage[details])["cached_tokens"]) ?? 0 };
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function parsed(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
