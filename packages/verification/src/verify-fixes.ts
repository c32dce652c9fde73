/**
 * Decides whether fixes may be believed: each is applied in memory, parsed, type-checked in a compiler overlay and
 * reviewed again. Fixes of different places are tried together first, since an overlay costs more than a check in it;
 * where the lot fails, its halves are tried.
 */
import { analyse, type Model, type Rule } from "@review/analysis";
import { applyFixes, normaliseCode, type DraftFinding, type Fix } from "@review/findings";
import type { Session } from "@review/program";
import { diagnosticsOf, importersOf, newOnes, type FileDiagnostics } from "./diagnostics.ts";
import type { Check, Verdict } from "./verdict.ts";

export interface Candidate {
  readonly finding: DraftFinding;
  readonly fix: Fix;
}

export interface VerificationRequest {
  readonly session: Pick<Session, "api" | "projects" | "withTexts">;
  readonly rules: readonly Rule[];
  /** What the configuration says of functions. */
  readonly models?: readonly Model[] | undefined;
  /** Everything that the rules found in the texts as they are, before suppression. */
  readonly drafts: readonly DraftFinding[];
  readonly nameOf: (path: string) => string;
  /** The inverse of `nameOf`. */
  readonly pathOf: (file: string) => string;
  /** The text of a file as it is, without byte-order mark. */
  readonly textOf: (file: string) => string;
  /** Milliseconds since the epoch after which no further overlay is made. */
  readonly deadline: number;
  readonly now: () => number;
}

/** A verdict for each candidate, in their order. */
export function verifyFixes(request: VerificationRequest, candidates: readonly Candidate[]): readonly Verdict[] {
  const verdicts = new Map<Candidate, Verdict>();
  const pending: (readonly Candidate[])[] = candidates.length > 0 ? [candidates] : [];
  for (let group = pending.pop(); group; group = pending.pop()) {
    if (request.now() > request.deadline) {
      for (const candidate of group) verdicts.set(candidate, { status: "unverified", because: "no time left" });
      continue;
    }
    const { together, apart } = compatible(request, group);
    const trial = judge(request, together);
    if (trial.unchecked) {
      for (const candidate of together) verdicts.set(candidate, verdictOf(request, candidate, trial.unchecked));
    } else if (together.length === 1) {
      verdicts.set(group[0] as Candidate, trial.verdict);
    } else {
      const half = Math.ceil(together.length / 2);
      pending.push(together.slice(half), together.slice(0, half));
    }
    if (apart.length > 0) pending.push(apart);
  }
  return candidates.map(candidate => verdicts.get(candidate) as Verdict);
}

/** How a trial ended: with a reason to reject, or with the edited files whose types nobody checked. */
type Trial =
  | { readonly verdict: Verdict; readonly unchecked?: undefined }
  | { readonly unchecked: ReadonlySet<string>; readonly verdict?: undefined };

function verdictOf(request: VerificationRequest, { fix }: Candidate, unchecked: ReadonlySet<string>): Verdict {
  const isChecked = !fix.edits.some(edit => unchecked.has(request.pathOf(edit.file)));
  return { status: "verified", verified: { types: isChecked ? true : null, rules: true, tests: null } };
}

/** Those of a group that can be applied in one go, and those that would be in their way. */
function compatible(
  request: VerificationRequest,
  group: readonly Candidate[],
): { together: readonly Candidate[]; apart: readonly Candidate[] } {
  const [first, ...rest] = group as [Candidate, ...Candidate[]];
  const { applied } = applyFixes(
    textsOf(request, group),
    group.map(candidate => candidate.fix),
  );
  const taken = new Set(applied);
  const together = [first, ...rest.filter(candidate => taken.has(candidate.fix))];
  return { together, apart: rest.filter(candidate => !taken.has(candidate.fix)) };
}

function textsOf(request: VerificationRequest, group: readonly Candidate[]): ReadonlyMap<string, string> {
  const files = new Set(group.flatMap(({ fix }) => fix.edits.map(edit => edit.file)));
  return new Map([...files].map(file => [file, request.textOf(file)]));
}

/** Tries a group of compatible candidates as one change. */
function judge(request: VerificationRequest, group: readonly Candidate[]): Trial {
  const { changed, dropped } = applyFixes(
    textsOf(request, group),
    group.map(candidate => candidate.fix),
  );
  const [obstacle] = dropped;
  if (obstacle) return rejected("apply", obstacle.because);
  if (changed.size === 0) return rejected("apply", "the edits change nothing");
  const paths = [...changed.keys()].map(request.pathOf);
  const importers = importersOf(request.session.projects, paths);
  const before = diagnosticsOf(request.session.projects, paths, importers);
  const overlay = new Map([...changed].map(([file, text]) => [request.pathOf(file), text]));
  const projects = request.session.withTexts(overlay);
  const after = diagnosticsOf(projects, paths, importers);
  const rejection = newDiagnostics(before, after) ?? newFindings(request, group, [...changed.keys()], projects);
  return rejection ?? { unchecked: after.unchecked };
}

function rejected(check: Check, because: string): Trial {
  return { verdict: { status: "rejected", check, because } };
}

function newDiagnostics(before: FileDiagnostics, after: FileDiagnostics): Trial | undefined {
  const syntax = newOnes(before.syntactic, after.syntactic);
  if (syntax.length > 0) return rejected("parse", syntax.join("\n"));
  const types = newOnes(before.semantic, after.semantic);
  return types.length > 0 ? rejected("types", types.join("\n")) : undefined;
}

/** What the rules find in the edited files that they did not find before; the findings to be repaired count as gone. */
function newFindings(
  request: VerificationRequest,
  group: readonly Candidate[],
  files: readonly string[],
  projects: Session["projects"],
): Trial | undefined {
  const paths = new Set(files.map(request.pathOf));
  const narrowed = projects.map(project => ({
    ...project,
    plan: { ...project.plan, files: project.plan.files.filter(path => paths.has(path)) },
  }));
  const again = analyse({
    session: request.session,
    projects: narrowed,
    rules: request.rules,
    models: request.models,
    nameOf: request.nameOf,
  });
  const before = countsOf(request.drafts.filter(draft => paths.has(request.pathOf(draft.file))));
  for (const { finding } of group) before.set(likenessOf(finding), (before.get(likenessOf(finding)) ?? 0) - 1);
  const added = again.drafts.filter(draft => {
    const left = before.get(likenessOf(draft)) ?? 0;
    before.set(likenessOf(draft), left - 1);
    return left <= 0;
  });
  return added.length > 0 ? rejected("rules", added.map(describe).join("\n")) : undefined;
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
