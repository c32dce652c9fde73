/** What a failed request means: its status in the report, its reason in words, and what may be done about it. */
import type { SuggestionStatus } from "@review/findings";
import { DeadlineError } from "../clock.ts";
import { plainText } from "../prose.ts";
import { serverWaitMs } from "./waits.ts";

export interface Failure {
  readonly status: Exclude<SuggestionStatus, "verified" | "advice" | "unverified" | "off">;
  readonly reason: string;
  /** How often one question may be sent in all, this failure given. */
  readonly attempts: number;
  /** The server's own idea of how long to wait, in milliseconds. */
  readonly waitMs?: number;
  /** Every other question would fail alike: none is sent any more. */
  readonly final: boolean;
  /** Whether the provider may have charged for it. */
  readonly charge: "nothing" | "unknown";
}

/** What the SDK's errors have in common in all its versions; read by shape, since it throws plain errors too. */
interface ErrorShape {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly type?: unknown;
  readonly param?: unknown;
  readonly message?: unknown;
  readonly headers?: unknown;
  readonly requestID?: unknown;
  readonly cause?: unknown;
}

/** An error of the server, decoded. */
export interface ServerError {
  readonly status: number;
  readonly code: string;
  readonly param: string;
  readonly message: string;
  readonly requestId: string | undefined;
  readonly header: (name: string) => string | null;
}

const manyAttempts = 4;

/** Makes a failure; without more said it is not tried again, concerns this question only, and cost nothing. */
export function failure(status: Failure["status"], reason: string, more: Partial<Failure> = {}): Failure {
  return { status, reason, attempts: 1, final: false, charge: "nothing", ...more };
}

/** The server's error in an exception, or undefined when none arrived. */
export function serverErrorOf(error: unknown): ServerError | undefined {
  const shape = (error ?? {}) as ErrorShape;
  if (typeof shape.status !== "number") return undefined;
  const headers = shape.headers instanceof Headers ? shape.headers : new Headers();
  return {
    status: shape.status,
    code: `${text(shape.code)} ${text(shape.type)}`.trim(),
    param: text(shape.param),
    message: text(shape.message),
    requestId: text(shape.requestID) || undefined,
    header: name => headers.get(name),
  };
}

/** What an answer other than 2xx means. `now` is in milliseconds since 1970. */
export function failureOfStatus(error: ServerError, host: string, model: string, now: number): Failure {
  const { status, code, message } = error;
  const said = described(error);
  if (status === 401 || status === 403)
    return failure("auth_failed", `${host} rejected the key (${said})`, { final: true });
  if (isQuota(error))
    return failure("quota_exhausted", `the account's quota at ${host} is used up (${said})`, { final: true });
  if (isMissingModel(error))
    return failure("model_not_found", `${host} knows no model "${model}" (${said})`, { final: true });
  if (status === 429) return retryable("rate_limited", `${host} limits the rate (${said})`, error, now);
  if (status >= 500 || status === 408 || status === 409)
    return retryable("server_error", `${host} failed (${said})`, error, now);
  if (isTooLarge(error)) return failure("too_large", `the prompt is too long for "${model}" (${said})`);
  if (/content_(?:filter|policy)/.test(`${code} ${message}`))
    return failure("refused", `${host} filtered the prompt (${said})`);
  const hint = status === 404 || status < 400 ? "; check the base URL" : "";
  return failure("bad_gateway", `${host} did not accept the request (${said})${hint}`, {
    final: status === 404 || status < 400,
  });
}

/** Says whether a 404 is about the model and not about the address. */
export function isMissingModel({ status, code, message }: ServerError): boolean {
  return status === 404 && /model/i.test(`${code} ${message}`);
}

/** Says whether a 400 or 413 means that the prompt does not fit the model. */
export function isTooLarge({ status, code, message }: ServerError): boolean {
  const words =
    /context_length_exceeded|(?:maximum|exceeds?|available).{0,40}context|context.{0,40}(?:length|size|window)|too long|max_model_len/i;
  return status === 413 || ((status === 400 || status === 422) && words.test(`${code} ${message}`));
}

/** What an exception without a status means: no connection, a broken one, or no answer in time. */
export function failureOfException(error: unknown, host: string): Failure {
  if (error instanceof DeadlineError)
    return failure("timeout", `${host} gave ${error.message}`, { attempts: manyAttempts, charge: "unknown" });
  const codes = causes(error).map(({ code }) => text(code));
  const unreachable = codes.find(code =>
    /^(?:ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(
      code,
    ),
  );
  if (unreachable) return failure("offline", `cannot reach ${host} (${unreachable})`, { attempts: 2, final: true });
  const detail = codes.find(code => code !== "") ?? printable(text((error as ErrorShape | undefined)?.message));
  return failure("network", `the connection to ${host} broke (${detail})`, {
    attempts: manyAttempts,
    charge: "unknown",
  });
}

/** A 200 that is not what the API answers. */
export function notTheApi(host: string, contentType: string, body: string): Failure {
  const start = printable(body) || "empty";
  const kind = contentType.split(";")[0] || "no content type";
  const reason = `${host} did not answer like an OpenAI API (${kind}: ${start}); check the base URL`;
  return failure("bad_gateway", reason, { attempts: 2, charge: "unknown" });
}

/** An answer that says itself that it failed. */
export function failedAnswer(host: string, code: string, message: string): Failure {
  const said = `${code || "no code"}: ${printable(message)}`;
  const status = code === "rate_limit_exceeded" ? "rate_limited" : "server_error";
  return failure(status, `${host} failed (${said})`, { attempts: manyAttempts });
}

/** Longer waits than this are not sat through, in milliseconds. */
const longestWait = 60_000;

/** A failure worth another attempt, unless the server asks for more patience than we have: then nobody need ask again. */
function retryable(status: Failure["status"], reason: string, error: ServerError, now: number): Failure {
  const waitMs = serverWaitMs(error.header, now);
  if (waitMs === undefined) return failure(status, reason, { attempts: manyAttempts });
  if (waitMs <= longestWait) return failure(status, reason, { attempts: manyAttempts, waitMs });
  return failure(status, `${reason}; it asks to wait ${Math.ceil(waitMs / 1000)} s`, { final: true });
}

function isQuota({ status, code, message }: ServerError): boolean {
  if (status === 402) return true;
  return status === 429 && /insufficient_quota|billing|credit|exceeded your current quota/i.test(`${code} ${message}`);
}

function described({ status, code, message, requestId }: ServerError): string {
  const words = printable(message.replace(/^\d{3} /, ""));
  return [String(status), code.split(" ")[0], words, requestId].filter(Boolean).join(", ");
}

function printable(said: string): string {
  // A provider may quote part of the key that it rejects.
  return plainText(said, 160)
    .replace(/\s+/g, " ")
    .replace(/\bsk-\S+/g, "sk-…");
}

function causes(error: unknown): ErrorShape[] {
  const chain: ErrorShape[] = [];
  for (let at = error; typeof at === "object" && at !== null && chain.length < 6; at = (at as ErrorShape).cause)
    chain.push(at as ErrorShape, ...(at instanceof AggregateError ? (at.errors as ErrorShape[]) : []));
  return chain;
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
