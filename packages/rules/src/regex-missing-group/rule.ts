/** Reports groups that are read from a match, or put into a replacement, and that the pattern does not have. */
import {
  asMethodCall,
  defineRule,
  locatedText,
  regexOf,
  visitRegExpAST,
  type Ask,
  type LocatedText,
  type ParsedRegex,
  type Pass,
  type Regex,
  type Rule,
} from "@review/analysis";
import { SyntaxKind, type CallExpression, type Node } from "@review/program/syntax";
import { readsOf, type GroupRead } from "./reads.ts";
import { referencesIn } from "./replacements.ts";
import { matchOf, sourcesOf } from "./results.ts";

const rule: Rule = defineRule({
  id: "regex-missing-group",
  summary: "A group is read from a match or put into a replacement, and the pattern has no such group.",
  category: "regex",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  repair: "Refer to a group that the pattern has, or put brackets around the part that is meant.",
  listen: pass => ({
    *[SyntaxKind.CallExpression](call: CallExpression) {
      const name = asMethodCall(call)?.name;
      if (name === "replace" || name === "replaceAll") yield* checkReplacement(pass, call);
      else if (name === "match" || name === "exec" || name === "matchAll") yield* checkResult(pass, call);
    },
  }),
});
export default rule;

/** The groups of a pattern. */
interface Groups {
  readonly count: number;
  readonly names: ReadonlySet<string>;
}

function groupsOf({ pattern }: ParsedRegex): Groups {
  let count = 0;
  const names = new Set<string>();
  visitRegExpAST(pattern, {
    onCapturingGroupEnter({ name }) {
      count++;
      if (name !== null) names.add(name);
    },
  });
  return { count, names };
}

function* checkReplacement(pass: Pass, call: CallExpression): Ask<void> {
  const [pattern, replacement] = call.arguments;
  if (!pattern || !replacement || !replacement.getText().includes("$")) return;
  const text = yield* locatedText(pass.checker, replacement);
  const regex = text && (yield* regexOf(pass.checker, pattern));
  if (text && regex?.parsed) reportReferences(pass, regex, replacement, text, groupsOf(regex.parsed));
}

function reportReferences(pass: Pass, regex: Regex, replacement: Node, text: LocatedText, groups: Groups): void {
  for (const { group, start, end } of referencesIn(text.text, groups.count)) {
    if (has(groups, group)) continue;
    const first = text.places[start];
    const last = text.places[end - 1];
    if (!first || !last) continue;
    const place = first.start < last.end ? { start: first.start, end: last.end } : replacement;
    // A name that is missing among others gives no text; all else stays as it is written.
    const isLost = typeof group === "string" && groups.names.size > 0;
    const what = isLost ? "which gives no text" : "so it is put in as it stands";
    report(
      pass,
      place,
      regex,
      `\`${text.text.slice(start, end)}\` refers to ${named(group)}, ${missing(groups, group)}: ${what}.`,
    );
    return;
  }
}

function has({ count, names }: Groups, group: string | number): boolean {
  return typeof group === "string" ? names.has(group) : group <= count;
}

function named(group: string | number): string {
  return typeof group === "string" ? `the group \`${group}\`` : `group ${group}`;
}

function missing({ count, names }: Groups, group: string | number): string {
  if (typeof group === "string") return names.size === 0 ? "and the pattern names none" : "which the pattern lacks";
  if (count === 0) return "and the pattern has none";
  return count === 1 ? "and the pattern has one" : `and the pattern has ${count}`;
}

function report(pass: Pass, place: Parameters<Pass["report"]>[0], regex: Regex, message: string): void {
  pass.report(place, { message, evidence: [{ at: regex.node, message: "This is the pattern." }] });
}

/** What is read of the result of a match; a variable may hold those of several patterns. */
function* checkResult(pass: Pass, call: CallExpression): Ask<void> {
  const sources = sourcesOf(pass, call);
  // One report for all of the calls that fill a variable.
  if (!sources || sources.calls[0] !== call) return;
  const reads = readsOf(pass.scopes(), sources.holders);
  if (reads.length === 0) return;
  const regexes: Regex[] = [];
  for (const each of sources.calls) {
    const regex = yield* regexOf(pass.checker, matchOf(each) ?? each);
    if (!regex?.parsed || isListOfTexts(each, regex)) return;
    regexes.push(regex);
  }
  const groups = regexes.flatMap(({ parsed }) => (parsed ? [groupsOf(parsed)] : []));
  const last = regexes.at(-1);
  if (last) reportReads(pass, last, reads, joined(groups));
}

/** What one of several patterns has may be there. */
function joined(groups: readonly Groups[]): Groups {
  const names = new Set(groups.flatMap(each => Array.from(each.names)));
  return { count: Math.max(...groups.map(({ count }) => count)), names };
}

function reportReads(pass: Pass, regex: Regex, reads: readonly GroupRead[], groups: Groups): void {
  for (const { group, at } of reads) {
    if (has(groups, group)) continue;
    const what = `This reads ${named(group)} of the match, ${missing(groups, group)}: it is always undefined.`;
    report(pass, at, regex, what);
  }
}

/** With the flag `g`, `match` gives the texts of all matches and no groups. */
function isListOfTexts(call: CallExpression, { flags }: Regex): boolean {
  return asMethodCall(call)?.name === "match" && flags?.includes("g") === true;
}
