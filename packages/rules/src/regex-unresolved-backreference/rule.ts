/** Reports backreferences that no group can have filled when they are reached. */
import {
  defineRule,
  onRegex,
  visitRegExpAST,
  type ParsedRegex,
  type Pass,
  type Place,
  type Regex,
  type RegexAST,
  type Rule,
} from "@review/analysis";
import { regexParts } from "../regex-algebra.ts";

const rule: Rule = defineRule({
  id: "regex-unresolved-backreference",
  summary: "A backreference is to a group that is missing, or that never has matched when it is reached.",
  category: "regex",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Refer to a group that has matched before on every way to the backreference.",
  listen: pass =>
    onRegex(pass, regex => {
      if (regex.parsed && regex.pattern.includes("\\")) check(pass, regex, regex.parsed);
    }),
});
export default rule;

function check(pass: Pass, regex: Regex, { pattern, flags }: ParsedRegex): void {
  const groups: RegexAST.CapturingGroup[] = [];
  visitRegExpAST(pattern, { onCapturingGroupEnter: group => void groups.push(group) });
  const report = (at: Place, message: string, group?: RegexAST.CapturingGroup): void => {
    const evidence = group ? [{ at: regex.placeOf(group), message: "This is the group that it refers to." }] : [];
    pass.report(regex.placeOf(at), { message, evidence });
  };
  visitRegExpAST(pattern, {
    onBackreferenceEnter(node) {
      const group = node.ambiguous ? undefined : node.resolved;
      if (!group || !regexParts().isEmptyBackreference(node, flags)) return;
      const reason = reasonOf(node, group);
      if (reason) report(node, `\`${node.raw}\` is always empty: ${reason}.`, group);
    },
    onCharacterEnter(node) {
      const number = numberOf(node, groups.length);
      if (number === undefined) return;
      const isInClass = node.parent.type === "CharacterClass";
      const why = isInClass ? "a class has no backreferences" : groupsIn(groups.length);
      report(node, `\`${node.raw}\` is the control character U+000${node.value}, and no backreference: ${why}.`);
    },
  });
  for (const at of missingNames(regex, flags, groups)) {
    report(at, `\`${regex.pattern.slice(at.start, at.end)}\` is plain text here: the pattern has no named groups.`);
  }
}

/** Why a group has matched nothing when the backreference is reached; undefined where it only matches nothing. */
function reasonOf(node: RegexAST.Backreference, group: RegexAST.CapturingGroup): string | undefined {
  if (isWithin(node, group)) return "it stands inside of its own group, which has not matched yet";
  const { getClosestAncestor, getMatchingDirection } = regexParts();
  const common = getClosestAncestor(node, group);
  if (common.type !== "Alternative") return "its group stands in another alternative";
  if (isInNegative(group, common)) return "its group is in a negative lookaround, which forgets what it has matched";
  const isBefore = getMatchingDirection(common) === "ltr" ? node.end <= group.start : node.start >= group.end;
  return isBefore ? "its group comes later" : undefined;
}

function isWithin(node: RegexAST.Node, ancestor: RegexAST.Node): boolean {
  for (let at: RegexAST.Node | null = node; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

function isInNegative(group: RegexAST.Node, top: RegexAST.Node): boolean {
  for (let at: RegexAST.Node | null = group; at && at !== top; at = at.parent) {
    if (at.type === "Assertion" && "negate" in at && at.kind !== "word" && at.negate) return true;
  }
  return false;
}

/** The number of `\3` where there is no such group, so that it is a character; in a class it always is one. */
function numberOf({ raw, parent }: RegexAST.Character, groups: number): number | undefined {
  if (!/^\\[1-7]$/.test(raw)) return undefined;
  const number = Number(raw.slice(1));
  // A class may list control characters by their numbers; one that names an existing group was meant to exclude it.
  if (parent.type !== "CharacterClass") return parent.type === "CharacterClassRange" ? undefined : number;
  return parent.elements.some(({ type }) => type === "CharacterClassRange") || number > groups ? undefined : number;
}

function groupsIn(count: number): string {
  if (count === 0) return "the pattern has no groups";
  return count === 1 ? "the pattern has one group" : `the pattern has ${count} groups`;
}

/** `\k<name>` is text in a pattern without names, unless a flag makes it an error. */
function missingNames({ pattern }: Regex, flags: RegexAST.Flags, groups: readonly RegexAST.CapturingGroup[]): Place[] {
  if (flags.unicode || flags.unicodeSets || groups.some(({ name }) => name !== null)) return [];
  return [...pattern.matchAll(/(?<!\\)(?:\\\\)*(\\k<\w+>)/g)].map(match => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? "").length, end };
  });
}
