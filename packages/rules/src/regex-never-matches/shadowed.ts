/** Alternatives that an earlier one leaves nothing for. */
import { visitRegExpAST, type RegexAST } from "@review/analysis";
import { automata, regexParts } from "../regex-algebra.ts";

export interface Shadowed {
  readonly alternative: RegexAST.Alternative;
  /** The earlier one. */
  readonly by: RegexAST.Alternative;
  /** Whether the earlier one matches a part of it only, and nothing after it asks for more. */
  readonly isPrefix: boolean;
}

type Alternation = RegexAST.Pattern | RegexAST.Group | RegexAST.CapturingGroup;

/** Longer lists are tables, and to compare each with each would take long. */
const MOST_ALTERNATIVES = 40;

/** `takesText` is asked last: a prefix is as good as the whole where only whether there is a match counts. */
export function shadowedIn(node: Alternation, flags: RegexAST.Flags, takesText: () => boolean): Shadowed | undefined {
  const { alternatives } = node;
  if (alternatives.length < 2 || alternatives.length > MOST_ALTERNATIVES) return undefined;
  const isLast = isAtEnd(node);
  for (const [index, alternative] of alternatives.entries()) {
    for (const by of alternatives.slice(0, index)) {
      if (isLast && isPrefixOf(by, alternative) && takesText()) return { alternative, by, isPrefix: true };
      if (isCoveredBy(alternative, by, flags)) return { alternative, by, isPrefix: false };
    }
  }
  return undefined;
}

/** Whether a match is over when the alternation is. */
function isAtEnd(node: Alternation): boolean {
  if (node.type === "Pattern") return true;
  const { parent } = node;
  if (parent.type !== "Alternative" || parent.elements.at(-1) !== node) return false;
  const outer = parent.parent;
  return (outer.type === "Pattern" || outer.type === "Group" || outer.type === "CapturingGroup") && isAtEnd(outer);
}

function isPrefixOf(short: RegexAST.Alternative, long: RegexAST.Alternative): boolean {
  const [ours, theirs] = [textOf(short), textOf(long)];
  return ours !== undefined && ours !== "" && theirs !== undefined && theirs !== ours && theirs.startsWith(ours);
}

/** The text of an alternative that is nothing but characters. */
function textOf({ elements }: RegexAST.Alternative): string | undefined {
  let text = "";
  for (const element of elements) {
    if (element.type !== "Character") return undefined;
    text += String.fromCodePoint(element.value);
  }
  return text;
}

/** Whether another alternative matches each text that this one matches. */
function isCoveredBy(alternative: RegexAST.Alternative, by: RegexAST.Alternative, flags: RegexAST.Flags): boolean {
  if (by.raw === alternative.raw) return by.elements.length > 0;
  const [ours, theirs] = [textOf(alternative), textOf(by)];
  if (ours !== undefined && theirs !== undefined && !flags.ignoreCase) return ours === theirs;
  if (!isPlain(alternative) || !isPlain(by) || by.elements.length === 0) return false;
  const { getFirstConsumedChar } = regexParts();
  const first = getFirstConsumedChar(alternative, "ltr", flags);
  const theirFirst = getFirstConsumedChar(by, "ltr", flags);
  if (first.empty || !first.char.isSubsetOf(theirFirst.char)) return false;
  return isSubset(alternative, by, flags);
}

/** Without assertions and backreferences, of which the surroundings decide. */
function isPlain(alternative: RegexAST.Alternative): boolean {
  let isFound = false;
  visitRegExpAST(alternative, {
    onAssertionEnter: () => void (isFound = true),
    onBackreferenceEnter: () => void (isFound = true),
  });
  return !isFound;
}

const MOST_NODES = 500;

function isSubset(inner: RegexAST.Alternative, outer: RegexAST.Alternative, flags: RegexAST.Flags): boolean {
  const { DFA, isDisjointWith, JS, NFA, TooManyNodesError } = automata();
  const pattern = patternOf(inner);
  try {
    const parser = JS.Parser.fromAst({ pattern, flags });
    const [ours, theirs] = [inner, outer].map(each => {
      const { expression, maxCharacter } = parser.parseElement(each, { maxNodes: MOST_NODES });
      return NFA.fromRegex(expression, { maxCharacter }, {}, new NFA.LimitedNodeFactory(MOST_NODES));
    });
    if (!ours || !theirs) return false;
    const others = DFA.fromFA(theirs, new DFA.LimitedNodeFactory(MOST_NODES));
    others.complement();
    return isDisjointWith(ours, others, MOST_NODES * 4);
  } catch (error) {
    if (error instanceof TooManyNodesError) return false;
    throw error;
  }
}

function patternOf(node: RegexAST.Node): RegexAST.Pattern {
  let at: RegexAST.Node = node;
  while (at.type !== "Pattern" && at.parent) at = at.parent;
  return at as RegexAST.Pattern;
}
