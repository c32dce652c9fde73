/** Assertions that contradict what stands beside them. */
import type { RegexAST } from "@review/analysis";
import type { FirstLookChar } from "regexp-ast-analysis";
import type { CharSet } from "refa";
import { automata, regexParts } from "../regex-algebra.ts";

/** Why an assertion can never hold; undefined where it may. */
export function conflictOf(node: RegexAST.Assertion, flags: RegexAST.Flags): string | undefined {
  const { getFirstCharAfter } = regexParts();
  switch (node.kind) {
    case "start":
      return edgeConflict(getFirstCharAfter(node, "rtl", flags), flags) ? "a character must come before it" : undefined;
    case "end":
      return edgeConflict(getFirstCharAfter(node, "ltr", flags), flags) ? "a character must come after it" : undefined;
    case "word":
      return wordConflict(node, flags);
    default:
      return lookConflict(node, flags);
  }
}

/** Whether a character must be beside an anchor, and under the flag `m` one that ends no line. */
function edgeConflict({ char, edge }: FirstLookChar, flags: RegexAST.Flags): boolean {
  if (edge || char.isEmpty) return false;
  return !flags.multiline || char.isDisjointWith(lineEnds(char.maximum));
}

function lineEnds(maximum: number): CharSet {
  return automata().CharSet.fromCharacters(maximum, [0x0a, 0x0d, 0x2028, 0x2029]);
}

function wordConflict(node: RegexAST.WordBoundaryAssertion, flags: RegexAST.Flags): string | undefined {
  const { getFirstCharAfter } = regexParts();
  const before = sideOf(getFirstCharAfter(node, "rtl", flags), flags);
  const after = sideOf(getFirstCharAfter(node, "ltr", flags), flags);
  if (!before || !after) return undefined;
  if (!node.negate) {
    if (before !== after) return undefined;
    return before === "word" ? "both sides are letters, digits or `_`" : "neither side is a letter, a digit or `_`";
  }
  return before === after ? undefined : "only one side is a letter, a digit or `_`";
}

/** What one side of a boundary always is; undefined where it may be either. */
function sideOf({ char, edge }: FirstLookChar, flags: RegexAST.Flags): "word" | "other" | undefined {
  if (char.isEmpty) return edge ? "other" : undefined;
  const chars = wordsOf(char.maximum, flags);
  if (!edge && char.isSubsetOf(chars)) return "word";
  return char.isDisjointWith(chars) ? "other" : undefined;
}

function wordsOf(maximum: number, { ignoreCase, unicode, unicodeSets }: RegexAST.Flags): CharSet {
  const { CharSet } = automata();
  const plain = CharSet.empty(maximum).union([
    { min: 0x30, max: 0x39 },
    { min: 0x41, max: 0x5a },
    { min: 0x5f, max: 0x5f },
    { min: 0x61, max: 0x7a },
  ]);
  // Under both flags the long s and the sign for kelvin are letters too.
  const isWide = ignoreCase && (unicode || unicodeSets);
  return isWide ? plain.union(CharSet.fromCharacters(maximum, [0x17f, 0x212a])) : plain;
}

function lookConflict(node: RegexAST.LookaroundAssertion, flags: RegexAST.Flags): string | undefined {
  const { FirstConsumedChars, getFirstCharAfter, getFirstConsumedChar, getMatchingDirectionFromAssertionKind } =
    regexParts();
  const direction = getMatchingDirectionFromAssertionKind(node.kind);
  const beside = getFirstCharAfter(node, direction, flags);
  if (beside.char.isEmpty) return undefined;
  const where = direction === "ltr" ? "after" : "before";
  if (node.negate) {
    const taken = onlyCharacters(node, flags);
    const isCertain = taken !== undefined && !beside.edge && beside.char.isSubsetOf(taken);
    return isCertain && !taken.isAll ? `what comes ${where} it is just what it forbids` : undefined;
  }
  const wanted = FirstConsumedChars.toLook(getFirstConsumedChar(node.alternatives, direction, flags));
  if (wanted.char.isEmpty || !wanted.char.isDisjointWith(beside.char) || (wanted.edge && beside.edge)) return undefined;
  return `what comes ${where} it never begins like that`;
}

/** The characters that a lookaround of single characters is about. */
function onlyCharacters({ alternatives }: RegexAST.LookaroundAssertion, flags: RegexAST.Flags): CharSet | undefined {
  let all: CharSet | undefined;
  for (const { elements } of alternatives) {
    const [only] = elements;
    if (!only || elements.length > 1) return undefined;
    if (only.type !== "Character" && only.type !== "CharacterSet" && only.type !== "CharacterClass") return undefined;
    const { chars } = regexParts().toUnicodeSet(only, flags);
    all = all ? all.union(chars) : chars;
  }
  return all;
}
