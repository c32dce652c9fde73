/** One rule of ours as a rule of ESLint: it tells ESLint those findings of the file that are its own. */
import type { DraftFinding, Fix } from "@review/findings";
import type { Rule } from "eslint";
import type { RuleCard } from "./catalogue.ts";
import { enlist } from "./findings-of-file.ts";
import { reachableFile } from "./reachable-file.ts";
import { settingsOf } from "./settings.ts";
import { withEvidence } from "./with-evidence.ts";

/** The ESLint rule of a rule; nothing is analysed before ESLint walks the file, when all enabled rules are known. */
export function toEslintRule(card: RuleCard): Rule.RuleModule {
  return {
    // Without `languages`, which would make a preset an error beside other languages' files: they are simply passed over.
    meta: {
      type: card.category === "refactoring" ? "suggestion" : "problem",
      docs: {
        description: card.summary,
        url: card.url,
        recommended: card.preset === "recommended",
        dialects: ["JavaScript", "TypeScript"],
        ...{ category: card.category, requiresTypeChecking: true },
      },
      messages: { finding: "{{message}}", repair: "{{title}}" },
      fixable: "code",
      hasSuggestions: true,
      schema: [],
      defaultOptions: [],
    },
    create(context) {
      const path = reachableFile(context);
      if (path === undefined) return {};
      const findings = enlist(context, path, card.id);
      return {
        Program() {
          for (const finding of findings()) context.report(reportOf(finding, context));
        },
      };
    },
  };
}

function reportOf(finding: DraftFinding, { sourceCode, settings }: Rule.RuleContext): Rule.ReportDescriptor {
  const fixes = finding.fixes.filter(fix => fix.edits.every(edit => edit.file === finding.file));
  const safe = fixes.find(fix => fix.safety === "safe" && fix.origin === "rule");
  const { start, end } = finding.span;
  return {
    loc: { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) },
    messageId: "finding",
    data: { message: settingsOf(settings).evidence ? withEvidence(finding, sourceCode) : finding.message },
    fix: safe ? fixer => editsOf(safe, fixer) : null,
    suggest: fixes
      .filter(fix => fix !== safe)
      .map(fix => ({ messageId: "repair", data: { title: fix.title }, fix: fixer => editsOf(fix, fixer) })),
  };
}

function editsOf(fix: Fix, fixer: Rule.RuleFixer): Rule.Fix[] {
  return fix.edits.map(({ span, text }) => fixer.replaceTextRange([span.start, span.end], text));
}
