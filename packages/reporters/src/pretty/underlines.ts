/**
 * The rows under one line of code: spans underlined, labels beside them or hanging from them.
 *
 * Spans that overlap stand on tiers of their own, each with its labels, so that every label hangs right below its own underline.
 */
import { createCanvas, type Canvas } from "./canvas.ts";
import { widthOf } from "./cells.ts";
import type { Piece, Tone } from "./row.ts";
import { wrap } from "./wrap.ts";

/** A span within one line, in columns from 0; `end` is exclusive and behind `start`. */
export interface Underline {
  readonly start: number;
  readonly end: number;
  readonly labels: readonly string[];
  readonly tone: Tone;
  /** The finding's own span, told from evidence also without colours. */
  readonly isPrimary: boolean;
}

/** Columns below which a label is hard to read and rather goes elsewhere. */
export const READABLE = 24;

/** Draws the rows under a line; none is wider than `room` columns, of which there must be at least 22. */
export function drawUnderlines(underlines: readonly Underline[], room: number): Piece[][] {
  return tiersOf(underlines, room).flatMap(tier => {
    const [first] = tier;
    const rows = first && hangsLeft(first, room) ? drawLeft(first) : drawRight(tier, room);
    return rows.map(row => row.pieces());
  });
}

/** The finding's own span comes first, then short spans before the long ones that hold them. */
function tiersOf(underlines: readonly Underline[], room: number): Underline[][] {
  const rank = (a: Underline, b: Underline): number =>
    Number(b.isPrimary) - Number(a.isPrimary) || a.end - a.start - (b.end - b.start) || a.start - b.start;
  const tiers: Underline[][] = [];
  for (const underline of underlines.toSorted(rank)) {
    const fits = (tier: readonly Underline[]): boolean =>
      ![underline, ...tier].some(other => hangsLeft(other, room)) && tier.every(other => areApart(underline, other));
    const tier = tiers.find(fits);
    if (tier) tier.push(underline);
    else tiers.push([underline]);
  }
  return tiers.map(tier => tier.sort((a, b) => a.start - b.start));
}

function areApart(a: Underline, b: Underline): boolean {
  const gap = a.isPrimary === b.isPrimary ? 1 : 0;
  return a.end + gap <= b.start || b.end + gap <= a.start;
}

/** Whether the labels are too long for the columns right of the span's start, and there are more to the left. */
function hangsLeft({ start, labels }: Underline, room: number): boolean {
  const right = room - start - CONNECTOR;
  return right < READABLE && start > room / 2 && labels.some(label => widthOf(label) > right);
}

/** The columns of `╰─ `. */
const CONNECTOR = 3;

function drawRight(tier: readonly Underline[], room: number): Canvas[] {
  const row = createCanvas();
  const last = tier.at(-1);
  const beside = last && fitsBeside(last, room) ? last : undefined;
  const hanging = tier.filter(underline => underline !== beside && underline.labels.length > 0);
  for (const underline of tier) drawUnderline(row, underline, hanging.includes(underline));
  if (beside) row.put(beside.end + 1, beside.labels[0] ?? "", beside.tone);
  const rows = [row];
  for (let next = hanging.pop(); next; next = hanging.pop()) rows.push(...hangRight(next, hanging, room));
  return rows;
}

function fitsBeside({ end, labels }: Underline, room: number): boolean {
  return labels.length === 1 && end + 1 + widthOf(labels[0] ?? "") <= room;
}

function drawUnderline(row: Canvas, { start, end, tone, isPrimary }: Underline, hasHanging: boolean): void {
  row.put(start, (isPrimary ? "^" : "─").repeat(end - start), tone, isPrimary);
  if (hasHanging && !isPrimary) row.put(start, "┬", tone);
}

function hangRight({ start, labels, tone }: Underline, others: readonly Underline[], room: number): Canvas[] {
  return labels.flatMap((label, index) => {
    const isLast = index === labels.length - 1;
    return wrap(label, room - start - CONNECTOR).map((text, line) => {
      const row = createCanvas();
      for (const other of others) row.put(other.start, "│", other.tone);
      if (line === 0) row.put(start, isLast ? "╰─" : "├─", tone);
      else if (!isLast) row.put(start, "│", tone);
      row.put(start + CONNECTOR, text, tone);
      return row;
    });
  });
}

function drawLeft(underline: Underline): Canvas[] {
  const { start, labels, tone } = underline;
  const first = createCanvas();
  drawUnderline(first, underline, true);
  const blocks = labels.map(label => wrap(label, start - CONNECTOR));
  const column = start - CONNECTOR + 1 - Math.max(...blocks.flat().map(widthOf));
  const rows = blocks.flatMap((block, index) => {
    const isLast = index === blocks.length - 1;
    return block.map((text, line) => {
      const row = createCanvas();
      if (line === 0) row.line(column, start, tone);
      if (line === 0) row.put(start, isLast ? "╯" : "┤", tone);
      else if (!isLast) row.put(start, "│", tone);
      row.put(column, line === 0 ? `${text} ` : text, tone);
      return row;
    });
  });
  return [first, ...rows];
}
