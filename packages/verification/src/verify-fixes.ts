/**
 * Decides whether fixes may be believed: each is applied in memory, parsed, type-checked in a compiler overlay and
 * reviewed again. Fixes of different places are tried together first, since an overlay costs more than a check in it;
 * where the lot fails, those in the files with the errors are tried apart from the others, and else its halves. A model's fix is
 * tried alone, and has more to stand.
 */
import type { Model, Rule } from "@review/analysis";
import { applyFixes, type DraftFinding, type Fix } from "@review/findings";
import type { OpenProject, Session } from "@review/program";
import { looksTheSame } from "./declarations.ts";
import { diagnosticsOf, importersOf, isIn, newOnes, type FileDiagnostics } from "./diagnostics.ts";
import { newFindings } from "./new-findings.ts";
import { changedFile, objectionToMeaning, objectionToText, type ChangedFile } from "./strict/index.ts";
import { stretchesIn } from "./stretches.ts";
import type { Check, Verdict } from "./verdict.ts";

export interface Candidate {
  readonly finding: DraftFinding;
  readonly fix: Fix;
  /** Whether a model's fix may change what others see of the file; not if absent. */
  readonly mayChangeApi?: boolean;
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
  /** Rules that a model's fix must not run into either, though the review is not about them. */
  readonly others?: OtherRules | undefined;
  /** The text of a file as it is, without byte-order mark. */
  readonly textOf: (file: string) => string;
  /** Names of the packages that a file may import, by its absolute path; undefined: not known. */
  readonly dependenciesOf?: ((path: string) => ReadonlySet<string> | undefined) | undefined;
  /** Milliseconds since the epoch after which nothing more is tried. */
  readonly deadline: number;
  readonly now: () => number;
}

/** Rules that were not run, and what they find in some files (by absolute path) as they are. */
export interface OtherRules {
  readonly rules: readonly Rule[];
  draftsIn(paths: readonly string[]): readonly DraftFinding[];
}

/** A verdict for each candidate, in their order. */
export function verifyFixes(request: VerificationRequest, candidates: readonly Candidate[]): readonly Verdict[] {
  const verdicts = new Map<Candidate, Verdict>();
  const lenient = candidates.filter(candidate => !isOfModel(candidate));
  const pending = [
    ...(lenient.length > 0 ? [lenient] : []),
    ...candidates.filter(isOfModel).map(one => [one]),
  ].reverse();
  for (let group = pending.pop(); group; group = pending.pop()) {
    if (isOver(request)) {
      for (const candidate of group) verdicts.set(candidate, untried);
      continue;
    }
    const { together, apart } = compatible(request, group);
    const trial = judge(request, together);
    if (trial.unchecked) {
      for (const candidate of together) verdicts.set(candidate, verdictOf(request, candidate, trial.unchecked));
    } else if (together.length === 1) {
      verdicts.set(group[0] as Candidate, trial.verdict);
    } else {
      pending.push(...divided(request, together, trial.blamed));
    }
    if (apart.length > 0) pending.push([...apart]);
  }
  return candidates.map(candidate => verdicts.get(candidate) as Verdict);
}

/** A group that failed in two: those who wrote in the files with the errors, and, to be tried first, all others. */
function divided(
  { pathOf }: VerificationRequest,
  group: readonly Candidate[],
  blamed: ReadonlySet<string> = new Set(),
): readonly Candidate[][] {
  const suspects = group.filter(({ fix }) => fix.edits.some(({ file }) => blamed.has(pathOf(file))));
  const half = Math.ceil(group.length / 2);
  if (suspects.length === 0 || suspects.length === group.length) return [group.slice(half), group.slice(0, half)];
  return [suspects, group.filter(candidate => !suspects.includes(candidate))];
}

/**
 * Of candidates that each stood alone, in their order, those that stand every check as one change; one that is in the way of those
 * before it is left out, and so is what nobody had the time to try. What each has to stand by itself is not asked again.
 */
export function verifyTogether(request: VerificationRequest, candidates: readonly Candidate[]): readonly Candidate[] {
  let proven: readonly Candidate[] = [];
  const pending = [candidates];
  for (let group = pending.pop(); group && !isOver(request); group = pending.pop()) {
    const all = [...proven, ...group];
    if (group.length > 0 && judge(request, all, "together").unchecked) proven = all;
    else if (group.length > 1) {
      const half = Math.ceil(group.length / 2);
      pending.push(group.slice(half), group.slice(0, half));
    }
  }
  return proven;
}

const untried: Verdict = { status: "unverified", because: "no time left" };

function isOver({ now, deadline }: VerificationRequest): boolean {
  return now() > deadline;
}

/**
 * How a trial ended: with a reason to reject and the files (absolute paths) that it is about, or with the edited files whose types
 * nobody checked.
 */
type Trial =
  | { readonly verdict: Verdict; readonly blamed?: ReadonlySet<string>; readonly unchecked?: undefined }
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

