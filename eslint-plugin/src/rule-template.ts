/** What all rules have in common as rules of ESLint: one tells ESLint those findings of a file that are its own. */
import type { DraftFinding, Fix } from "@review/findings";
import type { AST, Rule } from "eslint";
import { enlist } from "./findings-of-file.ts";
import { reachableFile } from "./reachable-file.ts";
import { settingsOf } from "./settings.ts";
import { withEvidence } from "./with-evidence.ts";

/** A rule without a name; nothing is analysed before ESLint walks the file, when all enabled rules are known. */
const template: Rule.RuleModule = {
  // Without `languages`, which would make a preset an error beside other languages' files: they are simply passed over.
  meta: {
    type: "problem",
    docs: { dialects: ["JavaScript", "TypeScript"] },
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    messages: { finding: "{{message}}", repair: "{{title}}" },
  },
  create(context) {
    const path = reachableFile(context);
    if (path === undefined) return {};
    const findings = enlist(context, path, context.id.slice(context.id.lastIndexOf("/") + 1));
    return {
      Program() {
        for (const finding of findings()) {
          const { safe, others } = repairsOf(finding);
          context.report({
            loc: locationOf(finding, context),
            messageId: "finding",
            data: { message: messageOf(finding, context) },
            fix: safe ? fixer => editsOf(safe, fixer) : null,
            suggest: others.map(fix => ({
              messageId: "repair",
              data: { title: fix.title },
              fix: fixer => editsOf(fix, fixer),
            })),
          });
        }
      },
    };
  },
};
export default template;

interface Repairs {
  readonly safe: Fix | undefined;
  /** Those that somebody has to look at. */
  readonly others: readonly Fix[];
}

/** A repair of other files is beyond what ESLint can do. */
function repairsOf({ fixes, file }: DraftFinding): Repairs {
  const own = fixes.filter(fix => fix.edits.every(edit => edit.file === file));
  const safe = own.find(fix => fix.safety === "safe" && fix.origin === "rule");
  return { safe, others: own.filter(fix => fix !== safe) };
}

function locationOf({ span }: DraftFinding, { sourceCode }: Rule.RuleContext): AST.SourceLocation {
  return { start: sourceCode.getLocFromIndex(span.start), end: sourceCode.getLocFromIndex(span.end) };
}

function messageOf(finding: DraftFinding, { sourceCode, settings }: Rule.RuleContext): string {
  return settingsOf(settings).evidence ? withEvidence(finding, sourceCode) : finding.message;
}

function editsOf(fix: Fix, fixer: Rule.RuleFixer): Rule.Fix[] {
  return fix.edits.map(({ span, text }) => fixer.replaceTextRange([span.start, span.end], text));
}
