/** Host names in patterns. */
import type { RegexAST } from "@review/analysis";

export interface Host {
  /** The name, with a NUL for each dot that stands for any character. */
  readonly text: string;
  readonly dots: readonly RegexAST.Element[];
  /** Offsets in the pattern. */
  readonly start: number;
  readonly end: number;
}

/** The host names in an alternative that have a dot which stands for any character. */
export function hostsIn({ elements }: RegexAST.Alternative): readonly Host[] {
  const text = elements.map(letterOf).join("");
  return [...text.matchAll(HOST)].flatMap(match => {
    const [name] = match;
    const run = elements.slice(match.index, match.index + name.length);
    const dots = run.filter(({ type }) => type === "CharacterSet");
    const first = run[0];
    const last = run.at(-1);
    return dots.length > 0 && first && last ? [{ text: name, dots, start: first.start, end: last.end }] : [];
  });
}

/** One character for each element: itself, NUL for any character, a blank for all that is no single character. */
function letterOf(element: RegexAST.Element): string {
  if (element.type === "Character" && element.value < 0x80) return String.fromCharCode(element.value);
  return element.type === "CharacterSet" && element.kind === "any" ? "\0" : " ";
}

/** What a host name ends with, apart from the names of files and libraries that end alike. */
const ENDING = "(?:com|org|net|edu|gov|com?[.\\0](?:au|br|cn|in|jp|kr|mx|nz|tr|uk|za))";

/**
 * After a scheme any name is a host, and after an `@` one with some more endings; elsewhere it has to end like one. `www`
 * is one alone, and so are four numbers.
 */
const HOST = new RegExp(
  [
    "(?<=://)(?:[a-z\\d-]+[.\\0])+[a-z]{2,}(?![a-z\\d-]|\\0)",
    "(?<=@)(?:[a-z\\d-]+[.\\0])+(?:app|co|de|dev|eu|fr|io|uk)(?![\\w/.-]|\\0)",
    `(?<![a-z\\d-])(?:[a-z\\d-]{2,}[.\\0])+${ENDING}(?![a-z\\d-]|\\0)`,
    "(?<![\\w.-]|\\0)\\d{1,3}(?:[.\\0]\\d{1,3}){3}(?![\\w.-]|\\0)",
    "(?<![a-z\\d-])www\\0",
  ].join("|"),
  "gi",
);
