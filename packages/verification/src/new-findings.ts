/** What the rules say of a change: the findings that it was made for are gone, and no others have come. */
import { analyse } from "@review/analysis";
import { normaliseCode, type DraftFinding, type Span } from "@review/findings";
import type { OpenProject } from "@review/program";
import type { VerificationRequest } from "./verify-fixes.ts";

/** A change that lies over the session. Paths are absolute. */
export interface LaidChange {
  readonly edited: readonly string[];
  readonly importers: readonly string[];
  readonly projects: readonly OpenProject[];
  /** The stretches of an edited file that are reviewed again; undefined: all of it. */
  readonly stretchesOf: (path: string) => readonly Span[] | undefined;
}

export interface NewFinding {
  readonly words: string;
  /** As findings name it. */
  readonly file: string;
  /** It is what was to be repaired. */
  readonly isOld: boolean;
}

/** A change of what many files import would take as long to review as all of them. */
const MOST_IMPORTERS = 40;

/**
 * What the rules find in the edited files and in those that import them that they did not find before, in words. The
 * findings to be repaired count as gone, so that one which is still there is among them.
 */
export function newFindings(
  request: Pick<VerificationRequest, "session" | "rules" | "models" | "others" | "drafts" | "nameOf" | "pathOf">,
  repaired: readonly DraftFinding[],
  { edited, importers, projects, stretchesOf }: LaidChange,
): readonly NewFinding[] {
  const paths = new Set([...edited, ...importers.slice(0, MOST_IMPORTERS)]);
  const narrowed = projects.map(project => ({
    ...project,
    plan: { ...project.plan, files: project.plan.files.filter(path => paths.has(path)) },
  }));
  const { session, models, nameOf, others, pathOf } = request;
  const rules = [...request.rules, ...(others?.rules ?? [])];
  // Whether a finding is gone, its own rule says, which may have found it from anywhere in the file.
  const concerned = new Set(repaired.map(({ ruleId }) => ruleId));
  const scope = { rules: new Set(rules.filter(({ id }) => !concerned.has(id))), stretchesOf };
  const again = analyse({ session, projects: narrowed, rules, models, nameOf, scope });
  const known = request.drafts.filter(draft => paths.has(pathOf(draft.file)));
  const old = new Set(repaired.map(likenessOf));
  const before = countsOf([...known, ...(others?.draftsIn([...paths]) ?? [])]);
  for (const finding of repaired) before.set(likenessOf(finding), (before.get(likenessOf(finding)) ?? 0) - 1);
  const added = again.drafts.filter(draft => {
    const left = before.get(likenessOf(draft)) ?? 0;
    before.set(likenessOf(draft), left - 1);
    return left <= 0 && isAsBad(draft, repaired);
  });
  // A rule that fails on the edited code has not seen whether its finding is gone.
  const blind = again.failures.filter(({ ruleId }) => repaired.some(finding => finding.ruleId === ruleId));
  return [
    ...added.map(draft => ({ words: describe(draft), file: draft.file, isOld: old.has(likenessOf(draft)) })),
    ...blind.map(({ ruleId, file, message }) => ({
      ...{ words: `${ruleId} failed on ${file}: ${message}`, file, isOld: true },
    })),
  ];
}

/** A refactoring is no reason to leave a bug. */
function isAsBad(draft: DraftFinding, repaired: readonly DraftFinding[]): boolean {
  return draft.severity !== "info" || repaired.every(finding => finding.severity === "info");
}

function describe({ ruleId, file, message }: DraftFinding): string {
  return `${ruleId} in ${file}: ${message}`;
}

function countsOf(drafts: readonly DraftFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const draft of drafts) counts.set(likenessOf(draft), (counts.get(likenessOf(draft)) ?? 0) + 1);
  return counts;
}

/** What findings have in common that only their order in the file tells apart: an edit may change that order. */
function likenessOf({ ruleId, file, anchor }: DraftFinding): string {
  return JSON.stringify([ruleId, file, anchor.scope, normaliseCode(anchor.code)]);
}
