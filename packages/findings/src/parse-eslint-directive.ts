/** Reads ESLint's own comments as far as they concern rules of ours, with the meaning that ESLint gives them. */
import { counterpartsOf } from "./eslint-counterparts.ts";
import { type Comment, lineAt, type Lines, lineSpan } from "./comment.ts";
import type { Span } from "./finding.ts";

/** An `eslint-disable-line` or `-next-line` (`line`), or an `eslint-disable` or `eslint-enable` (to the end of the file). */
export interface EslintDirective {
  readonly kind: "line" | "disable" | "enable";
  /** Ids of ours that it names; null: every rule. */
  readonly rules: readonly string[] | null;
  readonly reason: string | null;
  readonly covers: Span;
}

/**
 * The directive that a comment is, unless it names other plugins' rules only. For a single line, and for a range that
 * begins inside of a block, a rule of ESLint that looks for the same as one of ours counts as well; for a whole file
 * it says nothing of any one place.
 */
export function parseEslintDirective(comment: Comment, lines: Lines): EslintDirective | undefined {
  const isBlock = comment.text.startsWith("/*");
  const body = comment.text.slice(2, isBlock ? -2 : undefined);
  const [statement = "", ...reasons] = body.split(/\s-{2,}\s/);
  const [, name = "", list = ""] = DIRECTIVE.exec(statement.trim()) ?? [];
  const place = coverage(name, comment, isBlock, lines);
  const named = namesIn(list);
  const isOfFile = isOfWholeFile(place, comment, lines);
  const rules = named.flatMap(rule => oursBy(rule, isOfFile));
  if (!place || (named.length > 0 && rules.length === 0)) return undefined;
  return { ...place, rules: named.length === 0 ? null : rules, reason: reasons.join(" -- ").trim() || null };
}

/** The directive that hides a finding of this rule at this offset. An `eslint-enable` ends ranges, never single lines. */
export function eslintDirectiveFor(
  directives: readonly EslintDirective[],
  ruleId: string,
  offset: number,
): EslintDirective | undefined {
  const concerned = directives.filter(
    ({ rules, covers }) => (rules?.includes(ruleId) ?? true) && covers.start <= offset && offset < covers.end,
  );
  const line = concerned.find(directive => directive.kind === "line");
  const lastOfRanges = concerned.findLast(directive => directive.kind !== "line");
  return line ?? (lastOfRanges?.kind === "disable" ? lastOfRanges : undefined);
}

const DIRECTIVE = /^(eslint-(?:disable(?:-next-line|-line)?|enable))(?:\s+(.*))?$/s;
const PREFIX = "review/";

type Coverage = Pick<EslintDirective, "kind" | "covers">;

/** What stands in a block is indented; a range that begins at the margin is meant for the file. */
function isOfWholeFile(place: Coverage | undefined, { start }: Comment, lines: Lines): boolean {
  return place?.kind !== "line" && lines.starts[lineAt(lines, start)] === start;
}

function oursBy(rule: string, isOfFile: boolean): readonly string[] {
  if (rule.startsWith(PREFIX)) return [rule.slice(PREFIX.length)];
  return isOfFile ? [] : counterpartsOf(rule);
}

function namesIn(list: string): string[] {
  return list
    .split(",")
    .map(name => name.trim().replaceAll(/^["']|["']$/g, ""))
    .filter(name => name !== "");
}

/** ESLint reads range directives in block comments only, and `eslint-disable-line` only in a comment of one line. */
function coverage(name: string, comment: Comment, isBlock: boolean, lines: Lines): Coverage | undefined {
  const first = lineAt(lines, comment.start);
  const last = lineAt(lines, comment.end);
  const rest = { start: comment.start, end: lines.length + 1 };
  switch (name) {
    case "eslint-disable-line":
      return first === last ? { kind: "line", covers: lineSpan(lines, first, first) } : undefined;
    case "eslint-disable-next-line":
      return last + 1 < lines.starts.length ? { kind: "line", covers: lineSpan(lines, last + 1, last + 1) } : undefined;
    case "eslint-disable":
      return isBlock ? { kind: "disable", covers: rest } : undefined;
    case "eslint-enable":
      return isBlock ? { kind: "enable", covers: rest } : undefined;
    default:
      return undefined;
  }
}
