/** What the model server can do with a request, as data, and the words in which real servers say it. */

export type Reply =
  /** Text from the model; `end` says why it stopped. Usage is left out of the answer when `usage` is "none". */
  | {
      readonly kind: "text";
      readonly text: string;
      readonly end?: "length" | "content_filter";
      readonly usage?: "none";
    }
  | { readonly kind: "refusal"; readonly text: string }
  /** Status 200 with an error inside. */
  | { readonly kind: "failed"; readonly code: "server_error" | "rate_limit_exceeded"; readonly message: string }
  | {
      readonly kind: "error";
      readonly status: number;
      readonly error: ApiError;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** These very bytes. */
  | { readonly kind: "raw"; readonly status: number; readonly contentType: string | undefined; readonly body: string }
  /** An answer that stops arriving: the connection stays open and silent, or breaks. */
  | {
      readonly kind: "stall" | "drop";
      readonly before: "headers" | "end";
      readonly text: string;
    };

/** The error object of the API. */
export interface ApiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

interface AnswerParts {
  readonly decision: "fix" | "advice" | "no_suggestion";
  readonly title?: string;
  readonly explanation: string;
  readonly risk?: "none" | "behaviour_change" | "api_change";
  readonly edits?: readonly { readonly find: string; readonly replace: string }[];
}

/** An answer that keeps the contract of our prompt. */
export function answer({ decision, title = "", explanation, risk = "none", edits = [] }: AnswerParts): Reply {
  return said(JSON.stringify({ decision, title, explanation, risk, edits }));
}

/** Any text from the model. */
export function said(text: string): Reply {
  return { kind: "text", text };
}

/** An error with the API's envelope. */
export function error(
  status: number,
  message: string,
  more: Partial<ApiError> = {},
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    kind: "error",
    status,
    error: { type: "invalid_request_error", param: null, code: null, ...more, message },
    headers,
  };
}

/** 429; without seconds no `Retry-After` is sent. */
export function rateLimited(seconds?: number): Reply {
  const headers: Readonly<Record<string, string>> = seconds === undefined ? {} : { "retry-after": String(seconds) };
  return error(429, "Rate limit reached for requests", { type: "requests", code: "rate_limit_exceeded" }, headers);
}

/** 400 or 422 for a field that this server does not take, as OpenAI and as strict gateways word it. */
export function refusedField(name: string, status: 400 | 422): Reply {
  if (status === 400)
    return error(400, `Unsupported parameter: '${name}' is not supported with this model.`, {
      param: name,
      code: "unsupported_parameter",
    });
  const detail = [{ type: "extra_forbidden", loc: ["body", name], msg: "Extra inputs are not permitted" }];
  return { kind: "raw", status: 422, contentType: "application/json", body: JSON.stringify({ detail }) };
}

const quotaMessage = "You exceeded your current quota, please check your plan and billing details.";
const html = "<!doctype html><html><title>Welcome</title><body>It works!</body></html>";

export type FaultName =
  | "refusal"
  | "truncated"
  | "filtered"
  | "prose"
  | "invalid-json"
  | "wrong-schema"
  | "html"
  | "empty"
  | "not-json"
  | "not-the-api"
  | "failed"
  | "unauthorised"
  | "no-model"
  | "no-endpoint"
  | "rate-limited"
  | "quota"
  | "too-large"
  | "server-error"
  | "overloaded"
  | "stall-at-once"
  | "stall-within"
  | "drop-at-once"
  | "drop-within";

/** Everything that can go wrong, by name. */
export const faults: Readonly<Record<FaultName, Reply>> = {
  refusal: { kind: "refusal", text: "I cannot help with that." },
  truncated: { kind: "text", text: '{"decision":"fix","title":"Add', end: "length" },
  filtered: { kind: "text", text: "", end: "content_filter" },
  prose: said("You should add the missing await before the call."),
  "invalid-json": said('{"decision":"fix","title":"Add await","explanation":'),
  "wrong-schema": said('{"decision":"maybe","fixes":[]}'),
  html: { kind: "raw", status: 200, contentType: "text/html", body: html },
  empty: { kind: "raw", status: 200, contentType: "application/json", body: "" },
  "not-json": { kind: "raw", status: 200, contentType: "application/json", body: '{"id":"resp_1","output":[' },
  "not-the-api": { kind: "raw", status: 200, contentType: "application/json", body: '{"status":"ok"}' },
  failed: { kind: "failed", code: "server_error", message: "The model failed." },
  unauthorised: error(401, "Incorrect API key provided.", { code: "invalid_api_key" }),
  "no-model": error(404, "The model does not exist or you do not have access to it.", { code: "model_not_found" }),
  "no-endpoint": { kind: "raw", status: 404, contentType: "application/json", body: '{"detail":"Not Found"}' },
  "rate-limited": rateLimited(),
  quota: error(429, quotaMessage, { type: "insufficient_quota", code: "insufficient_quota" }),
  "too-large": error(400, "This model's maximum context length is 4096 tokens.", { code: "context_length_exceeded" }),
  "server-error": error(500, "The server had an error while processing your request.", { type: "server_error" }),
  overloaded: error(503, "The engine is currently overloaded.", { type: "server_error", code: "server_is_overloaded" }),
  "stall-at-once": { kind: "stall", before: "headers", text: "" },
  "stall-within": { kind: "stall", before: "end", text: "half an answer" },
  "drop-at-once": { kind: "drop", before: "headers", text: "" },
  "drop-within": { kind: "drop", before: "end", text: "half an answer" },
};
