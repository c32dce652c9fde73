/** From what the rules said to findings: suppressed, named, ranked and in order. */
import {
  identify,
  parseSuppressions,
  sortFindings,
  suppress,
  uniqueFindings,
  type DraftFinding,
  type Finding,
  type Severity,
} from "@review/findings";
import type { Sources } from "@review/source";
import type { AnalysisOutcome } from "./jobs.ts";
import { relativeTo } from "./paths.ts";
import { RequestError } from "./request-error.ts";
import { catalogue, type SeveritiesIn } from "./select-rules.ts";

const RANKS: readonly Severity[] = ["error", "warning", "info"];

/** The findings that are shown: those that no comment hides, of the lowest severity asked for and up. */
export function judgeFindings(
  outcomes: readonly AnalysisOutcome[],
  sources: Sources,
  severitiesIn: SeveritiesIn,
  lowest: Severity,
  formerPaths: ReadonlyMap<string, string> = new Map(),
): readonly Finding[] {
  const paths = new Map(sources.files.map(source => [source.file, source.path]));
  const severities = (file: string): ReadonlyMap<string, Severity> => severitiesIn(paths.get(file) ?? file);
  const drafts = outcomes
    .flatMap(outcome => unsuppressed(outcome, sources, severities))
    .flatMap(draft => {
      const severity = severities(draft.file).get(draft.ruleId);
      return severity === undefined ? [] : [{ ...draft, severity }];
    });
  const canonical = canonicalPaths(sources, formerPaths);
  return identify(sortFindings(uniqueFindings(drafts)), { canonicalPath: file => canonical.get(file) ?? file }).filter(
    finding => RANKS.indexOf(finding.severity) <= RANKS.indexOf(lowest),
  );
}

/** The findings that ids name, in their order. Throws a `RequestError` for an id that names none, or several. */
export function findingsNamed(findings: readonly Finding[], ids: readonly string[]): readonly Finding[] {
  for (const id of ids) {
    const count = findings.filter(finding => finding.fingerprint.startsWith(id)).length;
    if (count === 0)
      throw new RequestError(
        `There is no finding ${JSON.stringify(id)} here: \`review --format json\` shows their ids.`,
      );
    if (count > 1)
      throw new RequestError(`${count} findings have an id that begins with ${JSON.stringify(id)}: write more of it.`);
  }
  return findings.filter(({ fingerprint }) => ids.some(id => fingerprint.startsWith(id)));
}

function unsuppressed(outcome: AnalysisOutcome, sources: Sources, severitiesIn: SeveritiesIn): readonly DraftFinding[] {
  const texts = new Map(sources.files.map(source => [source.file, source.text]));
  const all = new Set(catalogue().map(rule => rule.id));
  const byFile = new Map<string, DraftFinding[]>();
  for (const draft of outcome.drafts) {
    const known = byFile.get(draft.file);
    if (known) known.push(draft);
    else byFile.set(draft.file, [draft]);
  }
  return outcome.files.flatMap(({ file, comments, firstToken }) => {
    const on = severitiesIn(file);
    const drafts = (byFile.get(file) ?? []).filter(draft => on.has(draft.ruleId));
    const text = texts.get(file);
    if (text === undefined || comments.length === 0) return drafts;
    const failed = new Set(outcome.failures.filter(failure => failure.file === file).map(failure => failure.ruleId));
    const ran = new Set([...on.keys()].filter(id => !failed.has(id)));
    const result = suppress(drafts, parseSuppressions({ file, text, comments, firstToken }), ran, all);
    return [...result.kept, ...result.extra];
  });
}

/** Relative to the repository, so that the folder in which a review is started does not matter. */
function canonicalPaths(sources: Sources, formerPaths: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    sources.files.map(source => {
      const path = relativeTo(sources.root, source.path);
      return [source.file, formerPaths.get(path) ?? path];
    }),
  );
}
