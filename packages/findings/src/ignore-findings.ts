/** What there is to say of ignores that hide nothing. */
import type { SpanEdit } from "./apply-edits.ts";
import type { DraftFinding, Fix, Span } from "./finding.ts";
import { nearest } from "./nearest.ts";
import type { Ignore, IgnoredRule } from "./parse-ignore.ts";
import type { Suppressions } from "./parse-suppressions.ts";
import { removeComment } from "./remove-comment.ts";
import { ignoreWithoutReason, type SuppressionRule, unusedIgnore } from "./suppression-rules.ts";

/** Findings for ignores that cannot hide anything as they are written, whatever the rules find. */
export function faultyIgnores(suppressions: Suppressions, knownIds: ReadonlySet<string>): DraftFinding[] {
  return suppressions.ignores.flatMap(ignore => {
    if (ignore.rules.length === 0) return [namesNoRule(suppressions, ignore)];
    if (ignore.reason === null) return [givesNoReason(suppressions, ignore)];
    if (isMisplaced(ignore)) return [standsTooLow(suppressions, ignore)];
    const unknown = ignore.rules.filter(rule => !knownIds.has(rule.id));
    return unknown.map(rule => namesUnknownRule(suppressions, ignore, rule, knownIds));
  });
}

/**
 * One finding for each name that hides nothing in an otherwise sound ignore.
 *
 * The names of one comment share one edit, so that all their fixes can be applied together.
 */
export function unusedIgnores(suppressions: Suppressions, isUnused: (rule: IgnoredRule) => boolean): DraftFinding[] {
  return suppressions.ignores.flatMap(ignore => {
    if (ignore.reason === null || isMisplaced(ignore)) return [];
    const unused = ignore.rules.filter(isUnused);
    const fix = removal(suppressions, ignore, unused, "safe");
    return unused.map(rule => {
      const message = `This ${directiveOf(ignore)} of ${quote(rule.id)} hides nothing.`;
      return draft(suppressions, unusedIgnore, { span: rule.span, message, about: rule.id, fixes: [fix] });
    });
  });
}

function namesNoRule(suppressions: Suppressions, ignore: Ignore): DraftFinding {
  const message = `This ${directiveOf(ignore)} names no rule and hides nothing.`;
  const fixes = [removal(suppressions, ignore, [], "suggested")];
  return draft(suppressions, unusedIgnore, { span: spanOf(ignore), message, about: "", fixes });
}

function givesNoReason(suppressions: Suppressions, ignore: Ignore): DraftFinding {
  const message = `This ${directiveOf(ignore)} of ${quoteAll(ignore)} hides nothing because it gives no reason after \`--\`.`;
  return draft(suppressions, ignoreWithoutReason, { span: spanOf(ignore), message, about: idsOf(ignore), fixes: [] });
}

function standsTooLow(suppressions: Suppressions, ignore: Ignore): DraftFinding {
  const message = `This ${directiveOf(ignore)} of ${quoteAll(ignore)} hides nothing because it is not above the first statement.`;
  const fixes = [removal(suppressions, ignore, ignore.rules, "suggested")];
  return draft(suppressions, unusedIgnore, { span: spanOf(ignore), message, about: idsOf(ignore), fixes });
}

function namesUnknownRule(
  suppressions: Suppressions,
  ignore: Ignore,
  rule: IgnoredRule,
  knownIds: ReadonlySet<string>,
): DraftFinding {
  const meant = nearest(rule.id, [...knownIds].sort());
  const name = quote(rule.id);
  const message = meant
    ? `This ignore names ${name}, which is no rule; the nearest name is ${quote(meant)}.`
    : `This ignore names ${name}, which is no rule.`;
  const fix = meant
    ? fixOf(suppressions, "suggested", `Write ${quote(meant)}`, { span: rule.span, text: meant })
    : removal(suppressions, ignore, [rule], "suggested");
  return draft(suppressions, unusedIgnore, { span: rule.span, message, about: rule.id, fixes: [fix] });
}

/** Such an ignore covers an empty span. */
function isMisplaced(ignore: Ignore): boolean {
  return ignore.covers.start === ignore.covers.end;
}

/** Removes names from a comment, and the comment with its last one. */
function removal(suppressions: Suppressions, ignore: Ignore, gone: readonly IgnoredRule[], safety: Fix["safety"]): Fix {
  const left = ignore.rules.filter(rule => !gone.includes(rule));
  const [first, last] = [ignore.rules[0], ignore.rules.at(-1)];
  if (!first || !last || left.length === 0) {
    return fixOf(suppressions, safety, "Remove the comment", removeComment(ignore.comment, suppressions.text));
  }
  const names = left.map(rule => suppressions.text.slice(rule.span.start, rule.span.end)).join(", ");
  const edit = { span: { start: first.span.start, end: last.span.end }, text: names };
  return fixOf(suppressions, safety, `Remove ${gone.map(rule => quote(rule.id)).join(", ")} from the comment`, edit);
}

function fixOf(suppressions: Suppressions, safety: Fix["safety"], title: string, edit: SpanEdit): Fix {
  const edits = [{ file: suppressions.file, ...edit }];
  return { title, safety, origin: "rule", edits, verified: { types: null, rules: null, tests: null } };
}

interface Particulars {
  readonly span: Span;
  readonly message: string;
  /** What the finding is recognised by: the names, not the reason, which may be reworded. */
  readonly about: string;
  readonly fixes: readonly Fix[];
}

function draft(suppressions: Suppressions, rule: SuppressionRule, particulars: Particulars): DraftFinding {
  const { span, message, about, fixes } = particulars;
  const { id: ruleId, severity, category, repair } = rule;
  const anchor = { scope: "", code: about };
  return { file: suppressions.file, span, ruleId, severity, category, message, evidence: [], fixes, repair, anchor };
}

function spanOf(ignore: Ignore): Span {
  return { start: ignore.comment.start, end: ignore.comment.end };
}

function directiveOf(ignore: Ignore): string {
  return ignore.scope === "file" ? "`review-ignore-file`" : "ignore";
}

function idsOf(ignore: Ignore): string {
  return ignore.rules.map(rule => rule.id).join(" ");
}

/** The first name stands for all: a message has one line. */
function quoteAll(ignore: Ignore): string {
  const more = ignore.rules.length - 1;
  return quote(ignore.rules[0]?.id ?? "") + (more > 0 ? ` and ${more} more` : "");
}

/** Names come from comments and may have any length. */
function quote(name: string): string {
  return name.length <= LONGEST_NAME ? `\`${name}\`` : `\`${name.slice(0, LONGEST_NAME)}…\``;
}

const LONGEST_NAME = 40;
