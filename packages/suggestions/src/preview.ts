/** What would be sent, to the byte, and what it could cost at most: nothing is sent for it. */
import { costAtMost, type Price, type WorstCase } from "./ledger.ts";
import { requestBody } from "./model/bodies.ts";
import { outputLimitOf, type Capabilities } from "./model/capabilities.ts";
import { mostTokensOf } from "./model/attempt.ts";
import { buildPrompt, type Conversation } from "./prompt.ts";
import type { SuggestionRequest } from "./request.ts";
import { secretIn } from "./secrets.ts";

/** The first request about a finding; what a model is told of a fix that did not stand comes on top. */
export interface Preview {
  readonly request: SuggestionRequest;
  readonly url: string;
  /** Key of the answer in the cache. */
  readonly key: string;
  /** The body of the request; null: none is made, since the code holds a secret. */
  readonly body: string | null;
  readonly worst: WorstCase;
  /** US dollars at most; null: the price is unknown, or the answer is not bounded. */
  readonly costUsd: number | null;
}

export interface PreviewSettings {
  readonly model: string;
  /** Base URL of the server. */
  readonly server: string;
  readonly language: string | undefined;
  readonly outputTokens: number;
  readonly price: Price | undefined;
  readonly capabilities: Capabilities;
  readonly keyOf: (conversation: Conversation) => string;
}

/** The request that would be made for a finding. */
export function previewOf(request: SuggestionRequest, settings: PreviewSettings): Preview {
  const { model, language, outputTokens, capabilities, price } = settings;
  const conversation = buildPrompt(request, { language });
  const path = capabilities.api === "responses" ? "responses" : "chat/completions";
  const url = `${settings.server.replace(/\/+$/, "")}/${path}`;
  const key = settings.keyOf(conversation);
  const nothing: WorstCase = { inputTokens: 0, outputTokens: 0 };
  if (
    secretIn([request.context.declaration.text, ...conversation.turns.map(turn => turn.text)].join("\n")) !== undefined
  )
    return { request, url, key, body: null, worst: nothing, costUsd: 0 };
  const made = requestBody(conversation, model, outputTokens, capabilities);
  const worst = {
    inputTokens: mostTokensOf(made),
    outputTokens: outputLimitOf(capabilities) ? outputTokens : null,
  };
  const costUsd = price && worst.outputTokens !== null ? costAtMost(worst, price) : null;
  return { request, url, key, body: JSON.stringify(made.body), worst, costUsd };
}
