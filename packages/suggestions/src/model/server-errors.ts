/** Answers other than 2xx: what each means. */
import { failure, manyAttempts, oneLine, type Failure } from "./failures.ts";
import { serverWaitMs } from "./waits.ts";

/** An error of the server, decoded. */
export interface ServerError {
  readonly status: number;
  /** The error's code and type. */
  readonly code: string;
  readonly param: string;
  readonly message: string;
  readonly requestId: string;
  readonly header: (name: string) => string | null;
  /** All that the error's own object says. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The server's error in an exception, or undefined when none arrived. Read by shape: that holds for every version of the SDK. */
export function serverErrorOf(error: unknown): ServerError | undefined {
  const thrown = (error ?? {}) as Readonly<Record<string, unknown>>;
  const { status, code, type, param, message, requestID, headers } = thrown;
  if (typeof status !== "number") return undefined;
  return {
    status,
    code: `${words(code)} ${words(type)}`.trim(),
    param: words(param),
    message: words(message),
    requestId: words(requestID),
    header: name => (headers instanceof Headers ? headers.get(name) : null),
    fields: (thrown["error"] ?? {}) as Readonly<Record<string, unknown>>,
  };
}

interface Asked {
  readonly host: string;
  readonly model: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Meaning = readonly [when: (error: ServerError) => boolean, failure: (error: ServerError, asked: Asked) => Failure];

/** The first that fits holds. */
const meanings: readonly Meaning[] = [
  [
    ({ status }) => status === 401 || status === 403,
    (error, { host }) => forAll("auth_failed", `${host} rejected the key (${described(error)})`),
  ],
  [
    isQuota,
    (error, { host }) => forAll("quota_exhausted", `the account's quota at ${host} is used up (${described(error)})`),
  ],
  [
    isMissingModel,
    (error, { host, model }) => forAll("model_not_found", `${host} knows no model "${model}" (${described(error)})`),
  ],
  [
    ({ status }) => status === 429,
    (error, { host, now }) => passing("rate_limited", `${host} limits the rate (${described(error)})`, error, now),
  ],
  [
    ({ status }) => status >= 500 || status === 408 || status === 409,
    (error, { host, now }) => passing("server_error", `${host} failed (${described(error)})`, error, now),
  ],
  [
    isTooLarge,
    (error, { model }) =>
      failure("too_large", `the prompt is too long for "${model}" (${described(error)}); give it a larger window`),
  ],
  [
    ({ code, message }) => /content_(?:filter|policy)/.test(`${code} ${message}`),
    (error, { host }) => failure("refused", `${host} filtered the prompt (${described(error)})`),
  ],
  [
    ({ status }) => status === 404 || status === 405 || status < 400,
    (error, { host }) => forAll("bad_gateway", `${host} has no such API (${described(error)}); check the base URL`),
  ],
];

/** What an answer other than 2xx means. */
export function failureOfStatus(error: ServerError, host: string, model: string, now: number): Failure {
  const meaning = meanings.find(([when]) => when(error));
  if (meaning) return meaning[1](error, { host, model, now });
  return failure("bad_gateway", `${host} did not accept the request (${described(error)})`);
}

/** Says whether a 404 is about the model and not about the address. */
export function isMissingModel({ status, code, message }: ServerError): boolean {
  return status === 404 && /model/i.test(`${code} ${message}`);
}

const tooLong =
  /context_length_exceeded|(?:maximum|exceeds?|available).{0,40}context|context.{0,40}(?:length|size|window)|too long|max_model_len|maximum number of tokens|inputs\W{1,3}tokens.{0,30}must be <=/i;

/** Says whether the prompt does not fit the model. */
export function isTooLarge({ status, code, message }: ServerError): boolean {
  return status === 413 || ((status === 400 || status === 422) && tooLong.test(`${code} ${message}`));
}

/** Providers answer 429 for an empty account as well; no wait mends that. */
function isQuota({ status, code, message }: ServerError): boolean {
  if (status === 402) return true;
  return status === 429 && /insufficient_quota|billing|credit|exceeded your current quota/i.test(`${code} ${message}`);
}

function forAll(status: Failure["status"], reason: string): Failure {
  return failure(status, reason, { final: true });
}

/** Longer waits than this are not sat through, in milliseconds. */
const longestWait = 60_000;

/** A failure worth another attempt, unless the server asks for more patience than we have: then nobody need ask again. */
function passing(status: Failure["status"], reason: string, error: ServerError, now: number): Failure {
  const waitMs = serverWaitMs(error.header, now);
  if (waitMs === undefined) return failure(status, reason, { attempts: manyAttempts });
  if (waitMs <= longestWait) return failure(status, reason, { attempts: manyAttempts, waitMs });
  return forAll(status, `${reason}; it asks to wait ${Math.ceil(waitMs / 1000)} s`);
}

function described({ status, code, message, requestId }: ServerError): string {
  const said = oneLine(message.replace(/^\d{3} /, ""));
  return [String(status), code.split(" ")[0], said, requestId].filter(Boolean).join(", ");
}

function words(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
