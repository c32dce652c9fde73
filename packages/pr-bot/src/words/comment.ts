/** The comment that a finding becomes. */
import type { Committable } from "../plan/committable.ts";
import { isVerified } from "../plan/committable.ts";
import type { Excerpts } from "../plan/excerpts.ts";
import type { Placement } from "../plan/place.ts";
import type { ReportedFact, ReportedFinding } from "../plan/reported.ts";
import type { Group, Wanted } from "../plan/reconcile.ts";
import { codeBlock, codeSpan, hasHidden, safeText } from "./safe-text.ts";

export interface CommentWords {
  /** Absolute address of a rule's page. */
  readonly pageOf: (ruleId: string) => string | undefined;
  /** The short name of a finding. */
  readonly idOf: (fingerprint: string) => string;
  /** Absolute address of a line of the head. */
  readonly permalink: (file: string, line: number) => string;
  /** What can be quoted of the head; absent where its texts are not known. */
  readonly excerpts?: Excerpts | undefined;
}

/** Everything but the mark. `committable` only where the comment stands on just these lines of the head. */
export function commentBody(group: Group, committable: Committable | undefined, words: CommentWords): string {
  const [{ finding, placement }, ...others] = group;
  const parts = [
    title(finding, words),
    whereOf(finding, placement, words),
    evidenceOf(finding, words),
    suggestionOf(finding, committable, words),
    others.length > 0 ? `Also ${others.map(entry => alsoAt(entry, words)).join(", ")}.` : "",
    footer(group, committable, words),
  ];
  return parts.filter(part => part !== "").join("\n\n");
}

/** The finding's own line, where the comment stands on another one or on the file. */
function whereOf(finding: ReportedFinding, placement: Placement, words: CommentWords): string {
  if (placement.kind === "line" && placement.role === "own") return "";
  const own = reference(finding.file, finding.range.start.line, words);
  if (placement.kind !== "line") return `It is at ${own}.`;
  return placement.role === "cause"
    ? `This line causes it; it shows at ${own}.`
    : `It is at ${own}: this is the nearest line of the change in the same declaration.`;
}

/** The line that names a finding, as in comments, so in the summary. */
export function title(finding: ReportedFinding, words: CommentWords): string {
  const { severity, ruleId, message } = finding;
  return `**${severity}** · ${ruleLink(ruleId, words)} · ${safeText(message)}`;
}

/** What the first line of a comment says. */
export interface ReadTitle {
  readonly severity: string | null;
  readonly ruleId: string | null;
  /** Whose words they are, where a model's. */
  readonly model: string | null;
}

/** Reads a comment of the bot's own, as it may have been written by an earlier version. */
export function readTitle(body: string): ReadTitle {
  const [, severity = null, ruleId = null] = /^\*\*(error|warning|info)\*\* · \[?`([a-z0-9-]+)`/.exec(body) ?? [];
  return { severity, ruleId, model: / · model `([^`]+)`/.exec(body)?.[1] ?? null };
}

/** A rule's name, with its page where it has one. */
export function ruleLink(ruleId: string, words: CommentWords): string {
  const page = words.pageOf(ruleId);
  return page === undefined ? codeSpan(ruleId) : `[${codeSpan(ruleId)}](${page})`;
}

/** A place as a link to the head's own line. */
export function reference(file: string, line: number, words: CommentWords): string {
  return `[${codeSpan(`${file}:${line}`)}](${words.permalink(file, line)})`;
}

const MOST_FACTS = 4;

function evidenceOf({ evidence, file, range, suggestion }: ReportedFinding, words: CommentWords): string {
  const facts = evidence.slice(0, MOST_FACTS).map(fact => {
    const isHere = fact.file === file && fact.range.start.line === range.start.line;
    const place = isHere ? "" : ` (${reference(fact.file, fact.range.start.line, words)})`;
    return `- ${factInWords(fact, words)}${place}`;
  });
  const more = evidence.length - MOST_FACTS;
  if (more > 0) facts.push(`- and ${more} more`);
  const advice = suggestion.text === "" ? "" : safeText(suggestion.text, 600);
  return [facts.join("\n"), advice].filter(part => part !== "").join("\n\n");
}

/** "This" where it stands for the code that the fact is about, and not before a word that says what it is. */
const POINTS = /^This (?=(?:is|may|would|can|only|never|[a-z]+(?<!s)s)\b)/;

/** In an editor the code is marked; here it has to be named. */
function factInWords(fact: ReportedFact, { excerpts }: CommentWords): string {
  const code = POINTS.test(fact.message) ? excerpts?.codeAt(fact) : undefined;
  return code === undefined
    ? safeText(fact.message, 240)
    : `${codeSpan(code)} ${safeText(fact.message.replace(POINTS, ""), 240)}`;
}

/** A block that can be committed, or what a fix changes that cannot. */
function suggestionOf(
  finding: ReportedFinding,
  committable: Committable | undefined,
  { excerpts, idOf }: CommentWords,
): string {
  if (committable && !isSuspicious(committable.lines)) return codeBlock(committable.lines, "suggestion");
  const fix = finding.fixes.find(isVerified);
  if (!fix) return "";
  const ways = `${codeSpan(`npx review fix ${idOf(finding.fingerprint)}`)} applies it in a checkout, ${codeSpan("/review apply")} here.`;
  const patch = excerpts?.patchOf(fix) ?? [];
  return [
    `A verified fix is ready: ${safeText(fix.title, 160)}. ${ways}`,
    ...(patch.length > 0 && !isSuspicious(patch) ? [codeBlock(patch, "diff")] : []),
  ].join("\n\n");
}

/** Code that shows something else than it is, or that carries a mark of ours, is not offered for a click. */
export function isSuspicious(lines: readonly string[]): boolean {
  return lines.some(line => hasHidden(line) || /<!--\s*review:/i.test(line));
}

function alsoAt({ finding, placement }: Wanted, words: CommentWords): string {
  const line = placement.kind === "line" && placement.role === "own" ? placement.line : finding.range.start.line;
  return `at ${reference(finding.file, line, words)}`;
}

function footer([{ finding }]: Group, committable: Committable | undefined, { idOf }: CommentWords): string {
  const fix = committable?.fix ?? finding.fixes.find(isVerified);
  const checks = fix?.verified.tests === true ? "types, rules and tests" : "types and rules";
  const model = finding.suggestion.origin === "model" ? finding.suggestion.model : null;
  const facts = [
    fix ? `verified: ${checks}` : "",
    finding.suggestion.proof ? "reproduced by a test" : "",
    model === null ? "" : `model ${codeSpan(model)}`,
    codeSpan(`/review dismiss ${idOf(finding.fingerprint)}`),
  ];
  return facts.filter(fact => fact !== "").join(" · ");
}
