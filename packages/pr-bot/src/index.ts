/** The parts of the bot that need no forge: the lines of a change, what to say about it, and in which words. */
export { changedFiles, type ChangedFile, type ChangedFiles } from "./change/changed-files.ts";
export { parsePatch, type Hunk } from "./change/hunks.ts";
export { diffFiles, mergeBase } from "./git/diff.ts";
export { createMirrors, type Mirrors } from "./git/mirror.ts";
export { introduced, type Introduced } from "./plan/introduced.ts";
export { createMarker, type CommentMark, type Marker, type StickyMark } from "./plan/marker.ts";
export { plan, type Plan, type PlanInput, type PlannedComment, type PlannedThread } from "./plan/plan.ts";
export type { Placement } from "./plan/place.ts";
export { reconcile, type StandingThread } from "./plan/reconcile.ts";
export { reportedFindings, type ReportedFinding } from "./plan/reported.ts";
export { DEFAULT_SETTINGS, type PullRequestSettings } from "./plan/settings.ts";
export { reviewComment, type ReviewCommentFields } from "./publish/review-comment.ts";
export { commentBody, type CommentWords } from "./words/comment.ts";
export { codeBlock, codeSpan, safeText } from "./words/safe-text.ts";