/** Tries a group of compatible candidates as one change; `together`: each has stood what is asked of it alone. */
function judge(request: VerificationRequest, group: readonly Candidate[], mode: "apart" | "together" = "apart"): Trial {
  const { changed, dropped } = applyFixes(
    textsOf(request, group),
    group.map(candidate => candidate.fix),
  );
  const [obstacle] = dropped;
  if (obstacle) return rejected("apply", obstacle.because);
  if (changed.size === 0) return rejected("apply", "the edits change nothing");
  const paths = [...changed.keys()].map(request.pathOf);
  const overlay = new Map([...changed].map(([file, text]) => [request.pathOf(file), text]));
  const projects = request.session.withTexts(overlay);
  const importers = importersOf(request.session.projects, seenFromOutside(request, group, paths, projects));
  const after = diagnosticsOf(projects, paths, importers);
  // Where nothing is wrong after a change, it is of no matter what was wrong before: that check is as dear as the first.
  const isClean = after.syntactic.length + after.semantic.length === 0;
  const before = isClean ? after : diagnosticsOf(request.session.projects, paths, importers);
  const ofEach = mode === "apart" ? group : [];
  const steps: readonly (() => Trial | undefined)[] = [
    () => newSyntaxErrors(paths, before, after),
    () => strictTrial(request, ofEach, projects, change => objectionToText(change, finding(group))),
    () => newTypeErrors(paths, before, after),
    () => namesTrial(request, ofEach, projects, after.unchecked),
    () => rulesTrial(request, group, { edited: paths, importers, projects, stretchesOf: stretchesFor(request, group) }),
  ];
  for (const step of steps) {
    if (isOver(request)) return { verdict: untried };
    const rejection = step();
    if (rejection) return rejection;
  }
  return { unchecked: after.unchecked };
}

/** The edited files whose importers are to be asked as well. A model is believed less: its fix may have changed what shows in no type. */
function seenFromOutside(
  { session }: VerificationRequest,
  group: readonly Candidate[],
  paths: readonly string[],
  after: readonly OpenProject[],
): readonly string[] {
  if (group.some(isOfModel)) return paths;
  return paths.filter(path => !looksTheSame(path, session.projects, after));
}

function rejected(check: Check, because: string, blamed?: Iterable<string>): Trial {
  return { verdict: { status: "rejected", check, because }, ...(blamed && { blamed: new Set(blamed) }) };
}

type Compared = readonly [paths: readonly string[], before: FileDiagnostics, after: FileDiagnostics];

function newSyntaxErrors(...[paths, before, after]: Compared): Trial | undefined {
  return newErrors("parse", paths, newOnes(before.syntactic, after.syntactic));
}

function newTypeErrors(...[paths, before, after]: Compared): Trial | undefined {
  return newErrors("types", paths, newOnes(before.semantic, after.semantic));
}

function newErrors(check: Check, paths: readonly string[], errors: readonly string[]): Trial | undefined {
  if (errors.length === 0) return undefined;
  const blamed = paths.filter(path => errors.some(error => isIn(error, path)));
  return rejected(check, errors.join("\n"), blamed);
}

function finding(group: readonly Candidate[]): DraftFinding {
  return (group[0] as Candidate).finding;
}

function namesTrial(
  request: VerificationRequest,
  group: readonly Candidate[],
  projects: readonly OpenProject[],
  unchecked: ReadonlySet<string>,
): Trial | undefined {
  return strictTrial(request, group, projects, change =>
    objectionToMeaning(change, finding(group), {
      isUnchecked: unchecked.has(change.path),
      dependencies: request.dependenciesOf?.(change.path),
      mayChangeApi: group[0]?.mayChangeApi === true,
    }),
  );
}

/** Asks about each file of a model's fix; a rule's fix passes. */
function strictTrial(
  request: VerificationRequest,
  group: readonly Candidate[],
  projects: readonly OpenProject[],
  objectionTo: (change: ChangedFile) => { readonly check: Check; readonly because: string } | undefined,
): Trial | undefined {
  const [{ fix } = {}] = group.filter(isOfModel);
  if (!fix) return undefined;
  for (const file of new Set(fix.edits.map(edit => edit.file))) {
    const edits = fix.edits.filter(edit => edit.file === file);
    const change = changedFile(request.pathOf(file), edits, request.session.projects, projects);
    if (!change) return rejected("reach", `${file} is not a file of this review.`);
    const objection = objectionTo(change);
    if (objection) return rejected(objection.check, objection.because);
  }
  return undefined;
}

/** A model's fix is reviewed with all that is in its files. */
function stretchesFor(
  { nameOf, session }: VerificationRequest,
  group: readonly Candidate[],
): (path: string) => ReturnType<typeof stretchesIn> {
  if (group.some(isOfModel)) return () => undefined;
  const repairs = group.map(({ finding, fix }) => ({ finding, edits: fix.edits }));
  const files = new Set(repairs.flatMap(({ edits }) => edits.map(({ file }) => file)));
  return path =>
    files.has(nameOf(path)) ? stretchesIn(repairs, { file: nameOf(path), path }, session.projects) : undefined;
}

function isOfModel({ fix }: Candidate): boolean {
  return fix.origin === "model";
}

function rulesTrial(
  request: VerificationRequest,
  group: readonly Candidate[],
  trial: Parameters<typeof newFindings>[2],
): Trial | undefined {
  const added = newFindings(
    group.some(isOfModel) ? request : { ...request, others: undefined },
    group.map(candidate => candidate.finding),
    trial,
  );
  if (added.length === 0) return undefined;
  const check = added.some(({ isOld }) => isOld) ? "finding" : "rules";
  const blamed = added.map(({ file }) => request.pathOf(file));
  return rejected(check, added.map(({ words }) => words).join("\n"), blamed);
}
