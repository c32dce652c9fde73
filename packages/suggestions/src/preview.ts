/** What would be sent, to the byte, and what it could cost at most: nothing is sent for it. */
import { secretSent } from "./converse.ts";
import { costAtMost, type Price, type WorstCase } from "./ledger.ts";
import { requestBody } from "./model/bodies.ts";
import { outputLimitOf, type Capabilities } from "./model/capabilities.ts";
import type { ContextWindow } from "./model/context-window.ts";
import { mostTokensOf } from "./model/attempt.ts";
import { buildPrompt, type Conversation } from "./prompt.ts";
import type { SuggestionRequest } from "./request.ts";
import { formsOf, type Form } from "./shorter.ts";

/** The first request about a finding; what a model is told of a fix that did not stand comes on top. */
export interface Preview {
  readonly request: SuggestionRequest;
  readonly url: string;
  /** Key of the answer in the cache. */
  readonly key: string;
  /** The body of the request; null: none is made. */
  readonly body: string | null;
  /** Why none is made, or what of the context is left out so that it fits the model; null: neither. */
  readonly note: string | null;
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
  readonly window: Pick<ContextWindow, "objectionTo">;
  readonly keyOf: (conversation: Conversation) => string;
}

/** The request that would be made for a finding. */
export function previewOf(request: SuggestionRequest, settings: PreviewSettings): Preview {
  const { model, outputTokens, capabilities, price } = settings;
  const { form, conversation, objection } = formFor(request, settings);
  const path = capabilities.api === "responses" ? "responses" : "chat/completions";
  const url = `${settings.server.replace(/\/+$/, "")}/${path}`;
  const key = settings.keyOf(conversation);
  const nothing: WorstCase = { inputTokens: 0, outputTokens: 0 };
  if (objection !== undefined) return { request, url, key, body: null, note: objection, worst: nothing, costUsd: 0 };
  const made = requestBody(conversation, model, outputTokens, capabilities);
  const worst = {
    inputTokens: mostTokensOf(made),
    outputTokens: outputLimitOf(capabilities) ? outputTokens : null,
  };
  const costUsd = price && worst.outputTokens !== null ? costAtMost(worst, price) : null;
  const note = form.without === "" ? null : `without ${form.without}`;
  return { request, url, key, body: JSON.stringify(made.body), note, worst, costUsd };
}

interface Chosen {
  readonly form: Form;
  readonly conversation: Conversation;
  /** Why not even this is sent. */
  readonly objection: string | undefined;
}

/** The longest form that fits; the shortest, with what speaks against it, if none does. */
function formFor(request: SuggestionRequest, { language, outputTokens, window }: PreviewSettings): Chosen {
  const choices = formsOf(request).map((form): Chosen => {
    const conversation = buildPrompt(form.request, { language });
    return { form, conversation, objection: window.objectionTo({ conversation, outputTokens }) };
  });
  const whole = choices[0] as Chosen;
  const secret = secretSent(whole.conversation, request.context);
  if (secret) return { ...whole, objection: `the code seems to hold ${secret}` };
  return choices.find(({ objection }) => objection === undefined) ?? (choices.at(-1) as Chosen);
}
