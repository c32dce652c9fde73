/** Analyses the head and, where that found something, the base; gives what the change is answerable for. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  review as reviewAlone,
  type ChosenFix,
  type Finding,
  type Fix,
  type Incomplete,
  type Ports,
  type Report,
  type ReviewBeside,
  type Reviewer,
  type ReviewRequest,
} from "@review/review";
import { reporters } from "@review/reporters";
import { changedFiles, changedWithin, type ChangedFile, type ChangedFiles } from "../change/changed-files.ts";
import { bySeverity, reportedFindings, type ReportedFinding } from "../plan/reported.ts";
import type { Repository } from "../repository.ts";
import { isReviewed } from "../reviewed.ts";
import { materialise, type Materialised } from "./materialise.ts";
import type { BaseSettings } from "./settings.ts";

export interface ChangeRequest {
  /** A repository that has both commits. */
  readonly repository: Repository;
  /** The commit that the change counts from, and the one that it leads to. */
  readonly from: string;
  readonly head: string;
  readonly base: BaseSettings;
  /** A checkout whose installed packages are lent to both sides; nothing of them is run. */
  readonly packagesOf?: string | undefined;
  /** What reviews a folder; a thread of its own if absent. */
  readonly review?: Reviewer["review"] | undefined;
  readonly suggester?: Ports["suggester"];
  /** The fix of a finding that is to be applied together with those of others; not asked about where nothing is. */
  readonly applicable?: ((finding: Finding) => Fix | undefined) | undefined;
  readonly signal: AbortSignal;
  readonly onNote?: ((text: string) => void) | undefined;
}

export interface AnalysedChange {
  readonly files: ChangedFiles;
  readonly fresh: readonly ReportedFinding[];
  /** Texts of the head, of the files that findings name. */
  readonly texts: ReadonlyMap<string, string>;
  /** Findings that were there before. */
  readonly standing: number;
  readonly changed: number;
  readonly analysed: number;
  readonly incomplete: readonly Incomplete[];
  readonly skipped: readonly Incomplete[];
  readonly notes: readonly string[];
  readonly usage: Report["usage"];
  /** Fingerprints of the findings whose applicable fixes stand as one change. */
  readonly proven?: ReadonlySet<string>;
  /** The new findings as a SARIF log, where they were found here. */
  readonly sarif?: (() => string) | undefined;
  /** Whether a file of the head was analysed, or is gone from it. */
  readonly isKnown: (file: string) => boolean;
}

