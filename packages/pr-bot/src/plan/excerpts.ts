/** What comments quote of the head: the code that a fact is about, and what a fix changes where no block can be committed. */
import { lineStarts } from "@review/findings";
import { isCountable, linesAfter } from "./committable.ts";
import { lastLine, type Place, type ReportedFix } from "./reported.ts";

export interface Excerpts {
  /** A place's code in one line; undefined where it is longer, or not known. */
  readonly codeAt: (place: Place) => string | undefined;
  /** The lines of a patch; undefined where it is longer than a reader of comments wants. */
  readonly patchOf: (fix: ReportedFix) => readonly string[] | undefined;
}

const LONGEST_CODE = 60;
const LONGEST_PATCH = 20;

/** Excerpts of the texts of a head, by path. */
export function excerptsOf(texts: ReadonlyMap<string, string>): Excerpts {
  return {
    codeAt: ({ file, range: { start, end } }) => {
      const text = texts.get(file);
      if (text === undefined || start.line !== end.line || end.column - start.column > LONGEST_CODE) return undefined;
      const line = lineStarts(text)[start.line - 1] ?? text.length;
      return text.slice(line + start.column - 1, line + end.column - 1).trim() || undefined;
    },
    patchOf: ({ edits }) => {
      const parts = regionsOf(edits).map(region => partOf(region, texts.get(region[0].file)));
      const lines = parts.every(part => part !== undefined) ? parts.flat() : [];
      return lines.length > 0 && lines.length <= LONGEST_PATCH ? lines : undefined;
    },
  };
}

type Edit = ReportedFix["edits"][number];
type Region = readonly [Edit, ...Edit[]];

/** Edits that touch the same lines stand together. */
function regionsOf(edits: readonly Edit[]): readonly Region[] {
  const ordered = edits.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : before(a, b)));
  return ordered.reduce<readonly Region[]>((regions, edit) => {
    const last = regions.at(-1);
    if (last?.[0].file !== edit.file || edit.range.start.line > endOf(last)) return [...regions, [edit]];
    return [...regions.slice(0, -1), [...last, edit]];
  }, []);
}

function before({ range: { start: a } }: Edit, { range: { start: b } }: Edit): number {
  return a.line - b.line || a.column - b.column;
}

function endOf(region: Region): number {
  return Math.max(...region.map(({ range }) => lastLine(range)));
}

/** As a patch shows it, without the lines at both ends that stay. */
function partOf(region: Region, text: string | undefined): readonly string[] | undefined {
  if (text === undefined || !isCountable(text)) return undefined;
  const [{ file, range }] = region;
  const start = range.start.line;
  const now = linesAfter(region, text, start, endOf(region));
  if (!now) return undefined;
  const old = text.split(/\r?\n/).slice(start - 1, endOf(region));
  const most = Math.min(old.length, now.length);
  const head = sameFrom(index => old[index] === now[index], most);
  const tail = sameFrom(index => old.at(-1 - index) === now.at(-1 - index), most - head);
  return [
    `@@ ${file}:${start + head} @@`,
    ...old.slice(head, old.length - tail).map(line => `-${line}`),
    ...now.slice(head, now.length - tail).map(line => `+${line}`),
  ];
}

function sameFrom(isSame: (index: number) => boolean, most: number): number {
  let count = 0;
  while (count < most && isSame(count)) count++;
  return count;
}
