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
  const { sourceCode } = context;
  const known = runs.get(sourceCode);
  // The same text may be linted again, with other rules.
  const run: Run = known && !known.findings ? known : { wanted: new Set(), findings: undefined };
  runs.set(sourceCode, run);
  run.wanted.add(ruleId);
  return () => {
    run.findings ??= findAll(path, context, [...run.wanted].sort());
    return run.findings.get(ruleId) ?? [];
  };
}

function findAll(
  path: string,
  { sourceCode: { text }, cwd, settings }: Rule.RuleContext,
  ruleIds: readonly string[],
): ReadonlyMap<string, readonly DraftFinding[]> {
  const { deadlineMs, models } = settingsOf(settings);
  return byRule(lintFile({ path, text, cwd: slashed(cwd), ruleIds, models }, deadlineMs));
}

function byRule(findings: readonly DraftFinding[]): ReadonlyMap<string, readonly DraftFinding[]> {
  const groups = new Map<string, DraftFinding[]>();
  for (const finding of findings) groups.set(finding.ruleId, [...(groups.get(finding.ruleId) ?? []), finding]);
  return groups;
}
