/** What a repository may decide about the bot; everything has a default. */
import type { Severity } from "@review/findings";

export interface PullRequestSettings {
  /** Open inline comments at most, 0 to 30; what is more stands in the summary. */
  readonly maxInline: number;
  readonly minSeverity: Severity;
  /** From this severity up a new finding makes the check fail. */
  readonly failOn: Severity | "never";
  /** What becomes of a thread whose finding is gone. */
  readonly resolveFixed: "resolve" | "minimize" | "delete" | "off";
  readonly summary: "sticky" | "check-only" | "off";
  /** What the check says when there was no review. */
  readonly notReviewed: "neutral" | "failure";
  /** Whether drafts are reviewed. */
  readonly draft: boolean;
  readonly skipLabel: string;
}

export const DEFAULT_SETTINGS: PullRequestSettings = {
  maxInline: 10,
  minSeverity: "warning",
  failOn: "error",
  resolveFixed: "resolve",
  summary: "sticky",
  notReviewed: "neutral",
  draft: false,
  skipLabel: "review:skip",
};

/** GitHub answers with an error, or with a page that nobody can use, where a review has more comments. */
export const MOST_INLINE = 30;

/** Of these, comments that stand on a file and on no line of it. */
export const MOST_ON_FILES = 10;
