/** Plain text tables: columns as wide as their widest cell, numbers to the right. */

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** A table with a header and a rule below it; lines have no blanks at their end. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...rows.map(row => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? "", widths[index] ?? 0, align))
      .join("  ")
      .trimEnd();
  const header = line(columns.map(({ title }) => title));
  const rule = widths.map(width => "-".repeat(width)).join("  ");
  return [header, rule, ...rows.map(line)].join("\n");
}

/** A number with so many decimals, and a dash for none. */
export function formatNumber(value: number | undefined, decimals: number): string {
  if (value === undefined) return "–";
  const [whole = "", fraction] = value.toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, " ");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function pad(cell: string, width: number, align: Column["align"]): string {
  return align === "left" ? cell.padEnd(width) : cell.padStart(width);
}
