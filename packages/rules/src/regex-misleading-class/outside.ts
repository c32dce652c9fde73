/** What stands outside of classes and is taken apart all the same, or means nothing without the flag `u`. */
import { visitRegExpAST, type ParsedRegex, type RegexAST } from "@review/analysis";

export interface Misread {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly because: string;
}

/** `👍+`, which repeats half of the sign, and `\p{L}` or `\u{1F600}` without the flag that they need. */
export function misreadIn({ pattern, flags }: ParsedRegex): readonly Misread[] {
  if (flags.unicode || flags.unicodeSets) return [];
  const found: Misread[] = [];
  visitRegExpAST(pattern, {
    onQuantifierEnter(node) {
      const pair = node.element.type === "Character" ? halvesBefore(node, node.element) : undefined;
      if (pair) found.push(pair);
    },
    onAlternativeEnter({ elements }) {
      found.push(...elements.flatMap(element => codeAt(pattern, element) ?? []));
    },
    onCharacterClassEnter({ elements }) {
      found.push(...elements.flatMap(element => codeAt(pattern, element) ?? []));
    },
  });
  return found;
}

function halvesBefore(node: RegexAST.Quantifier, half: RegexAST.Character): Misread | undefined {
  const { parent } = node;
  const before = parent.type === "Alternative" ? parent.elements[parent.elements.indexOf(node) - 1] : undefined;
  if (before?.type !== "Character" || half.raw.startsWith("\\") || !isPair(before.value, half.value)) return undefined;
  const shown = String.fromCharCode(before.value, half.value);
  return {
    start: before.start,
    end: node.end,
    message: `Without the flag \`u\`, \`${shown}\` is two characters, of which only the second is repeated.`,
    because: "The sign is a pair of halves.",
  };
}

/** `\p` is the letter p, and `\u` the letter u: what stands in the braces is text, or a number of times. */
function codeAt(pattern: RegexAST.Pattern, { start }: RegexAST.Node): Misread | undefined {
  const [code = ""] = CODE.exec(pattern.raw.slice(start - pattern.start)) ?? [];
  if (code === "") return undefined;
  return {
    start,
    end: start + code.length,
    message: `Without the flag \`u\`, \`${code}\` is the letter \`${code.charAt(1)}\`, and what stands in the braces is text or a number of times.`,
    because: "This needs the flag `u` or `v`.",
  };
}

const CODE = /^(?:\\[pP]\{[A-Z][\w=]*\}|\\u\{[\dA-F]{4,6}\})/i;

function isPair(first: number, second: number): boolean {
  return first >= 0xd800 && first <= 0xdbff && second >= 0xdc00 && second <= 0xdfff;
}
