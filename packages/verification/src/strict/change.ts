/** A change to one file as the strict checks see it: the trees before and after, and where they differ. */
import { nodesOf } from "@review/analysis";
import type { Span, TextEdit } from "@review/findings";
import type { OpenProject } from "@review/program";
import type { Node, SourceFile } from "@review/program/syntax";

/** One file before or after a change. */
export interface Side {
  readonly project: OpenProject;
  readonly sourceFile: SourceFile;
  /** Where this side differs from the other one: the replaced stretches, or those that stand for them. */
  readonly spans: readonly Span[];
}

export interface ChangedFile {
  /** As findings name it. */
  readonly file: string;
  readonly path: string;
  readonly before: Side;
  readonly after: Side;
}

/** The file on both sides; undefined where no project holds it on both. */
export function changedFile(
  path: string,
  edits: readonly TextEdit[],
  before: readonly OpenProject[],
  after: readonly OpenProject[],
): ChangedFile | undefined {
  const [first] = edits;
  const old = sideOf(path, before);
  const now = sideOf(path, after);
  if (!first || !old || !now) return undefined;
  const { text } = old.sourceFile;
  const sorted = edits.map(edit => narrowed(edit, text)).toSorted((a, b) => a.span.start - b.span.start);
  return {
    file: first.file,
    path,
    before: { ...old, spans: sorted.map(edit => edit.span) },
    after: { ...now, spans: writtenBy(sorted) },
  };
}

function sideOf(path: string, projects: readonly OpenProject[]): Omit<Side, "spans"> | undefined {
  for (const project of projects) {
    const sourceFile = project.plan.files.includes(path) ? project.program.getSourceFile(path) : undefined;
    if (sourceFile) return { project, sourceFile };
  }
  return undefined;
}

/** The edit without what it quotes only to be found: the same text at its beginning and its end. */
function narrowed(edit: TextEdit, text: string): TextEdit {
  const old = text.slice(edit.span.start, edit.span.end);
  const most = Math.min(old.length, edit.text.length);
  let head = 0;
  while (head < most && old[head] === edit.text[head]) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === edit.text.at(-1 - tail)) tail++;
  const span = { start: edit.span.start + head, end: edit.span.end - tail };
  return { ...edit, span, text: edit.text.slice(head, edit.text.length - tail) };
}

function writtenBy(sorted: readonly TextEdit[]): readonly Span[] {
  let shift = 0;
  return sorted.map(({ span, text }) => {
    const start = span.start + shift;
    shift += text.length - (span.end - span.start);
    return { start, end: start + text.length };
  });
}

/** The nodes of a side that lie in what differs, or touch it. */
export function changedNodes({ sourceFile, spans }: Side): readonly Node[] {
  return [...nodesOf(sourceFile)].filter(node => overlaps(placeOf(node, sourceFile), spans));
}

/** Where a node's own text stands, without what comes before it. */
export function placeOf(node: Node, sourceFile: SourceFile): Span {
  return { start: node.getStart(sourceFile), end: node.end };
}

/** Whether a place has a character in common with one of the spans. */
export function overlaps({ start, end }: Span, spans: readonly Span[]): boolean {
  return spans.some(span => start < span.end && span.start < end);
}
