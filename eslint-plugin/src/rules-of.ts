/** Rules by their ids. */
import type { Rule } from "@review/analysis";
import { rules } from "@review/rules";

/** The rules of the core that these ids name; the two about suppressions are none of them. */
export function rulesOf(ids: readonly string[]): readonly Rule[] {
  const wanted = new Set(ids);
  return rules.filter(rule => wanted.has(rule.id));
}
