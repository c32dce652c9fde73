/** Drafts and comments for the tests, with only what a test cares about to spell out. */
import type { Comment, CommentedText, DraftFinding } from "@review/findings";

export function draft(part: Partial<DraftFinding> = {}): DraftFinding {
  return {
    file: "src/a.ts",
    span: { start: 0, end: 1 },
    ruleId: "floating-promise",
    severity: "error",
    category: "promises",
    message: "Nothing waits for this promise.",
    evidence: [],
    fixes: [],
    repair: "Write `await` in front.",
    anchor: { scope: "main", code: "save ( )" },
    ...part,
  };
}

/** Reads comments without regard to strings: the samples have no comment signs in theirs. */
export function commented(text: string, file = "src/a.ts"): CommentedText {
  const comments: Comment[] = Array.from(text.matchAll(/\/\/[^\n\r]*|\/\*.*?\*\//gs), match => {
    const { 0: comment, index } = match;
    return { start: index, end: index + comment.length, text: comment };
  });
  const blanked = comments.reduce((rest, { start, end }) => blank(rest, start, end), text);
  return { file, text, comments, firstToken: blanked.trimEnd().length - blanked.trim().length };
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}
