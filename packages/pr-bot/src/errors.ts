/** Errors that whoever runs the bot can mend. */

/** Wrong use: the message says what, where and how to mend it, in one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** There can be no review, for a reason that the check tells. */
export class NotReviewed extends Error {
  override readonly name = "NotReviewed";
}

/** A thrown value in one line, without what could be a credential. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return withoutSecrets(text.trim().replace(/\s*\n[\s\S]*$/, ""));
}

/** Tokens of GitHub, in every form that it gives out, keys of models, and passwords in addresses. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/gh[oprsu]_[\w.-]{20,}|github_pat_\w{20,}|sk-[\w-]{16,}|eyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[secret]")
    .replace(/-----BEGIN [^-]+-----[\s\S]*?-----END [^-]+-----/g, "[secret]")
    .replace(/(\/\/)[^/@\s]+@/g, "$1")
    .replace(/(authorization: ?)\S+ \S+/gi, "$1[secret]");
}
