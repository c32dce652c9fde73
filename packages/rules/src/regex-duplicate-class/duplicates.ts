/** What a class has twice. */
import type { RegexAST } from "@review/analysis";
import { regexParts } from "../regex-algebra.ts";

/** One character, a range, or an escape that stands for many. */
export type Element = RegexAST.ClassRangesCharacterClassElement;
/** What may have the character of another element: the same one, or a range. */
export type Container = RegexAST.Character | RegexAST.CharacterClassRange;

/**
 * The first element that a class has already, by itself or in a range, with where it has it. `\d` and `_` in `\w`, `\n`
 * in `\s` only say more than they need, and so do both cases under the flag `i`.
 */
export function duplicateIn(
  { elements }: RegexAST.ClassRangesCharacterClass,
  { unicode }: RegexAST.Flags,
): [Container, Element] | undefined {
  const { toCharSet } = regexParts();
  for (const [index, element] of elements.entries()) {
    if (element.type === "CharacterSet" || isPart(element)) continue;
    const own = toCharSet(element, { unicode });
    for (const [other, container] of elements.entries()) {
      if (other === index || container.type === "CharacterSet" || isAcrossCases(container)) continue;
      const all = toCharSet(container, { unicode });
      if (own.isSubsetOf(all) && (other < index || !own.equals(all))) return [container, element];
    }
  }
  return undefined;
}

/** `0-9` beside `\d`, `a-z` beside `\w`: a range that is written although a set has all of it. */
export function coveredIn(
  { elements }: RegexAST.ClassRangesCharacterClass,
  { unicode }: RegexAST.Flags,
): [Element, Element] | undefined {
  const { toCharSet } = regexParts();
  for (const element of elements) {
    if (element.type !== "CharacterClassRange") continue;
    const own = toCharSet(element, { unicode });
    const set = elements.find(
      each => each.type === "CharacterSet" && !each.negate && own.isSubsetOf(toCharSet(each, { unicode })),
    );
    if (set) return [set, element];
  }
  return undefined;
}

/** `a-kf-z`: two ranges of letters or digits that share some. */
export function overlapIn({ elements }: RegexAST.ClassRangesCharacterClass): [Element, Element] | undefined {
  const ranges = elements.filter(
    ({ type, raw }) => type === "CharacterClassRange" && /^(?:[a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d)$/.test(raw),
  );
  for (const [index, element] of ranges.entries()) {
    const [from = "", to = ""] = element.raw.split("-");
    const other = ranges.slice(0, index).find(({ raw }) => from <= raw.charAt(2) && raw.charAt(0) <= to);
    if (other) return [other, element];
  }
  return undefined;
}

/** Halves of a pair and joiners are another slip, of which `regex-misleading-class` tells. */
function isPart(element: Element): boolean {
  if (element.type !== "Character") return false;
  const { value } = element;
  return (value >= 0xd800 && value <= 0xdfff) || value === 0x200d || value === 0xfe0f;
}

/** `A-z` is another slip, of which `regex-misleading-class` tells. */
function isAcrossCases(element: Element): boolean {
  return element.type === "CharacterClassRange" && /^[A-Z]-[a-z]$/.test(element.raw);
}

const LONGEST_ALPHABET = 4;

/** The letters of a class that spells words; undefined for any other. */
export function wordIn({ elements, raw, negate }: RegexAST.CharacterClass): string | undefined {
  const letters = elements.filter(({ type, raw: each }) => type === "Character" && /^[a-z]$/i.test(each));
  const isWord = letters.length > LONGEST_ALPHABET && letters.length >= elements.length - 2;
  return isWord && !negate ? raw.slice(1, -1) : undefined;
}
