/** What stands below a finding's frames: the help, notes, and fixes as diffs. */
import type { Finding, Fix, Suggestion, SuggestionStatus } from "@review/findings";
import type { Lines } from "../places.ts";
import { cellsOf, printable } from "./cells.ts";
import { drawHunk } from "./diff.ts";
import { GUTTER, type FrameSize } from "./frame.ts";
import { hunksOf, type Hunk } from "./hunks.ts";
import type { Piece, Row, Tone } from "./row.ts";
import { wrap, wrapProse } from "./wrap.ts";

/** A titled text that hangs on the frame, with rows below it. */
export interface Section {
  readonly title: string;
  readonly tone: Tone;
  readonly lines: (width: number) => readonly string[];
  readonly hunks: readonly Hunk[];
}

/** The sections of a finding, in the order of reading. */
export function sectionsOf(finding: Finding, linesOf: (file: string) => Lines): Section[] {
  const drawn = [finding.fixes.find(fix => fix.origin === "rule"), finding.fixes.find(fix => fix.origin === "model")];
  const shown = drawn.filter(fix => fix !== undefined);
  const others = finding.fixes.filter(fix => !shown.includes(fix));
  return [
    ...helpOf(finding.suggestion),
    ...noteOf(finding.suggestion),
    ...shown.map(fix => fixSection("fix", fix, hunksOf(fix.edits, linesOf))),
    ...others.map(fix => fixSection("or", fix, [])),
    ...proofOf(finding.suggestion),
  ];
}

/** Draws sections as branches of the frame's left edge; the last one closes it. */
export function drawSections(sections: readonly Section[], file: string, size: FrameSize): Row[] {
  return sections.flatMap((section, index) => {
    const isLast = index === sections.length - 1;
    return [...drawText(section, isLast, size), ...drawHunks(section.hunks, file, size)];
  });
}

function helpOf({ text, origin, status, model }: Suggestion): Section[] {
  if (text.trim() === "") return [];
  const source = origin === "model" ? ` from ${printable(model ?? "the model")} (${status})` : "";
  return [{ title: `help${source}: `, tone: "evidence", lines: width => wrapProse(text, width), hunks: [] }];
}

/** Why the model has nothing to say; null where it was not asked, or did answer. */
const SILENCE: Readonly<Record<SuggestionStatus, string | null>> = {
  verified: null,
  advice: null,
  unverified: null,
  off: null,
  // Said once for the whole run, by whoever asked.
  no_key: null,
  budget: "the budget is used up",
  skipped_secret: "the code holds what looks like a secret, so it was not sent",
  refused: "it refused to answer",
  truncated: "its answer was cut off",
  bad_output: "its answer was not of the agreed form",
  too_large: "the code is too large to send",
  rate_limited: "the server limits the rate of requests",
  quota_exhausted: "the account's quota is exhausted",
  auth_failed: "the server did not accept the key",
  model_not_found: "the server does not know the model",
  server_error: "the server failed",
  timeout: "it took too long to answer",
  network: "the server could not be reached",
  offline: "there is no network",
  bad_gateway: "a proxy answered instead of the server",
  cancelled: "the run was cancelled",
};

function noteOf({ status, reason }: Suggestion): Section[] {
  const silence = SILENCE[status];
  if (silence === null) return [];
  const details = reason === null ? "" : ` (${reason})`;
  const text = `no suggestion from the model: ${silence}${details}`;
  return [{ title: "note: ", tone: "dim", lines: width => wrap(text, width), hunks: [] }];
}

/** A test may be long; its beginning shows what it is about, and other formats have all of it. */
const MOST_TEST_LINES = 30;

function proofOf({ proof }: Suggestion): Section[] {
  if (!proof) return [];
  const test = proof.test.trimEnd().split("\n");
  const more = test.length > MOST_TEST_LINES ? ["…"] : [];
  const shown = [...test.slice(0, MOST_TEST_LINES), ...more].map(line => `  ${shownLine(line)}`);
  const text = `a test fails without the fix and passes with it (${printable(proof.runner)}, ${printable(proof.file)})`;
  const lines = (width: number): readonly string[] => [
    ...wrap(text, width),
    ...shown.map(line => (line.length > width ? `${line.slice(0, width - 1)}…` : line)),
  ];
  return [{ title: "reproduced: ", tone: "evidence", lines, hunks: [] }];
}

/** With its indentation. */
function shownLine(line: string): string {
  return cellsOf(line)
    .map(cell => cell.text)
    .join("");
}

function fixSection(title: string, fix: Fix, hunks: readonly Hunk[]): Section {
  const isVerified = fix.verified.types === true && fix.verified.rules === true;
  const facts = [fix.origin === "model" ? "model" : "", fix.safety, isVerified ? "verified" : ""];
  const text = `${fix.title} (${facts.filter(fact => fact !== "").join(", ")})`;
  return { title: `${title}: `, tone: "added", lines: width => wrap(text, width), hunks };
}

function drawText({ title, tone, lines }: Section, isLast: boolean, { width, digits }: FrameSize): Row[] {
  const margin = " ".repeat(digits + 1);
  // A long title, as one with a model's name, must not squeeze its text into a narrow column.
  const indent = title.length > INDENT_MOST ? INDENT : title.length;
  const left = digits + 1 + GUTTER + indent;
  const texts = title.length > INDENT_MOST ? ["", ...lines(width - left)] : lines(width - left);
  return texts.map((text, index): Row => {
    const edge = index > 0 ? (isLast ? "   " : "│  ") : isLast ? "╰─ " : "├─ ";
    const head: Piece =
      index > 0 ? { text: " ".repeat(indent), tone: "plain" } : { text: title, tone, bold: tone !== "dim" };
    return [{ text: margin + edge, tone: "dim" }, head, { text, tone: tone === "dim" ? "dim" : "plain" }];
  });
}

const INDENT = 2;
const INDENT_MOST = 12;

function drawHunks(hunks: readonly Hunk[], file: string, size: FrameSize): Row[] {
  let current = file;
  let previous: Hunk | undefined;
  return hunks.flatMap(hunk => {
    const rows: Row[] = [];
    const margin = " ".repeat(size.digits + 1);
    if (hunk.file !== current)
      rows.push([{ text: `${margin}├─ ${printable(hunk.file)}:${hunk.oldNumber}`, tone: "plain" }]);
    else if (previous) rows.push([{ text: `${margin}⋮`, tone: "dim" }]);
    current = hunk.file;
    previous = hunk;
    return [...rows, ...drawHunk(hunk, size)];
  });
}
