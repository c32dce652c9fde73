/** A text on which a pattern backtracks exponentially: found by analysis, and proved by counting the steps. */
import type { ParsedRegex, RegexAST } from "@review/analysis";
import type { toUnicodeSet } from "regexp-ast-analysis";
import type { Report } from "scslre";
import { backtracking, regexParts } from "../regex-algebra.ts";
import { ambiguousIn } from "./ambiguous.ts";
import { stepCounter, type StepCounter } from "./steps.ts";

/** `prefix`, then `pump` as often as one likes, then `suffix`. */
export interface Witness {
  readonly prefix: string;
  readonly pump: string;
  readonly suffix: string;
  /** The parts of the pattern that share the pumped characters. */
  readonly parts: readonly RegexAST.Quantifier[];
  readonly growth: "exponential" | "cubic";
}

/** What may be pumped; the counted steps decide. */
type Suspect = Pick<Witness, "parts" | "pump">;

/** Longer patterns are not looked at: the analysis of one may take a second. */
const LONGEST_PATTERN = 1500;
const MOST_REPORTS = 4;

/**
 * A witness on which each more pump multiplies the steps, or twice as many pumps take eight times the steps, which were
 * counted; undefined where there is none, or none that holds. Patterns that change their flags halfway are not looked at.
 */
export function witnessOf(parsed: ParsedRegex): Witness | undefined {
  const { raw } = parsed.pattern;
  if (raw.length > LONGEST_PATTERN || !/[*+{]/.test(raw) || /\(\?[a-z-]+:/.test(raw)) return undefined;
  const { reports } = backtracking().analyse(parsed, { reportTypes: { Move: false } });
  const suspectsOf = (found: readonly Report[]): readonly Suspect[] =>
    found.slice(0, MOST_REPORTS).map(report => ({ parts: partsOf(report), pump: report.character.pick }));
  const ambiguous = ambiguousIn(parsed).slice(0, MOST_REPORTS);
  const exponential = [
    ...suspectsOf(reports.filter(each => each.exponential)),
    ...ambiguous.map(({ quantifier, pump }) => ({ parts: [quantifier], pump })),
  ];
  const polynomial = suspectsOf(reports.filter(each => !each.exponential));
  if (exponential.length + polynomial.length === 0) return undefined;
  const count = stepCounter(parsed);
  return (
    firstOf(exponential, suspect => witnessFor(suspect, parsed.flags, count)) ??
    firstOf(polynomial, suspect => cubicWitnessFor(suspect, parsed.flags, count))
  );
}

function firstOf(
  suspects: readonly Suspect[],
  witness: (suspect: Suspect) => Witness | undefined,
): Witness | undefined {
  for (const suspect of suspects) {
    const found = witness(suspect);
    if (found) return found;
  }
  return undefined;
}

function witnessFor(suspect: Suspect, flags: RegexAST.Flags, count: StepCounter): Witness | undefined {
  const { parts, pump } = suspect;
  const best = slowest(suspect, flags, text => count(text, TRIAL_STEPS));
  if (!best) return undefined;
  const { prefix, suffix } = best;
  const isProved = explodes(times => count(prefix + pump.repeat(times) + suffix, MOST_STEPS));
  return isProved ? { prefix, pump, suffix, parts, growth: "exponential" } : undefined;
}

function cubicWitnessFor(suspect: Suspect, flags: RegexAST.Flags, count: StepCounter): Witness | undefined {
  const { parts, pump } = suspect;
  const best = slowest(suspect, flags, text => count(text, TRIAL_STEPS, "anywhere"));
  if (!best) return undefined;
  const { prefix, suffix } = best;
  const isProved = isCubic(times => count(prefix + pump.repeat(times) + suffix, MOST_SEARCH_STEPS, "anywhere"));
  return isProved ? { prefix, pump, suffix, parts, growth: "cubic" } : undefined;
}

/** What to put around the pumps so that they take the most steps. */
function slowest({ parts, pump }: Suspect, flags: RegexAST.Flags, stepsOn: (text: string) => number) {
  const [start] = parts;
  if (!start || pump === "") return undefined;
  let best: { prefix: string; suffix: string; steps: number } | undefined;
  for (const prefix of new Set([wayTo(start, flags), ""])) {
    for (const suffix of SUFFIXES) {
      const steps = stepsOn(prefix + pump.repeat(TRIAL) + suffix);
      if (steps > (best?.steps ?? 0)) best = { prefix, suffix, steps };
    }
  }
  return best;
}

function partsOf(report: Report): readonly RegexAST.Quantifier[] {
  if (report.type === "Self") return [report.quant, report.parentQuant];
  return report.type === "Trade" ? [report.startQuant, report.endQuant] : [report.quant];
}

/** Endings that a pattern may not expect, so that it has to try all ways. */
const SUFFIXES: readonly string[] = ["\n", "!", "\0", "", ".!", "a", "0", " ", "-", "\uffff", "<", ";"];
const TRIAL = 12;
const TRIAL_STEPS = 30_000;

const MOST_STEPS = 300_000;

/** Whether four more pumps at a time multiply the steps again and again, by no less than a quarter for each. */
function explodes(stepsFor: (times: number) => number): boolean {
  let before = stepsFor(8);
  for (let times = 12; times <= 48; times += 4) {
    const steps = stepsFor(times);
    if (steps >= MOST_STEPS) return true;
    if (before === 0 || steps < before * 2.4) return false;
    before = steps;
  }
  return true;
}

const MOST_SEARCH_STEPS = 3_000_000;

/** Whether twice as many pumps take some eight times the steps: of a square it would be four times. */
function isCubic(stepsFor: (times: number) => number): boolean {
  const [few, more, many] = [stepsFor(24), stepsFor(48), stepsFor(96)];
  return few > 0 && more >= few * 6 && many >= more * 6.5;
}

/** The shortest text by which a match gets from the start of the pattern to a part of it. */
function wayTo(part: RegexAST.Node, flags: RegexAST.Flags): string {
  let text = "";
  for (let at: RegexAST.Node = part; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type !== "Alternative") continue;
    const before = parent.elements.slice(0, parent.elements.indexOf(at as RegexAST.Element));
    text = before.map(element => shortest(element, flags)).join("") + text;
  }
  return text;
}

function shortest(element: RegexAST.Element, flags: RegexAST.Flags): string {
  switch (element.type) {
    case "Assertion":
      return "";
    case "Backreference": {
      const group = Array.isArray(element.resolved) ? element.resolved[0] : element.resolved;
      return group ? shortestOf(group.alternatives, flags) : "";
    }
    case "Group":
    case "CapturingGroup":
      return shortestOf(element.alternatives, flags);
    case "Quantifier":
      return shortest(element.element, flags).repeat(element.min);
    default:
      return readable(element, flags);
  }
}

function shortestOf(alternatives: readonly RegexAST.Alternative[], flags: RegexAST.Flags): string {
  const texts = alternatives.map(each => each.elements.map(element => shortest(element, flags)).join(""));
  return texts.reduce((least, text) => (text.length < least.length ? text : least));
}

type OneCharacter = Parameters<typeof toUnicodeSet>[0];

/** A character of a set, of those that can be read if there is one. */
function readable(element: OneCharacter, flags: RegexAST.Flags): string {
  const { chars } = regexParts().toUnicodeSet(element, flags);
  const known = Array.from("a0A x-./:").find(each => chars.has(each.charCodeAt(0)));
  return known ?? String.fromCodePoint(chars.ranges[0]?.min ?? 0);
}
