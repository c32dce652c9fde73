/** Text that is a regular expression by its looks, and hardly anything else. */

/** `/…/g`: with flags, since a path may begin and end with a slash; a slash in between makes it a path. */
const BETWEEN_SLASHES = /^\/((?:[^/\\]|\\.)+)\/([dgimsuvy]+)$/;

/** A class of characters, by its letter or in brackets, with a quantifier; or nothing but such a class. */
const REPEATED =
  /(?:^|[^\\])(?:\\[dDsSwW]|\[\^?(?:\\[dDsSwW]|[A-Za-z0-9]-[A-Za-z0-9])[^\]]*\])(?:[+*]|\{\d+(?:,\d*)?\})/;
const ALONE = /^(?:\\[dDsSwW]|\\[rnt](?:[+*?]|\|.*)|\\r\?\\n)$/;

/** The code of the regular expression that a text is written as; undefined where it is written as something else. */
export function expressionIn(text: string): string | undefined {
  const [, source, flags = ""] = BETWEEN_SLASHES.exec(text) ?? [];
  if (source !== undefined) return flags.includes("g") || /[\\[(*+^$|]/.test(source) ? valid(source, flags) : undefined;
  return REPEATED.test(text) || ALONE.test(text) ? valid(text, "") : undefined;
}

function valid(source: string, flags: string): string | undefined {
  try {
    const { source: code } = new RegExp(source, flags);
    return `/${code}/${flags}`;
  } catch {
    return undefined;
  }
}
