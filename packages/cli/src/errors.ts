/** Errors as the command tells them: one line, unless somebody wants to see where it came from. */

/** Wrong use of the command; the message says what, where and how to mend it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const EXPECTED: ReadonlySet<string> = new Set(["UsageError", "RequestError", "SourceError"]);

/** Whether the user can mend it. */
export function isExpected(error: unknown): boolean {
  return error instanceof Error && EXPECTED.has(error.name);
}

export function oneLine(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (debug && !isExpected(error)) return error.stack ?? error.message;
  return error.message.split("\n")[0] ?? error.name;
}