/** Analyses a change in folders of its own, which are gone afterwards. */
export async function analyseChange(request: ChangeRequest): Promise<AnalysedChange> {
  const { repository, from, head, review = reviewAlone, applicable, signal } = request;
  const listed = await repository.changes(from, head);
  const files = changedFiles(listed.files);
  const notes = [...request.base.notes, ...listed.notes];
  if (files.size === 0) return nothing(files, notes);
  const place = await mkdtemp(join(tmpdir(), "review-change-"));
  try {
    const headFolder = join(place, "head");
    await mkdir(headFolder);
    const tree = await materialise(repository, head, headFolder, { first: new Set(files.keys()) });
    await lendPackages(request, head, headFolder);
    const compared = { standing: 0 };
    const proven = new Set<string>();
    const report = await review(requestFor(request, headFolder, formerPaths(files, tree)), {
      signal,
      suggester: request.suggester,
      together: applicable && {
        choose: findings => chosenFrom(findings, applicable),
        onProven: chosen => chosen.forEach(({ finding }) => proven.add(finding.fingerprint)),
      },
      onNote: request.onNote,
      change: {
        files: new Set(files.keys()),
        touches: (file, first, last) => changedWithin(files.get(file), first, last) !== undefined,
      },
      select: async (findings, beside) => {
        const known = await baseFingerprints(request, findings, files, join(place, "base"), beside);
        const fresh = findings.filter(finding => !known.has(finding.fingerprint));
        compared.standing = findings.length - fresh.length;
        return fresh;
      },
    });
    return { ...asAnalysed({ report, files, tree, standing: compared.standing, notes }), proven };
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** The worst first. */
function chosenFrom(
  findings: readonly Finding[],
  applicable: NonNullable<ChangeRequest["applicable"]>,
): readonly ChosenFix[] {
  return bySeverity(findings).flatMap(finding => {
    const fix = applicable(finding);
    return fix ? [{ finding, fix }] : [];
  });
}

function requestFor(request: ChangeRequest, folder: string, formerNames: ReadonlyMap<string, string>): ReviewRequest {
  return {
    ...request.base.requestFor(folder),
    target: { kind: "paths", paths: ["."], cwd: folder },
    severity: request.base.settings.minSeverity,
    formerPaths: formerNames,
  };
}

/** The base is analysed only where the head has something, and under the names that files had there. */
async function baseFingerprints(
  request: ChangeRequest,
  findings: readonly Finding[],
  files: ChangedFiles,
  folder: string,
  review: ReviewBeside,
): Promise<ReadonlySet<string>> {
  const { repository, from, signal, base } = request;
  if (findings.length === 0) return new Set();
  await mkdir(folder);
  const names = new Set(findings.map(({ file }) => files.get(file)?.formerPath ?? file));
  const tree = await materialise(repository, from, folder, { first: names });
  await lendPackages(request, from, folder);
  const paths = [...names].filter(name => tree.files.has(name));
  if (paths.length === 0) return new Set();
  const report = await review(
    {
      ...base.requestFor(folder),
      target: { kind: "paths", paths: paths.map(name => `./${name}`), cwd: folder },
      severity: "info",
      verify: false,
    },
    { signal },
  );
  return new Set(report.findings.map(finding => finding.fingerprint));
}

/** Where a path is in use at the head too, it stays that file's name. */
function formerPaths(files: ChangedFiles, tree: Materialised): ReadonlyMap<string, string> {
  return new Map(
    [...files.values()].flatMap(({ path, formerPath }) =>
      formerPath === undefined || tree.files.has(formerPath) ? [] : [[path, formerPath] as const],
    ),
  );
}

/** Types of packages decide what can be known. Links lead to the folders beside the manifests of the checkout. */
async function lendPackages({ repository, packagesOf }: ChangeRequest, commit: string, folder: string): Promise<void> {
  if (packagesOf === undefined) return;
  const manifests = (await repository.list(commit)).filter(({ path }) => /(?:^|\/)package\.json$/.test(path));
  for (const { path } of manifests) {
    const place = dirname(path);
    const installed = join(packagesOf, place, "node_modules");
    if (!existsSync(installed) || !existsSync(join(folder, place))) continue;
    await symlink(installed, join(folder, place, "node_modules"), "junction").catch(() => undefined);
  }
}

interface Parts {
  readonly report: Report;
  readonly files: ChangedFiles;
  readonly tree: Materialised;
  readonly standing: number;
  readonly notes: readonly string[];
}

function asAnalysed({ report, files, tree, standing, notes }: Parts): AnalysedChange {
  const { incomplete } = report.summary;
  const skipped = [...tree.skipped, ...report.summary.skipped].filter(({ file }) => files.has(file));
  const missing = [...files.keys()].filter(
    file => !tree.files.has(file) && !skipped.some(entry => entry.file === file),
  );
  const left = [...skipped, ...missing.map(file => ({ file, reason: "no room for it" }))];
  const unknown = new Set([...incomplete, ...left].map(({ file }) => file));
  // A project that could not be opened is named by its configuration, and any file may be one of it.
  const isAllKnown = incomplete.every(({ file }) => isReviewed(file));
  return {
    files,
    fresh: reportedFindings(report),
    texts: report.texts,
    standing,
    changed: files.size,
    analysed: isAllKnown ? [...files.keys()].filter(file => !unknown.has(file)).length : 0,
    incomplete,
    skipped: left,
    notes: tree.isCut
      ? [...notes, "The repository is larger than the bot reads: effects on other files may be missing."]
      : notes,
    usage: report.usage,
    sarif: () => reporters.sarif(report, { cwd: "/", colour: false, width: 100, hyperlinks: false }),
    isKnown: file => isAllKnown && !unknown.has(file),
  };
}

function nothing(files: ReadonlyMap<string, ChangedFile>, notes: readonly string[]): AnalysedChange {
  return {
    ...{ files, fresh: [], texts: new Map(), standing: 0, changed: 0, analysed: 0, incomplete: [], skipped: [], notes },
    usage: { requests: 0, inputTokens: 0, outputTokens: 0, costUsd: null },
    isKnown: () => true,
  };
}
