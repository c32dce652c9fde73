/** Reads `review-ignore RULE[, RULE] -- reason` and `review-ignore-file RULE[, RULE] -- reason`. */
import { type Comment, type CommentedText, type Lines, spokenOf } from "./comment.ts";
import type { Span } from "./finding.ts";

/** A rule that an ignore names, and where. */
export interface IgnoredRule {
  readonly id: string;
  readonly span: Span;
}

/** One `review-ignore` comment. */
export interface Ignore {
  readonly comment: Comment;
  readonly scope: "line" | "file";
  readonly rules: readonly IgnoredRule[];
  /** Null: none is given, and the comment hides nothing. */
  readonly reason: string | null;
  /** Findings that start here are meant. Empty for a `review-ignore-file` below the first token. */
  readonly covers: Span;
}

/** The ignore that a comment is, if it begins as one. `review/<id>` is read as `<id>`, as ESLint's users write it. */
export function parseIgnore(comment: Comment, source: CommentedText, lines: Lines): Ignore | undefined {
  const head = HEAD.exec(comment.text);
  if (!head) return undefined;
  const scope = head[1] === undefined ? "line" : "file";
  const list = LIST.exec(comment.text.slice(head[0].length))?.[0] ?? "";
  const rest = comment.text.slice(head[0].length + list.length);
  return {
    comment,
    scope,
    rules: rulesIn(list, comment.start + head[0].length),
    reason: reasonIn(rest),
    covers: scope === "line" ? spokenOf(comment, lines) : wholeFile(comment, source),
  };
}

const HEAD = /^\/(?:\/+|\*[\s*]*)\s*review-ignore(-file)?(?![\w-])/;
const NAME = /[\w/]+(?:-[\w/]+)*/g;
const LIST = /^\s+[\w/]+(?:-[\w/]+)*(?:\s*,\s*[\w/]+(?:-[\w/]+)*)*/;

function rulesIn(list: string, offset: number): IgnoredRule[] {
  return Array.from(list.matchAll(NAME), ({ 0: name, index }) => ({
    id: name.replace(/^review\//, ""),
    span: { start: offset + index, end: offset + index + name.length },
  }));
}

function reasonIn(rest: string): string | null {
  const written = /^[\s,]*--+(.*)$/s.exec(rest.replace(/\*+\/$/, ""))?.[1] ?? "";
  const reason = written.replaceAll(/\s*[\n\r]\s*\**\s*/g, " ").trim();
  return /\w|\P{ASCII}/u.test(reason) ? reason : null;
}

function wholeFile(comment: Comment, source: CommentedText): Span {
  return comment.start < source.firstToken ? { start: 0, end: source.text.length + 1 } : { start: 0, end: 0 };
}
