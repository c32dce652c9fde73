/** Alternatives of one kind, of which the outer ones alone have anchors. */
import type { RegexAST } from "@review/analysis";

export interface Anchored {
  /** The alternative with `^`. */
  readonly first: RegexAST.Alternative | undefined;
  /** The alternative with `$`. */
  readonly last: RegexAST.Alternative | undefined;
}

/**
 * The alternatives that an anchor holds for where it was meant for all: they are words, endings of files, or groups of
 * which one has the `^` and the other the `$`. "Begins with this or ends with that" is right as it is.
 */
export function anchoredIn({ alternatives }: RegexAST.Pattern): Anchored | undefined {
  const [first] = alternatives;
  const last = alternatives.at(-1);
  if (alternatives.length < 2 || !first || !last) return undefined;
  const starts = alternatives.filter(startsWithAnchor);
  const ends = alternatives.filter(endsWithAnchor);
  const isAtEdges = starts.every(each => each === first) && ends.every(each => each === last);
  if (!isAtEdges || starts.length + ends.length === 0) return undefined;
  const found = { first: starts[0], last: ends[0] };
  return isMeantForAll(alternatives, found) ? found : undefined;
}

function isMeantForAll(alternatives: readonly RegexAST.Alternative[], { first, last }: Anchored): boolean {
  if (alternatives.every(isWord)) return true;
  if (!first) return alternatives.every(isFileEnding);
  if (!last) return false;
  return alternatives.length > 2 || alternatives.every(hasCapture) || beginAlike(first, last);
}

/** `^https:\/\/a|https:\/\/b$`: both are whole, or the second would not repeat how the first begins. */
function beginAlike(first: RegexAST.Alternative, last: RegexAST.Alternative): boolean {
  const [ours, theirs] = [coreOf(first), coreOf(last)];
  return ours !== theirs && ours.slice(0, ALIKE) === theirs.slice(0, ALIKE) && /^[\w:]+$/.test(ours.slice(0, ALIKE));
}

const ALIKE = 5;

function startsWithAnchor({ elements }: RegexAST.Alternative): boolean {
  const [first] = elements;
  return first?.type === "Assertion" && first.kind === "start";
}

function endsWithAnchor({ elements }: RegexAST.Alternative): boolean {
  const last = elements.at(-1);
  return last?.type === "Assertion" && last.kind === "end";
}

/** The code of an alternative without anchors, and without blanks that may lead it. */
function coreOf({ raw }: RegexAST.Alternative): string {
  return raw
    .replace(/^\^/, "")
    .replace(/^\\s[*+]/, "")
    .replace(/(?<!\\)\$$/, "");
}

/** Of host names and files the dots are written `\.`. */
const WORD = /^(?!\\)(?:[\w-]|\\\.|\((?:\?:)?[\w|-]+\))+$/;

function isWord(alternative: RegexAST.Alternative): boolean {
  const core = coreOf(alternative);
  return WORD.test(core) && /[a-z]/i.test(core);
}

function hasCapture({ elements }: RegexAST.Alternative): boolean {
  return elements.some(({ type }) => type === "CapturingGroup");
}

/** `\.json`, `\.[jt]sx?`. */
function isFileEnding(alternative: RegexAST.Alternative): boolean {
  return /^\\\.[\w*?.[\]()|:\\-]+$/.test(coreOf(alternative)) && !/\\\.$|\\d/.test(coreOf(alternative));
}
