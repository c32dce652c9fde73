/** `review explain RULE`: the rule's page. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { selectRules } from "@review/review";

/** The page of a rule as Markdown. Throws a `RequestError` with the nearest name for an unknown rule. */
export function explain(id: string): string {
  selectRules({ only: [id] });
  const folder = dirname(createRequire(import.meta.url).resolve("@review/rules/package.json"));
  return readFileSync(join(folder, "src", id, "README.md"), "utf8").replace(/<!--[\s\S]*?-->\n*/g, "");
}
