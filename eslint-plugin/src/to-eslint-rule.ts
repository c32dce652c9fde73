/** One rule of ours as a rule of ESLint: the template, with what the rule says of itself. */
import type { Rule } from "eslint";
import type { RuleCard } from "./catalogue.ts";
import template from "./rule-template.ts";

/** The ESLint rule of a rule. It knows which one it is by the name under which a plugin has it. */
export function toEslintRule({ category, summary, url, preset }: RuleCard): Rule.RuleModule {
  return {
    ...template,
    meta: {
      ...template.meta,
      type: category === "refactoring" ? "suggestion" : "problem",
      docs: {
        ...template.meta?.docs,
        description: summary,
        url,
        recommended: preset === "recommended",
        ...{ category, requiresTypeChecking: true },
      },
    },
  };
}
