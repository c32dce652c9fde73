/** One finding as people read it: what is wrong, the code that proves it, how to repair it. */
import { positionAt, type Evidence, type Finding } from "@review/findings";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Places } from "../places.ts";
import { printable } from "./cells.ts";
import { drawFrame, lastNumberOf, type FrameSize } from "./frame.ts";
import type { Mark } from "./marks.ts";
import type { Row } from "./row.ts";
import { drawSections, sectionsOf, type Section } from "./sections.ts";
import { wrap } from "./wrap.ts";

/** What the drawing of a finding needs besides the finding. */
export interface FindingContext {
  readonly places: Places;
  readonly cwd: string;
  /** Columns; 40 at least. */
  readonly width: number;
  /** The short id of the finding within its report. */
  readonly id: string;
  /** The page of its rule. */
  readonly url: string | undefined;
}

/** Draws a finding without the blank line behind it. */
export function drawFinding(finding: Finding, context: FindingContext): Row[] {
  const frames = framesOf(finding);
  const sections = sectionsOf(finding, file => context.places.linesOf(file));
  const size = { width: context.width, digits: digitsOf(frames, sections, context.places) };
  return [
    ...drawTitle(finding, context),
    ...frames.flatMap((frame, index) => [
      drawPlace(frame, index === 0, size, context),
      ...drawFrame(frame.marks, context.places.linesOf(frame.file), size),
    ]),
    ...drawSections(sections, finding.file, size),
  ];
}

interface FrameOfFile {
  readonly file: string;
  readonly marks: Mark[];
}

/** One frame a file, the finding's own first, the others in the order in which the evidence comes to them. */
function framesOf(finding: Finding): FrameOfFile[] {
  const isSame = (fact: Evidence): boolean =>
    fact.file === finding.file && fact.span.start === finding.span.start && fact.span.end === finding.span.end;
  const labels = finding.evidence.filter(isSame).map(fact => fact.message);
  const own: Mark = { span: finding.span, labels, tone: finding.severity, isPrimary: true };
  const frames = new Map<string, Mark[]>([[finding.file, [own]]]);
  for (const fact of finding.evidence.filter(fact => !isSame(fact))) {
    const marks = frames.get(fact.file) ?? [];
    frames.set(fact.file, marks);
    addEvidence(marks, fact);
  }
  return Array.from(frames, ([file, marks]) => ({ file, marks }));
}

function addEvidence(marks: Mark[], { span, message }: Evidence): void {
  const same = marks.findIndex(mark => mark.span.start === span.start && mark.span.end === span.end);
  const known = marks[same];
  if (known) marks[same] = { ...known, labels: [...known.labels, message] };
  else marks.push({ span, labels: [message], tone: "evidence", isPrimary: false });
}

const LEAST_DIGITS = 3;

function digitsOf(frames: readonly FrameOfFile[], sections: readonly Section[], places: Places): number {
  const numbers = frames.map(({ file, marks }) => lastNumberOf(marks, places.linesOf(file)));
  const ends = sections
    .flatMap(section => section.hunks)
    .map(hunk => Math.max(hunk.oldNumber + hunk.removed.length, hunk.newNumber + hunk.added.length));
  return Math.max(LEAST_DIGITS, ...[...numbers, ...ends].map(number => String(number).length));
}

const INDENT = 2;

function drawTitle({ severity, ruleId, message }: Finding, { url, width }: FindingContext): Row[] {
  const head = `${severity}[${ruleId}]: `;
  // The first line of the message begins behind the head; blanks stand in for it while the lines are broken.
  const [first = "", ...rest] = wrap("x".repeat(head.length - 1) + " " + printable(message), width - INDENT);
  return [
    [
      { text: severity, tone: severity, bold: true },
      { text: "[", tone: severity, bold: true },
      { text: ruleId, tone: severity, bold: true, ...(url === undefined ? {} : { link: url }) },
      { text: "]:", tone: severity, bold: true },
      { text: first.slice(head.length - 1), tone: "plain", bold: true },
    ],
    ...rest.map((text): Row => [{ text: " ".repeat(INDENT) + text, tone: "plain", bold: true }]),
  ];
}

function drawPlace({ file, marks }: FrameOfFile, isFirst: boolean, size: FrameSize, context: FindingContext): Row {
  const [mark] = marks;
  const { line, column } = positionAt(context.places.linesOf(file).starts, mark?.span.start ?? 0);
  const link = `${pathToFileURL(resolve(context.cwd, file)).href}#L${line}`;
  const corner = `${" ".repeat(size.digits + 1)}${isFirst ? "╭" : "├"}─ `;
  return [
    { text: corner, tone: "dim" },
    { text: `${printable(file)}:${line}:${column}`, tone: "plain", link },
    ...(isFirst ? [{ text: `  ${context.id}`, tone: "dim" } as const] : []),
  ];
}
