/** The comments that steer a review, found with the compiler's scanner so that text in strings never counts. */
import { forEachLeadingCommentRange, forEachTrailingCommentRange, type SourceFile } from "@review/program/syntax";
import { nodesOf } from "./walk.ts";

/** A comment with its delimiters; offsets in its file. */
export interface SteeringComment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const STEERING = /\b(?:review-ignore|eslint-(?:disable|enable))/;

/** Every comment of the file that may be a suppression, in the order of the text. */
export function steeringComments(sourceFile: SourceFile): readonly SteeringComment[] {
  const { text } = sourceFile;
  if (!STEERING.test(text)) return [];
  const found = new Map<number, SteeringComment>();
  const keep = (start: number, end: number): void => {
    const comment = text.slice(start, end);
    if (STEERING.test(comment)) found.set(start, { start, end, text: comment });
  };
  for (const node of nodesOf(sourceFile)) {
    forEachLeadingCommentRange(text, node.pos, keep);
    forEachTrailingCommentRange(text, node.end, keep);
  }
  return [...found.values()].sort((left, right) => left.start - right.start);
}
