/** The findings of a file, made once for all rules that are enabled for it. */
import type { DraftFinding } from "@review/findings";
import type { Rule, SourceCode } from "eslint";
import { lintFile } from "./lint-file.ts";
import { slashed } from "./names.ts";
import { settingsOf } from "./settings.ts";

/** One run of ESLint over one text. */
interface Run {
  readonly wanted: Set<string>;
  findings: ReadonlyMap<string, readonly DraftFinding[]> | undefined;
}

const runs = new WeakMap<SourceCode, Run>();

/**
 * Says that a rule is enabled for a file, and gives the way to its findings. ESLint creates all rules before it walks the file,
 * so whoever asks first asks for all of them.
 */
export function enlist(context: Rule.RuleContext, path: string, ruleId: string): () => readonly DraftFinding[] {
  const { sourceCode, cwd, settings } = context;
  const known = runs.get(sourceCode);
  // The same text may be linted again, with other rules.
  const run: Run = known && !known.findings ? known : { wanted: new Set(), findings: undefined };
  runs.set(sourceCode, run);
  run.wanted.add(ruleId);
  return () => {
    run.findings ??= byRule(
      lintFile(
        { path, text: sourceCode.text, cwd: slashed(cwd), ruleIds: [...run.wanted].sort() },
        settingsOf(settings).deadlineMs,
      ),
    );
    return run.findings.get(ruleId) ?? [];
  };
}

function byRule(findings: readonly DraftFinding[]): ReadonlyMap<string, readonly DraftFinding[]> {
  const groups = new Map<string, DraftFinding[]>();
  for (const finding of findings) groups.set(finding.ruleId, [...(groups.get(finding.ruleId) ?? []), finding]);
  return groups;
}
