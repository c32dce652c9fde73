/** A question without an answer: its status in the report, its reason in words, and what may be done about it. */
import type { SuggestionStatus } from "@review/findings";
import { plainText } from "../prose.ts";

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
  /** The check that an answer did not pass. */
  readonly rejectedBy?: "schema" | "apply";
  /** Nothing was sent: it was known beforehand that the question does not fit. */
  readonly isForeseen?: boolean;
}

/** How often a question is sent whose failure may pass. */
export const manyAttempts = 4;

/** Makes a failure; without more said it is not tried again, concerns this question only, and cost nothing. */
export function failure(status: Failure["status"], reason: string, more: Partial<Failure> = {}): Failure {
  return { status, reason, attempts: 1, final: false, charge: "nothing", ...more };
}

/** A 200 that is not what the API answers. */
export function notTheApi(host: string, contentType: string, body: string): Failure {
  const kind = contentType.split(";")[0] || "no content type";
  const reason = `${host} did not answer like an OpenAI API (${kind}: ${oneLine(body) || "empty"}); check the base URL`;
  return failure("bad_gateway", reason, { attempts: 2, charge: "unknown" });
}

/** An answer that says itself that it failed. */
export function failedAnswer(host: string, code: string, message: string): Failure {
  const status = code === "rate_limit_exceeded" ? "rate_limited" : "server_error";
  return failure(status, `${host} failed (${code || "no code"}: ${oneLine(message)})`, { attempts: manyAttempts });
}

/** A server's words, fit for a reason: one short line, and no part of the key that a provider may quote. */
export function oneLine(said: string): string {
  return plainText(said, 160)
    .replace(/\s+/g, " ")
    .replace(/\bsk-\S+/g, "sk-…");
}
