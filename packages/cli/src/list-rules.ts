/** `review rules`: the catalogue. */
import { catalogue } from "@review/review";
import { UsageError } from "./errors.ts";

/** The catalogue as a table for a terminal of `width` columns, or as JSON. */
export function listRules(format: string, width: number): string {
  const rules = catalogue();
  if (format === "json") return `${JSON.stringify(rules, null, 2)}\n`;
  if (format !== "pretty") throw new UsageError(`There is no format "${format}" for rules: use pretty or json.`);
  const longest = Math.max(...rules.map(rule => rule.id.length));
  const lines = rules.map(({ id, severity, preset, summary }) => {
    const line = `${id.padEnd(longest)}  ${severity.padEnd(7)}  ${preset.padEnd(11)}  ${summary}`;
    return line.length > width ? `${line.slice(0, Math.max(20, width - 1))}…` : line;
  });
  return `${lines.join("\n")}\n`;
}
