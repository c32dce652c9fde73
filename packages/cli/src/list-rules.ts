/** `review rules`: the catalogue. */
import { catalogue, type RuleDescriptor } from "@review/review";
import { UsageError } from "./errors.ts";

/** How to draw the table. */
export interface Look {
  readonly colour: boolean;
  /** Columns of the terminal; undefined: as wide as the longest line. */
  readonly width: number | undefined;
}

/** The catalogue as a table with a line a rule, or as JSON. */
export function listRules(format: string, look: Look): string {
  const rules = catalogue();
  if (format === "json") return `${JSON.stringify(rules, null, 2)}\n`;
  if (format !== "pretty") throw new UsageError(`There is no format "${format}" for rules: use pretty or json.`);
  return rules.map(rule => `${row(rule, widest(rules), look)}\n`).join("");
}

const COLUMNS = ["id", "severity", "category", "preset"] as const;
type Widths = Readonly<Record<(typeof COLUMNS)[number], number>>;

function widest(rules: readonly RuleDescriptor[]): Widths {
  const width = (column: (typeof COLUMNS)[number]): number => Math.max(...rules.map(rule => rule[column].length));
  return { id: width("id"), severity: width("severity"), category: width("category"), preset: width("preset") };
}

function row(rule: RuleDescriptor, widths: Widths, { colour, width = Infinity }: Look): string {
  const cells = COLUMNS.map(column => rule[column].padEnd(widths[column]));
  const left = width - cells.join("  ").length - 2;
  // A terminal that leaves no room for a sentence wraps it better than a cut would.
  const summary =
    left < LEAST_SUMMARY || rule.summary.length <= left ? rule.summary : `${rule.summary.slice(0, left - 1)}…`;
  const [id = "", ...others] = cells;
  return [colour ? `\u001B[1m${id}\u001B[22m` : id, ...others, summary].join("  ");
}

const LEAST_SUMMARY = 16;
