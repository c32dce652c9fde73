/** Text that is a regular expression by its looks, and hardly anything else. */

/** `/…/g`: with flags, since a path may begin and end with a slash; a slash in between makes it a path. */
const BETWEEN_SLASHES = /^\/((?:[^/\\]|\\.)+)\/([dgimsuvy]+)$/;

/** A class of characters, by its letter or in brackets, with a quantifier; or nothing but such a class. */
const REPEATED =
  /(?:^|[^\\])(?:\\[dDsSwW]|\[\^?(?:\\[dDsSwW]|[A-Za-z0-9]-[A-Za-z0-9])[^\]]*\])(?:[+*]|\{\d+(?:,\d*)?\})/;
const ALONE = /^(?:\\[dDsSwW]|\\[rnt](?:[+*?]|\|.*)|\\r\?\\n)$/;

/** `[,;]`: signs in brackets that are not all one; `[...]` is an omission. */
const SIGNS = /^\[\^?([^\w\s\]\\])(?!\1*\])(?:[^\w\]\\]|\\[a-zA-Z])+\]$/;

/** `^https?://`, `^.*`: from the beginning, with an operator that no text has behind a `^`. */
const ANCHORED = /^\^.*(?:\.[*+]|\\[.dws]|\w\?:)/;

/** What stands between slashes in a text that a pattern is made of, with its flags: `RegExp("/^a+$/i")`. */
export function slashedIn(text: string): string | undefined {
  const [, source, flags = ""] = BETWEEN_SLASHES.exec(text) ?? [];
  return source !== undefined && /[\\[(*+^$|]/.test(source) ? valid(source, flags) : undefined;
}

/** The code of the regular expression that a text is written as; undefined where it is written as something else. */
export function expressionIn(text: string): string | undefined {
  const [, source, flags = ""] = BETWEEN_SLASHES.exec(text) ?? [];
  if (source !== undefined) return flags.includes("g") || /[\\[(*+^$|]/.test(source) ? valid(source, flags) : undefined;
  return [REPEATED, ALONE, SIGNS, ANCHORED].some(form => form.test(text)) ? valid(text, "") : undefined;
}

function valid(source: string, flags: string): string | undefined {
  try {
    const { source: code } = new RegExp(source, flags);
    return `/${code}/${flags}`;
  } catch {
    return undefined;
  }
}
