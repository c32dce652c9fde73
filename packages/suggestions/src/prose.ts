/** Turns a model's words into plain text that can neither steer a terminal nor smuggle markup into a comment. */

/** Control characters except tab and line feed, zero-width and direction-changing characters, byte-order marks. */
const invisible =
  // eslint-disable-next-line no-control-regex -- finding them is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
// eslint-disable-next-line no-control-regex -- terminal escapes begin with a control character
const terminalEscape = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/** Says whether text holds characters that a reader cannot see and a compiler can. */
export function hasInvisible(text: string): boolean {
  return text.replace(/\r\n/g, "\n").search(invisible) >= 0;
}

/** The text as plain paragraphs of at most `limit` UTF-16 units: no control characters, links, images, HTML or headings. */
export function plainText(text: string, limit: number): string {
  // The patterns below take quadratic time on hostile text, so there is never much of it.
  const start = text.slice(0, 4_000 + limit);
  const visible = start.replace(terminalEscape, "").replace(/\r\n?/g, "\n").replace(invisible, "");
  const code = /(`+)[^`]*\1(?!`)/g;
  const inert = [...withGaps(visible, code)].map(part => (part.code ? part.text : withoutMarkup(part.text))).join("");
  const paragraphs = inert
    .replace(/[ \t]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{2,}/g, "\n\n");
  return shortened(paragraphs.trim(), limit);
}

/** Code spans are left as they are: markup is inert in them, and `Array<string>` is no tag. */
function* withGaps(text: string, code: RegExp): Generator<{ readonly text: string; readonly code: boolean }> {
  let end = 0;
  for (const match of text.matchAll(code)) {
    yield { text: text.slice(end, match.index), code: false };
    yield { text: match[0], code: true };
    end = match.index + match[0].length;
  }
  yield { text: text.slice(end), code: false };
}

function withoutMarkup(text: string): string {
  return (
    text
      .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
      .replace(/^ *\[[^\]\n]+\]:.*$/gm, "")
      .replace(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?/g, "")
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/\[([^\]]+)\]\[[^\]]*\]/g, "$1")
      .replace(/<\/?[a-z][^>\n]*>/gi, "")
      .replace(/\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:)\S+/gi, "")
      // A name with an at-sign before it calls somebody, wherever a code host shows it.
      .replace(/(^|[\s([{,;:])@(?=[a-z0-9])/gim, "$1")
      .replace(/^ {0,3}(?:#{1,6} |> ?)+/gm, "")
  );
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const sentence = cut.search(/[.!?][^.!?]*$/);
  return sentence > limit / 2 ? cut.slice(0, sentence + 1) : `${cut.replace(/[\ud800-\udbff]$/, "")}…`;
}
