/** Collects from a file's comments what hides findings in it. */
import { type Comment, type CommentedText, linesOf } from "./comment.ts";
import { type EslintDirective, parseEslintDirective } from "./parse-eslint-directive.ts";
import { type Ignore, parseIgnore } from "./parse-ignore.ts";

/** The suppressions of one file, in the order of their comments. */
export interface Suppressions {
  readonly file: string;
  readonly text: string;
  readonly ignores: readonly Ignore[];
  readonly eslint: readonly EslintDirective[];
}

/** The suppressions in a file's comments, which must be in order of position. */
export function parseSuppressions(source: CommentedText): Suppressions {
  const { file, text } = source;
  const directives = source.comments.filter(mayBeDirective);
  if (directives.length === 0) return { file, text, ignores: [], eslint: [] };
  const lines = linesOf(source);
  return {
    file,
    text,
    ignores: directives.flatMap(comment => parseIgnore(comment, source, lines) ?? []),
    eslint: directives.flatMap(comment => parseEslintDirective(comment, lines) ?? []),
  };
}

function mayBeDirective(comment: Comment): boolean {
  return /review-ignore|eslint-(?:disable|enable)/.test(comment.text);
}
