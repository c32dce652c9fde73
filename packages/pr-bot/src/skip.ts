/** When a pull request is left alone; the check says why. */
import type { PullFacts } from "./github/target.ts";
import type { PullRequestSettings } from "./plan/settings.ts";

/** The reason; undefined for one that is reviewed. */
export function skipReason(pull: PullFacts, settings: PullRequestSettings, isPaused: boolean): string | undefined {
  if (isPaused) return "paused (comment /review resume)";
  if (pull.isDraft && !settings.draft) return "draft";
  if (pull.labels.includes(settings.skipLabel)) return `label ${settings.skipLabel}`;
  if (/\[skip review\]/i.test(`${pull.title}\n${pull.body}`)) return "[skip review]";
  return undefined;
}
