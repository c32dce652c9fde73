/** What it means when no status arrived: no connection, a broken one, or no answer in time. */
import { DeadlineError } from "../clock.ts";
import { failure, manyAttempts, oneLine, type Failure } from "./failures.ts";

interface ErrorShape {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

const unreachable =
  /^(?:ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** Reads an exception by its shape and its causes, since the SDK throws errors of its own, of `fetch` and plain ones. */
export function failureOfException(error: unknown, host: string): Failure {
  if (error instanceof DeadlineError)
    return failure("timeout", `${host} gave ${error.message}`, { attempts: manyAttempts, charge: "unknown" });
  const codes = causesOf(error).flatMap(({ code }) => (typeof code === "string" ? [code] : []));
  const cause = codes.find(code => unreachable.test(code));
  if (cause) return failure("offline", `cannot reach ${host} (${cause})`, { attempts: 2, final: true });
  const detail = codes[0] ?? oneLine(error instanceof Error ? error.message : "");
  return failure("network", `the connection to ${host} broke (${detail})`, {
    attempts: manyAttempts,
    charge: "unknown",
  });
}

/** The error, what caused it, and the parts of those that stand for several. */
function causesOf(error: unknown): readonly ErrorShape[] {
  const chain: ErrorShape[] = [];
  for (let at = error; typeof at === "object" && at !== null && chain.length < 12; at = (at as ErrorShape).cause) {
    chain.push(at);
    if (at instanceof AggregateError) chain.push(...(at.errors as readonly ErrorShape[]));
  }
  return chain;
}
