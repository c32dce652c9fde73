/** A planned comment as GitHub's API of reviews takes it. */
import type { PlannedComment } from "../plan/plan.ts";

export interface ReviewCommentFields {
  readonly path: string;
  readonly body: string;
  readonly line: number;
  readonly side: "RIGHT";
  readonly start_line?: number;
  readonly start_side?: "RIGHT";
}

/** Throws for a comment that does not stand on a line. */
export function reviewComment({ placement, body }: PlannedComment): ReviewCommentFields {
  if (placement.kind !== "line") throw new Error("Only comments on lines go into a review");
  const { path, line, startLine } = placement;
  const start = startLine === undefined ? {} : { start_line: startLine, start_side: "RIGHT" as const };
  return { path, body, line, side: "RIGHT", ...start };
}
