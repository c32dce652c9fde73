/** How many steps a backtracking matcher takes on a text: the engines' way of matching, with a counter. */
import type { ParsedRegex, RegexAST } from "@review/analysis";
import { regexParts } from "../regex-algebra.ts";

/** Counts the steps of a match that starts at the first character of a text, or of a search that tries each in turn. */
export type StepCounter = (text: string, most: number, from?: "start" | "anywhere") => number;

type Continue = (at: number) => boolean;
type Matcher = (at: number, next: Continue) => boolean;

interface Run {
  text: readonly number[];
  steps: number;
  most: number;
  captures: Map<RegexAST.CapturingGroup, readonly number[]>;
}

class Exhausted extends Error {}

/**
 * A counter for a pattern. It gives up at `most` steps and answers with that; a text on which the matcher would nest
 * too deep for the stack counts as one without steps.
 */
export function stepCounter({ pattern, flags }: ParsedRegex): StepCounter {
  const run: Run = { text: [], steps: 0, most: 0, captures: new Map() };
  const matcher = alternation(pattern.alternatives, flags, run);
  return (text, most, from = "start") => {
    const isByPoint = flags.unicode || flags.unicodeSets;
    const units = isByPoint ? Array.from(text, each => each.codePointAt(0) ?? 0) : unitsOf(text);
    Object.assign(run, { text: units, steps: 0, most, captures: new Map() });
    try {
      const last = from === "start" ? 0 : units.length;
      for (let at = 0; at <= last; at++) if (matcher(at, () => true)) break;
    } catch (error) {
      if (error instanceof RangeError) return 0;
      if (!(error instanceof Exhausted)) throw error;
    }
    return run.steps;
  };
}

function unitsOf(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

function alternation(alternatives: readonly RegexAST.Alternative[], flags: RegexAST.Flags, run: Run): Matcher {
  const matchers = alternatives.map(each => sequence(each, flags, run));
  const [only] = matchers;
  if (only && matchers.length === 1) return only;
  return (at, next) => matchers.some(each => each(at, next));
}

function sequence(alternative: RegexAST.Alternative, flags: RegexAST.Flags, run: Run): Matcher {
  const matchers = alternative.elements.map(each => matcherOf(each, flags, run));
  if (regexParts().getMatchingDirection(alternative) === "rtl") matchers.reverse();
  const from = (index: number, at: number, next: Continue): boolean => {
    const matcher = matchers[index];
    return matcher ? matcher(at, to => from(index + 1, to, next)) : next(at);
  };
  return (at, next) => from(0, at, next);
}

function tick(run: Run): void {
  if (++run.steps >= run.most) throw new Exhausted("No steps are left.");
}

function matcherOf(element: RegexAST.Element, flags: RegexAST.Flags, run: Run): Matcher {
  switch (element.type) {
    case "Quantifier":
      return repetition(element, matcherOf(element.element, flags, run), run);
    case "Group":
      return alternation(element.alternatives, flags, run);
    case "CapturingGroup":
      return capture(element, alternation(element.alternatives, flags, run), run);
    case "Backreference":
      return backreference(element, run);
    case "Assertion":
      return assertion(element, flags, run);
    default:
      return character(element, flags, run);
  }
}

type OneCharacter =
  RegexAST.Character | RegexAST.CharacterSet | RegexAST.CharacterClass | RegexAST.ExpressionCharacterClass;

function character(element: OneCharacter, flags: RegexAST.Flags, run: Run): Matcher {
  const { getMatchingDirection, toUnicodeSet } = regexParts();
  const set = toUnicodeSet(element, flags).chars;
  const isForward = getMatchingDirection(element) === "ltr";
  return (at, next) => {
    tick(run);
    const value = run.text[isForward ? at : at - 1];
    return value !== undefined && set.has(value) && next(isForward ? at + 1 : at - 1);
  };
}

function repetition({ min, max, greedy }: RegexAST.Quantifier, matcher: Matcher, run: Run): Matcher {
  const loop = (at: number, count: number, next: Continue): boolean => {
    tick(run);
    // A round that takes nothing ends the loop.
    const again = (): boolean =>
      count < max && matcher(at, to => (to === at && count >= min ? false : loop(to, count + 1, next)));
    if (count < min) return again();
    return greedy ? again() || next(at) : next(at) || again();
  };
  return (at, next) => loop(at, 0, next);
}

function capture(group: RegexAST.CapturingGroup, matcher: Matcher, run: Run): Matcher {
  return (at, next) =>
    matcher(at, to => {
      const before = run.captures.get(group);
      run.captures.set(group, run.text.slice(Math.min(at, to), Math.max(at, to)));
      if (next(to)) return true;
      if (before) run.captures.set(group, before);
      else run.captures.delete(group);
      return false;
    });
}

function backreference({ resolved }: RegexAST.Backreference, run: Run): Matcher {
  const groups = Array.isArray(resolved) ? resolved : [resolved];
  return (at, next) => {
    tick(run);
    const taken = groups.map(group => run.captures.get(group)).find(each => each !== undefined) ?? [];
    return taken.every((value, index) => run.text[at + index] === value) && next(at + taken.length);
  };
}

function assertion(element: RegexAST.Assertion, flags: RegexAST.Flags, run: Run): Matcher {
  if (element.kind === "lookahead" || element.kind === "lookbehind") {
    const inner = alternation(element.alternatives, flags, run);
    return (at, next) => inner(at, () => true) !== element.negate && next(at);
  }
  const holds = element.kind === "word" ? wordBoundary(element.negate, run) : edge(element.kind, flags, run);
  return (at, next) => holds(at) && next(at);
}

function edge(kind: "start" | "end", { multiline }: RegexAST.Flags, run: Run): (at: number) => boolean {
  return at => {
    const beside = run.text[kind === "start" ? at - 1 : at];
    return beside === undefined || (multiline && LINE_ENDS.has(beside));
  };
}

const LINE_ENDS: ReadonlySet<number> = new Set([0x0a, 0x0d, 0x2028, 0x2029]);

function wordBoundary(negate: boolean, run: Run): (at: number) => boolean {
  return at => (isWord(run.text[at - 1]) !== isWord(run.text[at])) !== negate;
}

function isWord(value: number | undefined): boolean {
  return value !== undefined && /\w/.test(String.fromCodePoint(value));
}
