/** Runs our rules over cases: the cases of a project are its files, and one compiler answers for all of them. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { lineStarts, positionAt } from "@review/findings";
import { review, type Incomplete, type Report } from "@review/review";
import type { Case, CaseProject } from "./cases.ts";
import { writeDeep } from "./trees.ts";

/** What a rule of ours says of a case's file. */
export interface Hit {
  readonly rule: string;
  readonly line: number;
  readonly endLine: number;
  readonly message: string;
  /** Where its evidence begins: a rule may report the second of two keys, and another linter the first. */
  readonly evidence: readonly number[];
}

/** The findings of each file, by `project/path`. */
export type Hits = ReadonlyMap<string, readonly Hit[]>;

export interface RunReport {
  readonly hits: Hits;
  /** Lines that the compiler cannot read, by `project/path`: what stands in them was not reviewed. */
  readonly blanked: ReadonlyMap<string, ReadonlySet<number>>;
  /** What could not be analysed, in words. */
  readonly troubles: readonly string[];
}

/** Reviews the files of all projects with some rules. */
export async function runCases(projects: readonly CaseProject[], rules: readonly string[]): Promise<RunReport> {
  const cwd = mkdtempSync(join(tmpdir(), "review-parity-"));
  try {
    linkTypes(cwd);
    const paths = projects.flatMap(project => stage(project, cwd));
    return await reviewed(cwd, paths, rules);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** What was found in a case: in its lines, where the file holds several, or for an invalid one with evidence there. */
export function hitsIn({ project, path, lines, kind }: Case, hits: Hits, ours: ReadonlySet<string>): readonly Hit[] {
  const [first, last] = lines ?? [1, Infinity];
  const found = hits.get(`${project}/${path}`) ?? [];
  return found.filter(({ rule, line, endLine, evidence }) => {
    if (!ours.has(rule)) return false;
    if (line <= last && endLine >= first) return true;
    return kind === "invalid" && evidence.some(at => at >= first && at <= last);
  });
}

/** Whether a case stands in lines that the compiler could not read, or in a file of which it read nothing. */
export function isUnread({ project, path, lines }: Case, { blanked, troubles }: RunReport): boolean {
  const file = `${project}/${path}`;
  if (troubles.some(trouble => trouble.startsWith(`${file}: `))) return true;
  const [first, last] = lines ?? [1, Infinity];
  return [...(blanked.get(file) ?? [])].some(line => line >= first && line <= last);
}

/** The types that the suites' own configurations ask for. */
function linkTypes(cwd: string): void {
  const require = createRequire(import.meta.url);
  mkdirSync(join(cwd, "node_modules/@types"), { recursive: true });
  for (const name of ["node", "react"]) {
    const folder = dirname(require.resolve(`@types/${name}/package.json`));
    symlinkSync(folder, join(cwd, "node_modules/@types", name), "junction");
  }
}

/** Lays out a project, and answers with the paths of its cases. */
function stage({ key, support, tsconfig, files }: CaseProject, cwd: string): readonly string[] {
  const folder = join(cwd, key);
  mkdirSync(folder);
  if (support !== undefined && existsSync(support)) cpSync(support, folder, { recursive: true });
  // A configuration of theirs may bear this very name, and ours extends it.
  writeFileSync(join(folder, "tsconfig.cases.json"), JSON.stringify({ include: ["**/*"], ...tsconfig }));
  for (const [path, text] of files) writeDeep(join(folder, path), text);
  return [...files.keys()].map(path => `${key}/${path}`);
}

/** Reviews all projects; lines that do not parse are blanked, so that one bad line does not cost its file. */
async function reviewed(cwd: string, paths: readonly string[], rules: readonly string[]): Promise<RunReport> {
  const hits = new Map<string, readonly Hit[]>();
  const blanked = new Map<string, Set<number>>();
  let troubles: readonly Incomplete[] = [];
  for (let round = 0, rest = paths; round < ROUNDS && rest.length > 0; round++) {
    const result = await reviewOnce(cwd, rest, rules);
    for (const [file, found] of result.hits) hits.set(file, found);
    troubles = [...troubles.filter(({ file }) => !rest.includes(file)), ...result.troubles];
    rest = result.troubles.flatMap(trouble => (blank(cwd, trouble, blanked) ? [trouble.file] : []));
  }
  return { hits, blanked, troubles: troubles.map(({ file, reason }) => `${file}: ${reason}`) };
}

/** More bad lines than this are not worth the time. */
const ROUNDS = 8;

/** Empties the line that the compiler cannot read; false where that is not the trouble. */
function blank(cwd: string, { file, reason }: Incomplete, blanked: Map<string, Set<number>>): boolean {
  const line = Number(/^Syntax error in line (\d+)/.exec(reason)?.[1]);
  const lines = Number.isNaN(line) ? [] : readFileSync(join(cwd, file), "utf8").split("\n");
  // A case of one line has nothing else to say.
  if (lines.length < 3 || lines[line - 1] === undefined) return false;
  lines[line - 1] = "";
  writeFileSync(join(cwd, file), lines.join("\n"));
  blanked.set(file, (blanked.get(file) ?? new Set()).add(line));
  return true;
}

async function reviewOnce(cwd: string, paths: readonly string[], rules: readonly string[]) {
  const hits = new Map<string, readonly Hit[]>();
  const troubles: Incomplete[] = [];
  for (const key of new Set(paths.map(path => path.split("/", 1)[0] ?? ""))) {
    const report = await review(
      {
        target: { kind: "paths", cwd, paths: paths.filter(path => path.startsWith(`${key}/`)) },
        rules: { only: rules },
        severity: "info",
        project: join(cwd, key, "tsconfig.cases.json"),
        verify: false,
      },
      { signal: new AbortController().signal },
    );
    for (const [file, found] of hitsOf(report)) hits.set(file, found);
    troubles.push(...report.summary.incomplete, ...report.summary.skipped);
  }
  return { hits, troubles };
}

function hitsOf({ findings, texts }: Report): ReadonlyMap<string, readonly Hit[]> {
  const starts = new Map([...texts].map(([file, text]) => [file, lineStarts(text)]));
  const hits = new Map<string, Hit[]>();
  for (const { file, ruleId: rule, span, message, evidence } of findings) {
    const lineOf = (offset: number): number => positionAt(starts.get(file) ?? [0], offset).line;
    const places = evidence.filter(at => at.file === file);
    const hit = {
      ...{ rule, message, line: lineOf(span.start), endLine: lineOf(span.end) },
      evidence: places.map(at => lineOf(at.span.start)),
    };
    const known = hits.get(file);
    if (known) known.push(hit);
    else hits.set(file, [hit]);
  }
  return hits;
}
