/** What GitHub's refusals mean. */
import { oneLine } from "../errors.ts";
import type { PullFacts } from "./target.ts";

/** The status of an answer that refuses; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return hasStatus(error) ? error.status : undefined;
}

function hasStatus(error: unknown): error is { readonly status: number } {
  return error instanceof Error && typeof (error as { readonly status?: unknown }).status === "number";
}

/** The token may read and not write, as in a pull request from a fork. */
export function isReadOnly(error: unknown): boolean {
  return statusOf(error) === 403 && /not accessible|must have|forbidden/i.test((error as Error).message);
}

/** The conversation is closed, or the whole repository is. GraphQL and reviews have other words for it than comments have. */
export function isLockedOut(error: unknown, { isLocked }: Pick<PullFacts, "isLocked">): boolean {
  const status = statusOf(error);
  if (status === 403 && /locked|archived/i.test((error as Error).message)) return true;
  return isLocked && (status === 403 || status === 422 || refusalOf(error) !== undefined);
}

/** GitHub does not accept what was sent. */
export function isUnprocessable(error: unknown): boolean {
  return statusOf(error) === 422;
}

/** Why GraphQL refused, in its first words: its answers have no status that says so. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("errors" in error) || !Array.isArray(error.errors)) return undefined;
  const [first] = error.errors as readonly { readonly message?: unknown }[];
  return typeof first?.message === "string" ? first.message : undefined;
}

interface Asked {
  readonly request: { readonly method: string; readonly url: string };
  readonly response?: object | undefined;
}

function wasAsked(error: unknown): error is Error & Asked {
  return hasStatus(error) && typeof (error as { readonly request?: unknown }).request === "object";
}

/** What refusals mean to whoever has set up the bot. */
const HINTS: Readonly<Record<number, string>> = {
  401: "it does not accept the token or the App's key",
  403: "the token may not do this",
  404: "it is not there, or the token may not see it",
};

/** A failure in one line: what was asked, and what may be wrong. */
export function failureInWords(error: unknown): string {
  if (!wasAsked(error)) return oneLine(error);
  const { method, url } = error.request;
  const { origin, pathname } = new URL(url);
  const words = oneLine(error).replace(/ - https:\/\/docs\.github\.com\/\S*$/, "");
  if (!error.response) return `${origin} cannot be reached: ${words}`;
  const status = statusOf(error) ?? 0;
  const hint = HINTS[status] === undefined ? "" : `: ${HINTS[status]}`;
  return `GitHub answered ${method} ${pathname} with ${status} (${words})${hint}.`;
}

/** The bot's own finding that the pull request has got a newer head: what was planned is about code that is gone. */
export class HeadMoved extends Error {
  override readonly name = "HeadMoved";
}
