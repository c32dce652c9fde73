/** Globs: what a person quotes on the command line, and what a configuration ignores. */
import picomatch from "picomatch";

/** Whether the text has a meaning as a glob beyond its own letters. */
export function isGlob(text: string): boolean {
  return picomatch.scan(text).isGlob;
}

/**
 * A predicate on '/' separated relative paths: the glob matches the file or a folder around it,
 * so that a quoted glob reaches what the shell would have made of it.
 */
export function matcherOf(glob: string): (path: string) => boolean {
  return picomatch([glob, `${glob}/**`], { dot: true });
}

/**
 * A predicate for the globs of a configuration on '/' separated paths relative to its directory: a glob without a slash
 * matches at any depth, one that matches a folder matches all below it, `!` takes back, the last match decides.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const rules = globs.map(ruleOf);
  return path => rules.findLast(rule => rule.matches(path))?.negated === false;
}

function ruleOf(glob: string): { negated: boolean; matches: (path: string) => boolean } {
  const negated = isNegated(glob);
  const body = (negated ? glob.slice(1) : glob).replace(/^\.\//, "").replace(/\/+$/, "");
  const anchored = body.includes("/") ? body.replace(/^\//, "") : `**/${body}`;
  return { negated, matches: matcherOf(anchored) };
}

/** Whether the glob takes files away; `!(a|b)` is a pattern of its own. */
export function isNegated(glob: string): boolean {
  return glob.startsWith("!") && !glob.startsWith("!(");
}
