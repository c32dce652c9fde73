/** What a reader takes for one character and a class takes for several. */
import type { RegexAST } from "@review/analysis";

/** Offsets in the pattern of what is shown as one. */
export interface Split {
  readonly start: number;
  readonly end: number;
  /** Whether it is one code point of two halves, which the flag `u` keeps together. */
  readonly isPair: boolean;
}

/** The first run of characters, written as themselves and not by their numbers, that a class takes apart. */
export function splitIn(node: RegexAST.CharacterClass): Split | undefined {
  const { elements } = node;
  for (let at = 0; at + 1 < elements.length; at++) {
    const first = elements[at];
    const second = elements[at + 1];
    if (first?.type !== "Character" || second?.type !== "Character") continue;
    if (isEscapedPair(first, second)) return { start: first.start, end: second.end, isPair: true };
    if (!(isPlain(first) || isEscapedHalf(first)) || !isPlain(second)) continue;
    if (isPair(first.value, second.value)) return { start: first.start, end: second.end, isPair: true };
    if (!isOne(first.value, second.value)) continue;
    return { start: first.start, end: endOfSequence(elements, at + 1), isPair: false };
  }
  return undefined;
}

function isPlain({ raw }: RegexAST.Character): boolean {
  return !raw.startsWith("\\");
}

/** A backslash before a picture, which without the flag `u` stands before its first half and changes nothing. */
function isEscapedHalf({ raw, value }: RegexAST.Character): boolean {
  return raw === `\\${String.fromCharCode(value)}` && value >= 0xd800 && value <= 0xdbff;
}

/** `\ud83d\udc4d`; a longer list of such is one of halves. */
function isEscapedPair(first: RegexAST.Character, second: RegexAST.Character): boolean {
  return [first, second].every(({ raw }) => /^\\u[\da-f]{4}$/i.test(raw)) && isPair(first.value, second.value);
}

function isPair(first: number, second: number): boolean {
  return first >= 0xd800 && first <= 0xdbff && second >= 0xdc00 && second <= 0xdfff;
}

const LETTER = /^\p{Letter}$/u;
const MARK = /^[\u0300-\u036f]$/;
const PICTURE = /^\p{Extended_Pictographic}$/u;
const JOINER = /^(?:\u200d|\ufe0f)$/;
const SKIN = /^\p{Emoji_Modifier}$/u;
const FLAG = /^\p{Regional_Indicator}$/u;

/** Whether the second character changes the look of the first, so that both are seen as one. */
function isOne(first: number, second: number): boolean {
  const [before, after] = [String.fromCodePoint(first), String.fromCodePoint(second)];
  if (MARK.test(after)) return LETTER.test(before);
  if (JOINER.test(after) || SKIN.test(after)) return PICTURE.test(before) || SKIN.test(before);
  return FLAG.test(before) && FLAG.test(after);
}

/** A family is several people with joiners between them. */
function endOfSequence(elements: RegexAST.CharacterClass["elements"], from: number): number {
  let end = from;
  for (let at = from + 1; at < elements.length; at++) {
    const previous = elements[at - 1];
    const element = elements[at];
    if (previous?.type !== "Character" || element?.type !== "Character" || !isPlain(element)) break;
    if (previous.value !== 0x200d && !isOne(previous.value, element.value) && !isAfterMark(element)) break;
    end = at;
  }
  return elements[end]?.end ?? 0;
}

function isAfterMark({ value }: RegexAST.Character): boolean {
  return value === 0x200d || value === 0xfe0f;
}
