/** The check run: its title always says what was looked at, so that green never means "nobody looked". */
import { BUTTONS } from "../commands/parse.ts";
import type { ReviewFacts } from "../plan/facts.ts";
import { isAtLeast, type ReportedFinding } from "../plan/reported.ts";
import type { PullRequestSettings } from "../plan/settings.ts";
import { bySeverityInWords } from "./numbers.ts";
import { visible } from "./safe-text.ts";

export type Conclusion = "success" | "failure" | "neutral" | "cancelled";

/** A finding at its line, as GitHub shows it in the list of files. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** A button of the check. GitHub takes three, with labels and names of 20 characters and descriptions of 40. */
export interface Button {
  readonly label: string;
  readonly description: string;
  readonly identifier: (typeof BUTTONS)[number];
}

const LABELS: Readonly<Record<Button["identifier"], Omit<Button, "identifier">>> = {
  apply: { label: "Apply verified fixes", description: "Commits them to the branch" },
  "dismiss-all": { label: "Dismiss all", description: "Until the code in question changes" },
  review: { label: "Review again", description: "Reviews the newest commit" },
  pause: { label: "Pause reviews", description: "Of this pull request" },
  resume: { label: "Resume reviews", description: "Of this pull request" },
};
const MOST_BUTTONS = 3;

/** What people may do at the check: of the commands that need no id those that matter most there. */
export function buttonsFor(situation: {
  readonly isPaused?: boolean;
  readonly hasFindings?: boolean;
  readonly hasFixes?: boolean;
}): readonly Button[] {
  const { isPaused = false, hasFindings = false, hasFixes = false } = situation;
  const wanted = {
    apply: hasFixes,
    "dismiss-all": hasFindings,
    review: true,
    pause: !isPaused,
    resume: isPaused,
  };
  return BUTTONS.filter(name => wanted[name])
    .slice(0, MOST_BUTTONS)
    .map(identifier => ({ ...LABELS[identifier], identifier }));
}

/** "3 new (1 error, 2 warnings) · 42/42 files". */
export function checkTitle({ fresh, analysed, changed, incomplete, usage }: ReviewFacts): string {
  const files = `${analysed}/${changed} files`;
  if (changed === 0) return "Nothing to review: no TypeScript or JavaScript changes";
  const found = fresh.length === 0 ? "Nothing new" : `${fresh.length} new (${bySeverityInWords(fresh)})`;
  const title = incomplete.length > 0 ? `INCOMPLETE ${files} · ${found}` : `${found} · ${files}`;
  return usage === "" ? title : `${title} · ${usage}`;
}

/** The title of a check without a review. */
export function notReviewedTitle(reason: string): string {
  return `NOT REVIEWED – ${visible(reason)}`.slice(0, 255);
}

/** The title for a commit of a merge queue, which is what was reviewed and what else is merged with it. */
export const MERGE_GROUP: string = notReviewedTitle(
  "a merge queue's commit; its pull requests are reviewed one by one",
);

/** Failure from the severity asked for; an analysis with holes is no success. */
export function conclusionOf(facts: ReviewFacts, { failOn, notReviewed }: PullRequestSettings): Conclusion {
  if (failOn !== "never" && facts.fresh.some(({ severity }) => isAtLeast(severity, failOn))) return "failure";
  if (facts.incomplete.length > 0) return notReviewed;
  return "success";
}

const LEVELS = { error: "failure", warning: "warning", info: "notice" } as const;

/** Annotations are plain text; GitHub takes 64 KB. */
export function annotationOf(finding: ReportedFinding): Annotation {
  const { file, range, severity, ruleId, message, suggestion } = finding;
  const text = [message, suggestion.text].filter(part => part !== "").map(visible);
  return {
    path: file,
    start_line: range.start.line,
    end_line: range.start.line,
    annotation_level: LEVELS[severity],
    title: `${severity}: ${ruleId}`.slice(0, 255),
    message: text.join("\n").slice(0, 4_000),
  };
}
