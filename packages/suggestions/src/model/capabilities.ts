/** What a server was found to understand. It only ever shrinks, so learning ends; each step comes from an answer, never from a name. */
import type { CapabilityCache } from "./capability-cache.ts";
import type { WindowSize } from "./context-window.ts";

/** A field of the request, or a feature, that a server may refuse. */
export type Knob =
  | "store"
  | "reasoning"
  | "verbosity"
  | "prompt_cache_key"
  | "max_output_tokens"
  | "max_completion_tokens"
  | "max_tokens"
  | "system";

export interface Capabilities {
  readonly api: "responses" | "chat";
  readonly format: "json_schema" | "json_object" | "text";
  readonly refused: ReadonlySet<Knob>;
  /** OpenAI's own host takes the newer name of the output limit and must be told not to store; others may know neither. */
  readonly official: boolean;
  /** What the model takes, as far as somebody said so. */
  readonly window?: WindowSize | undefined;
}

/** What has been learnt of one server so far. */
export interface CapabilityMemo {
  current(): Capabilities;
  /** Adds what one request found, and notes it unless another one had found it already. */
  learn(found: Capabilities, note: string): void;
}

/** Opens a memo that writes its notes through `note`, and what it learns into the cache. */
export function openCapabilityMemo(
  first: Capabilities,
  note: (text: string) => void,
  cache: CapabilityCache,
): CapabilityMemo {
  let known = both(first, { ...first, ...cache.read() });
  return {
    current: () => known,
    learn: (found, text) => {
      const before = known;
      known = both(known, found);
      if (isSame(before, known)) return;
      note(text);
      cache.write(known);
    },
  };
}

/** Where to begin: OpenAI's own host speaks Responses, every other is asked in the older, wider spoken way. */
export function firstCapabilities(
  hostname: string,
  api: "auto" | "responses" | "chat",
  contextTokens?: number,
): Capabilities {
  const official = isOpenAi(hostname);
  const first = official ? "responses" : "chat";
  const window = contextTokens === undefined ? undefined : { tokens: contextTokens, from: "setting" as const };
  return { api: api === "auto" ? first : api, format: "json_schema", refused: new Set(), official, window };
}

/** Says whether a host is OpenAI's own. */
export function isOpenAi(hostname: string): boolean {
  return hostname === "api.openai.com";
}

/** The name under which the output limit is sent; undefined: the server refuses them all. */
export function outputLimitOf({ api, refused, official }: Capabilities): Knob | undefined {
  const newer: readonly Knob[] = ["max_completion_tokens", "max_tokens"];
  const older: readonly Knob[] = ["max_tokens", "max_completion_tokens"];
  const limits: readonly Knob[] = api === "responses" ? ["max_output_tokens"] : official ? newer : older;
  return limits.find(name => !refused.has(name));
}

/** Says what is wrong in the words of the server. */
export interface Complaint {
  readonly param: string;
  readonly message: string;
}

/** How servers name each in their complaints. */
const names: Readonly<Record<Knob, RegExp>> = {
  store: /\bstore\b/,
  reasoning: /\breasoning(?:[._]effort)?\b/,
  verbosity: /\bverbosity\b/,
  prompt_cache_key: /\bprompt_cache_key\b/,
  max_output_tokens: /\bmax_output_tokens\b/,
  max_completion_tokens: /\bmax_completion_tokens\b/,
  max_tokens: /\bmax_tokens\b/,
  system: /\bsystem\b.{0,30}\b(?:role|message|prompt)|\brole\b.{0,30}\bsystem\b/i,
};
const formatName = /\bresponse_format\b|\btext\.format\b|json_schema|json_object|\bgrammar\b/i;
const refusal =
  /unrecogni[sz]ed|unsupported|not supported|does(?:n't| not) support|unknown|extra_forbidden|extra (?:fields|inputs)|not (?:permitted|allowed)|unexpected|invalid|must be/i;

/** The capabilities without what a 400 or 422 complains of, or undefined when it names nothing that can be left out. */
export function withoutRefused(used: Capabilities, { param, message }: Complaint): Capabilities | undefined {
  const knobs = sentKnobs(used);
  const byParam = knobs.find(knob => names[knob].test(param));
  if (byParam) return without(used, byParam);
  if (formatName.test(param)) return weakerFormat(used);
  // A named part of the request that is none of ours cannot be left out; the system role has no name of its own.
  const candidates = param ? knobs.filter(knob => knob === "system") : knobs;
  const named = refusal.test(message) ? candidates.find(knob => names[knob].test(message)) : undefined;
  if (named) return without(used, named);
  return !param && formatName.test(message) ? weakerFormat(used) : undefined;
}

/** One step down in how the shape of the answer is asked for, or undefined at the bottom. */
export function weakerFormat(used: Capabilities): Capabilities | undefined {
  if (used.format === "json_schema") return { ...used, format: "json_object" };
  return used.format === "json_object" ? { ...used, format: "text" } : undefined;
}

/** What both know to be refused: two requests under way may learn different things. */
function both(a: Capabilities, b: Capabilities): Capabilities {
  const order = ["json_schema", "json_object", "text"] as const;
  const format = order.indexOf(a.format) > order.indexOf(b.format) ? a.format : b.format;
  const api = a.api === "chat" || b.api === "chat" ? "chat" : "responses";
  const window = smaller(a.window, b.window);
  return { api, format, refused: new Set([...a.refused, ...b.refused]), official: a.official, window };
}

function smaller(a: WindowSize | undefined, b: WindowSize | undefined): WindowSize | undefined {
  return a && b ? (b.tokens < a.tokens ? b : a) : (a ?? b);
}

/** Both stem from the same server, and what is refused only grows: its number tells. */
function isSame(a: Capabilities, b: Capabilities): boolean {
  return (
    a.api === b.api &&
    a.format === b.format &&
    a.refused.size === b.refused.size &&
    a.window?.tokens === b.window?.tokens
  );
}

function sentKnobs(used: Capabilities): readonly Knob[] {
  const responses: readonly Knob[] = ["store", "reasoning", "verbosity", "prompt_cache_key"];
  const chat: readonly Knob[] = used.official ? ["store", "system"] : ["system"];
  const limit = outputLimitOf(used);
  const knobs = used.api === "responses" ? responses : chat;
  return [...knobs.filter(knob => !used.refused.has(knob)), ...(limit ? [limit] : [])];
}

function without(used: Capabilities, knob: Knob): Capabilities {
  return { ...used, refused: new Set([...used.refused, knob]) };
}
