/** Finds the JSON in what a model wrote around it. */

/** The first JSON object in the text, or undefined. Thinking blocks of reasoning models are passed over. */
export function firstJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const said = text.replace(/^\s*<think>[\s\S]*?<\/think>/, "");
  return asObject(said) ?? objectWithin(said);
}

/** More braces than this before the answer mean that it is no answer; the limit keeps hostile text from costing quadratic time. */
const maxCandidates = 50;

function objectWithin(text: string): Readonly<Record<string, unknown>> | undefined {
  let start = text.indexOf("{");
  for (let tries = 0; start >= 0 && tries < maxCandidates; tries++) {
    const end = balancedEnd(text, start);
    const found = end === undefined ? undefined : asObject(text.slice(start, end));
    if (found) return found;
    start = text.indexOf("{", start + 1);
  }
  return undefined;
}

/** Offset behind the brace that closes the one at `start`, quotes and escapes considered. */
function balancedEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted && char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}

function asObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
