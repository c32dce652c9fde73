/** Markdown as a page in a terminal: the little of it that the pages of rules use. */
import { paintInline, visibleWidth, wrapInline } from "./markdown-inline.ts";

/** How to draw a page. */
export interface PageLook {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

/** Draws headings bold, code indented, tables in columns, and the rest wrapped. */
export function drawMarkdown(page: string, look: PageLook): string {
  const blocks = blocksOf(page.split(/\r?\n/));
  return `${blocks.map(block => draw(block, look).join("\n")).join("\n\n")}\n`;
}

type Block =
  | { readonly kind: "heading" | "paragraph"; readonly text: string }
  | { readonly kind: "code"; readonly lines: readonly string[] }
  | { readonly kind: "list"; readonly items: readonly { readonly marker: string; readonly text: string }[] }
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] };

function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const [block, next] = blockAt(lines, at);
    if (block) blocks.push(block);
    at = next;
  }
  return blocks;
}

const ITEM = /^(?:[-*]|\d+\.) +/;

function blockAt(lines: readonly string[], at: number): readonly [Block | undefined, number] {
  const line = lines[at] ?? "";
  if (line.trim() === "") return [undefined, at + 1];
  if (line.startsWith("```")) {
    const end = endOf(lines, at + 1, text => text.startsWith("```"));
    return [{ kind: "code", lines: lines.slice(at + 1, end) }, end + 1];
  }
  if (/^#+ /.test(line)) return [{ kind: "heading", text: line.replace(/^#+ +/, "") }, at + 1];
  const end = endOf(lines, at, text => text.trim() === "" || text.startsWith("```"));
  const own = lines.slice(at, end);
  if (line.startsWith("|")) return [{ kind: "table", rows: rowsOf(own) }, end];
  if (ITEM.test(line)) return [{ kind: "list", items: itemsOf(own) }, end];
  return [{ kind: "paragraph", text: own.map(text => text.trim()).join(" ") }, end];
}

function endOf(lines: readonly string[], from: number, isEnd: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index >= from && isEnd(line));
  return end < 0 ? lines.length : end;
}

/** The cells of each row; the row of dashes below the head is left out. */
function rowsOf(lines: readonly string[]): readonly (readonly string[])[] {
  return lines
    .filter(line => !/^\|[\s:|-]+$/.test(line))
    .map(line =>
      line
        .trim()
        .replace(/^\||\|$/g, "")
        .split(/(?<!\\)\|/)
        .map(cell => cell.trim()),
    );
}

function itemsOf(lines: readonly string[]): readonly { readonly marker: string; readonly text: string }[] {
  const items: { marker: string; text: string }[] = [];
  for (const line of lines) {
    const marker = ITEM.exec(line)?.[0];
    const last = items.at(-1);
    if (marker !== undefined)
      items.push({ marker: marker.replace(/^[-*]/, "•"), text: line.slice(marker.length).trim() });
    else if (last) last.text += ` ${line.trim()}`;
  }
  return items;
}

function draw(block: Block, look: PageLook): readonly string[] {
  const { colour, width } = look;
  switch (block.kind) {
    case "heading":
      return [colour ? `\u001B[1m${paintInline(block.text, false)}\u001B[22m` : paintInline(block.text, false)];
    case "code":
      return block.lines.map(line => (line === "" ? "" : `    ${line}`));
    case "paragraph":
      return wrapInline(block.text, width, colour).map(line => paintInline(line, colour));
    case "list":
      return block.items.flatMap(({ marker, text }) =>
        wrapInline(text, width - marker.length, colour).map(
          (line, index) => (index === 0 ? marker : " ".repeat(marker.length)) + paintInline(line, colour),
        ),
      );
    case "table":
      return drawTable(block.rows, colour);
  }
}

function drawTable(rows: readonly (readonly string[])[], colour: boolean): readonly string[] {
  const widthOf = (cell: string): number => visibleWidth(cell, colour);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => widthOf(row[column] ?? ""))));
  return rows.map(row =>
    row
      .map((cell, column) => paintInline(cell, colour) + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))))
      .join("  ")
      .trimEnd(),
  );
}
