/** Errors as the command tells them: one line, unless somebody wants to see where it came from. */
import { inspect } from "node:util";

/** Wrong use of the command; the message says what, where and how to mend it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const EXPECTED: ReadonlySet<string> = new Set(["UsageError", "RequestError", "SourceError"]);

/** Whether the user can mend it. */
export function isExpected(error: unknown): boolean {
  return error instanceof Error && EXPECTED.has(error.name);
}

/** The error's message in one line; with `debug` its stack and its causes as well. */
export function oneLine(error: unknown, debug: boolean): string {
  if (debug) return inspect(error);
  return messageOf(error)
    .trim()
    .replace(/\s*\n[\s\S]*$/, "");
}

/** What a thrown value says; anything can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
