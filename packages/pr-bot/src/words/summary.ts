/** The sticky summary: one comment that is edited in place, and the text of the check run. */
import type { ReviewFacts } from "../plan/facts.ts";
import type { Wanted } from "../plan/reconcile.ts";
import { reference, title, type CommentWords } from "./comment.ts";
import { bySeverityInWords, count } from "./numbers.ts";
import { codeSpan, safeText } from "./safe-text.ts";

/** GitHub's bound for what a check says, which is one less than that for a comment. */
const LONGEST = 65_535;
const MOST_LISTED = 15;

/** The body without its mark. */
export function summaryBody(facts: ReviewFacts, words: CommentWords): string {
  return clipLines(
    [...headline(facts), ...unplaced(facts, words), ...mended(facts), ...scope(facts), COMMANDS].join("\n\n"),
    LONGEST,
  );
}

const COMMANDS =
  "`/review` runs again · `/review dismiss ID` is for what you will not mend · `/review help` tells the rest";

function headline({ fresh, plan }: ReviewFacts): readonly string[] {
  if (fresh.length === 0) return ["**review** finds nothing new in this pull request."];
  const inline = plan.create.length + plan.keep.length + plan.reopen.length;
  const where = inline === 0 ? "" : ` ${count(inline, "comment")} below the lines in question.`;
  return [`**review** finds ${count(fresh.length, "new problem")}: ${bySeverityInWords(fresh)}.${where}`];
}

function unplaced({ plan }: ReviewFacts, words: CommentWords): readonly string[] {
  const entries = plan.unplaced;
  if (entries.length === 0) return [];
  const lines = entries.slice(0, MOST_LISTED).map(entry => listed(entry, words));
  const more = entries.length - lines.length;
  if (more > 0) lines.push(`- and ${more} more in the check run`);
  return [`Without a comment of their own (${entries.length}):`, lines.join("\n")];
}

function listed({ finding }: Wanted, words: CommentWords): string {
  const place = reference(finding.file, finding.range.start.line, words);
  return `- ${title(finding, words)} ${place} ${codeSpan(words.idOf(finding.fingerprint))}`;
}

function mended({ plan }: ReviewFacts): readonly string[] {
  return plan.mended === 0 ? [] : [`Mended in this pull request: ${plan.mended}.`];
}

/** What was looked at and what was not: a reader has to know what silence means. */
function scope({
  analysed,
  changed,
  standing,
  incomplete,
  skipped,
  notes,
  plan,
  usage,
}: ReviewFacts): readonly string[] {
  const facts = [
    `${analysed}/${count(changed, "changed file")} analysed`,
    standing > 0 ? `${count(standing, "finding")} were there before and are not told` : "",
    plan.dismissed.length > 0 ? `${plan.dismissed.length} dismissed` : "",
    usage,
  ];
  return [
    `${facts.filter(fact => fact !== "").join(" · ")}.`,
    ...reasons("Not analysed", incomplete),
    ...reasons("Passed over", skipped),
    ...notes.map(note => safeText(note)),
  ];
}

function reasons(label: string, entries: ReviewFacts["skipped"]): readonly string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(0, 5).map(({ file, reason }) => `${codeSpan(file)} (${safeText(reason, 120)})`);
  const more = entries.length > shown.length ? ` and ${entries.length - shown.length} more` : "";
  return [`${label}: ${shown.join(", ")}${more}.`];
}

/** A summary and its mark as the body of one comment. What does not fit beside the mark is left out of the words. */
export function markedBody(said: string, mark: string): string {
  return `${clipLines(said, LONGEST - mark.length - 2)}\n\n${mark}`;
}

/** Cuts at the end of a line, and says so. */
function clipLines(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = text.lastIndexOf("\n", longest - 80);
  return `${text.slice(0, Math.max(0, end))}\n\n… the rest did not fit.`;
}
