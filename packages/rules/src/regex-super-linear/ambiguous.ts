/** Repeated alternatives that begin alike, of which the analysis of quantifiers says nothing: `(?:\d|\w)+`, `(a|aa)*`. */
import { visitRegExpAST, type ParsedRegex, type RegexAST } from "@review/analysis";
import { regexParts } from "../regex-algebra.ts";

/** A repetition, and the character that several of its alternatives may take. */
export interface Ambiguous {
  readonly quantifier: RegexAST.Quantifier;
  readonly pump: string;
}

/** Longer lists are tables, and to compare each with each would take long. */
const MOST_ALTERNATIVES = 20;

/** Repetitions that may take one character in more than one way; whether that multiplies the steps is to be counted. */
export function ambiguousIn({ pattern, flags }: ParsedRegex): readonly Ambiguous[] {
  const found: Ambiguous[] = [];
  visitRegExpAST(pattern, {
    onQuantifierEnter(quantifier) {
      const { element, max } = quantifier;
      if (max !== Infinity || (element.type !== "Group" && element.type !== "CapturingGroup")) return;
      const pump = sharedBy(element.alternatives, flags);
      if (pump !== undefined) found.push({ quantifier, pump });
    },
  });
  return found;
}

function sharedBy(alternatives: readonly RegexAST.Alternative[], flags: RegexAST.Flags): string | undefined {
  if (alternatives.length > MOST_ALTERNATIVES) return undefined;
  const firsts = alternatives.map(each => regexParts().getFirstConsumedChar(each, "ltr", flags).char);
  for (const [index, first] of firsts.entries()) {
    for (const other of firsts.slice(0, index)) {
      const [range] = first.intersect(other).ranges;
      if (range) return String.fromCodePoint(range.min);
    }
  }
  return undefined;
}
