/** What a review of many trees says of each bug, in the form that a scorer reads. */
import { lineStarts, positionAt } from "@review/findings";
import type { Report } from "@review/review";
import { VERSIONS, type Bug, type Version } from "./bugs.ts";
import { treeOf } from "./stage.ts";

/** A finding in a file that the fix changes. */
export interface BugFinding {
  /** Relative to the project. */
  readonly path: string;
  readonly rule: string;
  readonly line: number;
  readonly endLine: number;
  readonly message: string;
  readonly severity: string;
  readonly preset: string;
}

export type BugResult = Readonly<Record<Version, readonly BugFinding[]>> & {
  /** What could not be analysed; absent where all was. */
  readonly err?: readonly string[];
};

const LONGEST_MESSAGE = 300;

/** Takes a report apart: each bug's findings before and after its fix. */
export function resultsOf(bugs: readonly Bug[], report: Report): ReadonlyMap<string, BugResult> {
  const all = findingsByFile(report);
  return new Map(
    bugs.map(bug => {
      const of = (version: Version): readonly BugFinding[] =>
        bug.paths.flatMap(path =>
          (all.get(`${treeOf(bug, version)}/${path}`) ?? []).map(found => ({ ...found, path })),
        );
      const err = troublesOf(bug, report);
      return [bug.id, { before: of("before"), after: of("after"), ...(err.length > 0 ? { err } : {}) }] as const;
    }),
  );
}

function findingsByFile({ findings, texts, rules }: Report): ReadonlyMap<string, readonly BugFinding[]> {
  const presets = new Map(rules.map(({ id, preset }) => [id, preset]));
  const starts = new Map([...texts].map(([file, text]) => [file, lineStarts(text)]));
  const byFile = new Map<string, BugFinding[]>();
  for (const { file, ruleId: rule, span, message, severity } of findings) {
    const lineOf = (offset: number): number => positionAt(starts.get(file) ?? [0], offset).line;
    const found = {
      path: file,
      rule,
      line: lineOf(span.start),
      endLine: lineOf(span.end),
      message: message.slice(0, LONGEST_MESSAGE),
      severity,
      preset: presets.get(rule) ?? "",
    };
    const known = byFile.get(file);
    if (known) known.push(found);
    else byFile.set(file, [found]);
  }
  return byFile;
}

function troublesOf(bug: Bug, { summary }: Report): readonly string[] {
  return [...summary.incomplete, ...summary.skipped]
    .filter(({ file }) => VERSIONS.some(version => file.startsWith(`${treeOf(bug, version)}/`)))
    .map(({ file, reason }) => `${file.slice(bug.id.length + 1)}: ${reason}`);
}
