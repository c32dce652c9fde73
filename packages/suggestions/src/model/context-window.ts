/** Whether a question fits the model, told before it is sent: by its window, as far as that is known, and an estimate that the server's own counts correct. */
import type { Conversation } from "../prompt.ts";
import type { CapabilityMemo } from "./capabilities.ts";
import type { ServerError } from "./server-errors.ts";
import { tokensOf } from "./token-estimate.ts";

/** What a model takes in all, question and answer together. */
export interface WindowSize {
  readonly tokens: number;
  /** `refusal`: a server refused so much without saying how much it takes. */
  readonly from: "setting" | "server" | "refusal";
}

/** A question, as far as its length matters. */
export interface Measured {
  readonly conversation: Conversation;
  readonly outputTokens: number;
}

export interface ContextWindow {
  isKnown(): boolean;
  /** Tokens that a conversation leaves for the answer; without end where the window is not known. */
  roomAfter(conversation: Conversation): number;
  /** Why a question will not fit, with the numbers; undefined: it will, as far as can be told. */
  objectionTo(question: Measured): string | undefined;
  /** Corrects the estimate by what the server counted. */
  counted(question: Measured, inputTokens: number): void;
  /** Learns the window from a server's complaint that a question is too long. */
  refused(question: Measured, error: Pick<ServerError, "message" | "fields">): void;
}

/** What an estimate may be wrong by unnoticed. */
const MARGIN = 1.05;
/** By so much do estimates of prompts differ that are alike but for names and marks. */
const NOISE = 1.03;

/** Opens the window of a server; what it is found to be is kept in the memo. */
export function openContextWindow(memo: CapabilityMemo): ContextWindow {
  const scale = openScale();
  /** What was refused once is not sent again, however much the estimate is corrected by what was not. */
  let leastRefused = Infinity;
  let mostRead = 0;
  const sizeOf = (conversation: Conversation): number => Math.ceil(tokensOf(conversation) * scale.factor() * MARGIN);
  const learn = (window: WindowSize): void => {
    const about = window.from === "server" ? `a window of ${window.tokens}` : `room for at most ${window.tokens}`;
    memo.learn({ ...memo.current(), window }, `has ${about} tokens; longer prompts are shortened`);
  };
  return {
    isKnown: () => memo.current().window !== undefined,
    roomAfter: conversation => (memo.current().window?.tokens ?? Infinity) - sizeOf(conversation),
    objectionTo: ({ conversation, outputTokens }) => {
      const { window } = memo.current();
      if (!window) return undefined;
      const isRefused = tokensOf(conversation) + outputTokens >= leastRefused;
      const size = Math.max(sizeOf(conversation), isRefused ? window.tokens - outputTokens + 1 : 0);
      return size + outputTokens > window.tokens ? lack(size, outputTokens, window) : undefined;
    },
    counted: ({ conversation, outputTokens }, inputTokens) => {
      const estimate = tokensOf(conversation);
      mostRead = Math.max(mostRead, estimate + outputTokens);
      scale.counted(estimate, inputTokens);
    },
    refused: ({ conversation, outputTokens }, error) => {
      const stated = windowIn(error);
      const estimate = tokensOf(conversation);
      // Who has read as much before has no smaller window: that refusal speaks for itself alone.
      if (estimate + outputTokens <= NOISE * mostRead) return;
      const isSmall = stated !== undefined && sizeOf(conversation) + outputTokens > stated;
      // What fits by the estimate and is refused all the same was estimated too low.
      if (stated !== undefined && (isSmall || scale.isMoreThan(estimate, (stated - outputTokens) / MARGIN)))
        learn({ tokens: stated, from: "server" });
      else {
        leastRefused = Math.min(leastRefused, (estimate + outputTokens) / NOISE);
        learn({ tokens: sizeOf(conversation) + outputTokens - 1, from: "refusal" });
      }
    },
  };
}

function lack(size: number, outputTokens: number, { tokens, from }: WindowSize): string {
  const room = Math.max(0, tokens - outputTokens);
  const whose = {
    setting: `the window of ${tokens} tokens (suggest.contextTokens)`,
    server: `the model's window of ${tokens} tokens`,
    refusal: `what the server takes, ${tokens} tokens at most,`,
  }[from];
  return `a prompt of about ${size} tokens does not fit: ${whose} leaves ${room} beside ${outputTokens} for the answer; lower suggest.outputTokens or give the model a larger window`;
}

/** Beyond these no server's count is believed: a cache may go uncounted, and a prompt may have been cut in silence. */
const LEAST = 0.7;
const MOST = 3;

interface Scale {
  factor(): number;
  counted(estimate: number, tokens: number): void;
  /** Takes it that an estimate stands for more than so many tokens; false: that cannot be. */
  isMoreThan(estimate: number, tokens: number): boolean;
}

/** Tokens for each estimated one: over all that was counted, and never less than what a refusal showed. */
function openScale(): Scale {
  const sum = { estimated: 0, counted: 0 };
  let floor = 0;
  return {
    factor: () => Math.max(floor, sum.estimated > 0 ? sum.counted / sum.estimated : 1),
    counted: (estimate, tokens) => {
      if (tokens < LEAST * estimate || tokens > MOST * estimate) return;
      sum.estimated += estimate;
      sum.counted += tokens;
    },
    isMoreThan: (estimate, tokens) => {
      const factor = (NOISE * (tokens + 1)) / estimate;
      if (factor > MOST) return false;
      floor = Math.max(floor, factor);
      return true;
    },
  };
}

/** How servers name the window in their complaints: OpenAI and vLLM, LM Studio, llama.cpp; Mistral; Gemini; TGI. */
const sizes: readonly RegExp[] = [
  /\b(?:n_ctx|num_ctx|max_model_len)\b\D{0,12}(\d+)/i,
  /\b(?:context|model) (?:length|size|window)(?:(?!exceed)\D){0,30}?(\d[\d,_]*)/i,
  /(\d[\d,_]*) (?:tokens? )?max(?:imum)?\b/i,
  /maximum number of tokens\D{0,20}(\d[\d,_]*)/i,
  /(?:<=|>) ?(\d[\d,_]*)/,
];

/** No model has less, and none more. */
const sensible = { least: 128, most: 100_000_000 };

/** The window that a complaint names, in a field of its own as llama.cpp has it, or in its words. */
function windowIn({ message, fields }: Pick<ServerError, "message" | "fields">): number | undefined {
  // The SDK puts the status first.
  const said = message.replace(/^\d{3} /, "");
  const named = [fields["n_ctx"], ...sizes.map(size => size.exec(said)?.[1]?.replace(/[,_]/g, ""))];
  return named.map(Number).find(tokens => tokens >= sensible.least && tokens <= sensible.most);
}
