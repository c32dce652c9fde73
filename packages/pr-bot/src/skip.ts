/** When a pull request is left alone: for a reason that the check tells, or because it is reviewed already. */
import type { PullFacts } from "./github/target.ts";
import type { PullRequestSettings } from "./plan/settings.ts";

type SkipSettings = Pick<PullRequestSettings, "draft" | "skipLabel">;

/** What a review was about. Another one would say the same while none of it has changed. */
export interface ReviewedState extends SkipSettings {
  /** Commits. */
  readonly head: string;
  readonly base: string;
}

/** Whether a pull request is as it was reviewed. The settings are those of the base, so they have not changed either. */
export function isAsReviewed(pull: PullFacts, state: ReviewedState): boolean {
  return pull.head === state.head && pull.base === state.base && skipReason(pull, state, false) === undefined;
}

/** The reason; undefined for one that is reviewed. */
export function skipReason(pull: PullFacts, settings: SkipSettings, isPaused: boolean): string | undefined {
  if (isPaused) return "paused (comment /review resume)";
  if (pull.isDraft && !settings.draft) return "draft";
  if (pull.labels.includes(settings.skipLabel)) return `label ${settings.skipLabel}`;
  if (/\[skip review\]/i.test(`${pull.title}\n${pull.body}`)) return "[skip review]";
  return undefined;
}
