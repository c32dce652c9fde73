/** `review fix FINDING...`: applies the best fix of some findings. */
import { createInterface } from "node:readline/promises";
import type { Finding, Fix } from "@review/findings";
import { review } from "@review/review";
import { UsageError } from "./errors.ts";
import { applyOnce } from "./fix.ts";
import { interruptible } from "./interrupt.ts";
import type { ReviewOptions } from "./options.ts";
import { createProgress } from "./progress.ts";
import { requestFor } from "./request-for.ts";
import { openSuggester } from "./suggester.ts";
import { suggestionNotes } from "./suggestion-notes.ts";
import { openTrials } from "./trials.ts";

/** The options of `review fix` as commander gives them. */
export interface FixOptions extends ReviewOptions {
  readonly path?: readonly string[];
  readonly interactive?: true;
  readonly force?: true;
}

/** Runs it; 1 when a finding keeps its fix for itself, or has none. */
export function runFix(ids: readonly string[], options: FixOptions): Promise<number> {
  return interruptible(async signal => {
    const cwd = process.cwd();
    if (options.interactive && !process.stdin.isTTY) {
      throw new UsageError("--interactive asks on a terminal, and standard input is none: leave it out.");
    }
    const { request, suggest } = await requestFor(options.path ?? [], options, cwd, signal);
    const progress = createProgress(options);
    const suggester = options.suggest ? openSuggester(options, suggest, cwd, progress) : undefined;
    const trials = await openTrials(options, cwd, signal, progress.note);
    try {
      const ports = {
        signal,
        suggester,
        ...trials.ports,
        onProgress: progress.show,
        onNote: progress.note,
        onDetail: progress.detail,
      };
      const report = await review({ ...request, only: ids }, ports);
      progress.clear();
      if (suggester) suggestionNotes(report).forEach(progress.note);
      const chosen = await choose(report.findings, options, signal, progress.note);
      const { applied, left } = applyOnce(report, finding => chosen.get(finding) ?? [], cwd);
      for (const [file, reason] of left) progress.note(`Left ${file} as it is: ${reason}.`);
      progress.note(applied === 1 ? "Applied 1 fix." : `Applied ${applied} fixes.`);
      return applied === report.findings.length ? 0 : 1;
    } finally {
      progress.clear();
      suggester?.close();
      trials.close();
    }
  });
}

async function choose(
  findings: readonly Finding[],
  { force = false, interactive = false }: { readonly force?: boolean; readonly interactive?: boolean },
  signal: AbortSignal,
  note: (text: string) => void,
): Promise<ReadonlyMap<Finding, readonly Fix[]>> {
  const chosen = new Map<Finding, readonly Fix[]>();
  for (const finding of findings) {
    const fix = bestFixOf(finding, force);
    if (typeof fix === "string") note(`${placeOf(finding)}: ${fix}.`);
    else if (!interactive || (await isWanted(finding, fix, signal))) chosen.set(finding, [fix]);
  }
  return chosen;
}

/** The first fix that stood its checks; with force the first one of all. In words why there is none. */
function bestFixOf({ fixes }: Finding, force: boolean): Fix | string {
  const [first] = fixes;
  if (!first) return "there is no fix for this finding";
  const verified = fixes.find(fix => fix.verified.rules === true && fix.verified.types !== false);
  if (verified) return verified;
  return force ? first : "no fix of it is verified; --force applies the first one all the same";
}

function placeOf({ file, ruleId, fingerprint }: Finding): string {
  return `${file} ${ruleId} ${fingerprint.slice(0, 8)}`;
}

async function isWanted(finding: Finding, fix: Fix, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const edits = fix.edits.map(edit => `  ${JSON.stringify(edit.text)}`).join("\n");
    const question = `${placeOf(finding)}: ${finding.message}\n${fix.title}:\n${edits}\nApply it? [y/N] `;
    return /^y(?:es)?$/i.test((await terminal.question(question, { signal })).trim());
  } finally {
    terminal.close();
  }
}
