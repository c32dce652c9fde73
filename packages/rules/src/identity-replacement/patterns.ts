/** The text that a pattern finds where it can find only one, and the text that a replacement puts. */

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["f", "\f"],
  ["v", "\v"],
  ["0", "\0"],
]);

/** The one text that a regular expression, given as its code `/…/flags`, finds; undefined where it may find others. */
export function matchedText(code: string): string | undefined {
  const end = code.lastIndexOf("/");
  if (code.slice(end + 1).includes("i")) return undefined;
  const source = code.slice(1, end);
  const only = /^\[(\\.|[^\]\\^])\]$/.exec(source)?.[1];
  if (only !== undefined) return only.startsWith("\\") ? escapedText(only.charAt(1), true) : only;
  return plainText(/^\(\?:([^()|]+)\)$/.exec(source)?.[1] ?? source);
}

/** What a pattern without operators finds. */
function plainText(source: string): string | undefined {
  let text = "";
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (/[.*+?^${}()|[\]]/.test(character)) return undefined;
    const found = character === "\\" ? escapedText(source.charAt(++at), false) : character;
    if (found === undefined) return undefined;
    text += found;
  }
  return text === "" ? undefined : text;
}

function escapedText(character: string, isInClass: boolean): string | undefined {
  if (isInClass && character === "b") return "\b";
  return CONTROLS.get(character) ?? (/[A-Za-z0-9]/.test(character) ? undefined : character);
}

/** Whether a pattern is one group that holds all of it, so that `$1` is what was found. */
export function isOneGroup(code: string): boolean {
  const source = code.slice(1, code.lastIndexOf("/"));
  return /^\((?!\?)(?:\\.|[^()\\])*\)$/.test(source);
}

/** The text that a replacement stands for; undefined where it puts parts of what was found. */
export function resultOf(replacement: string): string | undefined {
  const text = replacement.replaceAll("$$", "\0");
  return /\$[&`'<0-9]/.test(text) ? undefined : text.replaceAll("\0", "$");
}
